package db

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func bare(t *testing.T) *DB {
	t.Helper()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "pulih.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// An archive of an older program is loaded as it was, and brought up to date
// then; one of a newer program is not loaded at all.
func TestAnArchiveOfAnotherVersion(t *testing.T) {
	old := bare(t)
	err := old.migrateTo(t.Context(), 133) // before a column of access_requests, and before the leases
	if err == nil {
		err = old.Write(t.Context(), func(tx *Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO limits (key, tat) VALUES ($1, 7)`, []byte("x"))
			return err
		})
	}
	var archive bytes.Buffer
	if err == nil {
		_, err = old.Archive(t.Context(), &archive)
	}
	if err != nil {
		t.Fatal(err)
	}
	now := bare(t)
	if err := loadAll(now, archive.Bytes()); err != nil {
		t.Fatal(err)
	}
	before, _ := old.Version(t.Context())
	after, err := now.Version(t.Context())
	var mark, limits int
	if err == nil {
		err = now.Read(t.Context(), func(tx *Tx) error {
			return tx.Row(t.Context(), `SELECT count(*), (SELECT count(*) FROM limits WHERE tat = 7) FROM installation WHERE name = 'x'`).Scan(&mark, &limits)
		})
	}
	if err != nil || before != 133 || after <= before || mark != 1 || limits != 1 {
		t.Error(err, before, after, mark, limits)
	}
	newer := strings.Replace(archive.String(), `"version":133`, `"version":99999`, 1)
	if err := loadAll(bare(t), []byte(newer)); !errors.Is(err, ErrNewer) {
		t.Error(err)
	}
}

func loadAll(d *DB, archive []byte) error {
	a, err := OpenArchive(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	if err := d.Prepare(context.Background(), a); err != nil {
		return err
	}
	if err := d.Fill(context.Background(), a, `INSERT INTO installation (name, value) VALUES ('x', 'y')`); err != nil {
		return err
	}
	return d.Complete(context.Background())
}
