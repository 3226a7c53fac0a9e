package db

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// forged is an archive that is whole, and holds the tables that somebody
// wants who has nothing but the public key of the operators.
func forged(t *testing.T, version int64, tables []Table) []byte {
	t.Helper()
	var b bytes.Buffer
	head, sums := ArchiveHead{Format: archiveFormat, Engine: SQLite, Version: version}, Sums{}
	zip := gzip.NewWriter(&b)
	a := archiver{head: head, w: bufio.NewWriter(zip)}
	err := json.NewEncoder(&b).Encode(head)
	for _, table := range tables {
		err = errors.Join(err, a.header(table))
		sums[table.Name] = new(summing).sum()
	}
	if err = errors.Join(err, a.end(sums), zip.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Names from an archive would be read as SQL: only those of the schema are.
func TestAForgedArchiveIsNotRun(t *testing.T) {
	model, elsewhere := bare(t), filepath.Join(t.TempDir(), "evil")
	if err := model.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	version, err := model.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all, err := model.tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	attack := "people; COMMIT; ATTACH DATABASE '" + elsewhere + "' AS e; CREATE TABLE e.t (x TEXT); INSERT INTO e.t VALUES ('x'); BEGIN; SELECT 0"
	with := func(columns ...Column) []Table {
		changed := slices.Clone(all)
		changed[0].Columns = append(slices.Clone(changed[0].Columns), columns...)
		return changed
	}
	for name, tables := range map[string][]Table{
		"a table":       append([]Table{{attack, []Column{{"id", Text}}}}, all...),
		"a column":      with(Column{"id) SELECT 1; " + attack, Text}),
		"a table twice": append(all[:1:1], all...),
		"none":          nil,
		"one too few":   all[1:],
		"another kind":  append([]Table{{all[0].Name, append([]Column{{all[0].Columns[0].Name, Truth}}, all[0].Columns[1:]...)}}, all[1:]...),
	} {
		if err := loadAll(bare(t), forged(t, version, tables)); !errors.Is(err, ErrArchive) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(elsewhere); err == nil {
			t.Fatal(name, "wrote a file elsewhere")
		}
	}
	if err := loadAll(bare(t), forged(t, version, all)); err != nil {
		t.Error("as it should be:", err)
	}
}

// Where somebody has started a newer program on the empty database, the rows
// would miss what its migrations do to them.
func TestAnArchiveWantsItsOwnSchema(t *testing.T) {
	d := bare(t)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := loadAll(d, forged(t, 133, nil)); !errors.Is(err, ErrNotEmpty) {
		t.Error(err)
	}
}
