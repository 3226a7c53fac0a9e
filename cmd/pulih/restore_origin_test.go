package main

import (
	"crypto/sha256"
	"os"
	"strings"
	"testing"

	"pulih/db"
)

// A file that opens may be anybody's: the log's copy tells of those that this
// installation made, and the operator is warned of every other.
func TestABackupThatNobodyMadeIsDoubted_impostor26(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		whole := contentOf(l.backup)
		b := backup{size: int64(len(whole)), hash: sum256(whole)}
		if err := b.note(t.Context(), l.DB, l.backup); err != nil {
			t.Fatal(err)
		}
		l.after()
		forged := l.sealedFor("forged.age", l.plain(l.backup))
		for from, doubted := range map[string]bool{l.backup: false, forged: true} {
			var out strings.Builder
			c := l.command()
			c.From, c.screen = from, screen{&out}
			c.AuditCopy = l.file("copy of the copy.jsonl", contentOf(l.copied)) // each restore adds to it
			if err := c.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			list, err := os.ReadFile(c.List)
			if err != nil || strings.HasPrefix(string(list), "WARNING") != doubted || strings.Contains(out.String(), "WARNING") != doubted {
				t.Errorf("%s: %v\n%s\n%s", from, err, out.String(), list)
			}
		}
	})
}

func sum256(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// A backup from before a column was sealed fits as well.
func TestAnOlderBackupFits(t *testing.T) {
	f := fitting{opened: map[byte]int{}, shut: map[byte]string{}}
	for _, col := range sealedColumns {
		table, _, _ := strings.Cut(col.name, ".")
		f.row(db.Table{Name: table, Columns: []db.Column{{Name: "id", Kind: db.Text}}}, []any{"x"})
		f.row(db.Table{Name: table}, nil)
	}
	if err := f.verdict(); err != nil {
		t.Error(err)
	}
}
