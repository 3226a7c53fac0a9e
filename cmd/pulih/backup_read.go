package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"filippo.io/age"

	"pulih/db"
)

// openBackup is the archive in a backup. seen, where there is one, is written
// all that is read of the file.
func openBackup(r io.Reader, who []age.Identity, seen io.Writer) (*db.ArchiveReader, error) {
	if seen != nil {
		r = io.TeeReader(r, seen)
	}
	plain, err := age.Decrypt(bufio.NewReaderSize(r, 64<<10), who...)
	if err != nil {
		return nil, openedBy(err)
	}
	return db.OpenArchive(plain)
}

// readBackup reads a backup to its end, shows its rows, and keeps nothing. It is
// whole when this returns without an error.
func readBackup(ctx context.Context, path string, who []age.Identity, seen io.Writer, see func(db.Table, []any)) (db.ArchiveHead, db.Sums, error) {
	f, err := os.Open(path)
	if err != nil {
		return db.ArchiveHead{}, nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	a, err := openBackup(f, who, seen)
	if err != nil {
		return db.ArchiveHead{}, nil, err
	}
	return a.Head, a.Sums(), eachRow(ctx, a, func(t db.Table, row []any) error { see(t, row); return nil })
}

// eachRow shows every row of an archive, and ends without an error only where
// the archive ends whole.
func eachRow(ctx context.Context, a *db.ArchiveReader, see func(db.Table, []any) error) error {
	for {
		t, err := a.Table()
		if ended(err) {
			return nil
		}
		for err == nil {
			var row []any
			if row, err = a.Row(); err == nil {
				err = errors.Join(ctx.Err(), see(t, row))
			}
		}
		if !ended(err) {
			return err
		}
	}
}

// ended tells the end of an archive or a table from a cut.
func ended(err error) bool { return errors.Is(err, io.EOF) && !errors.Is(err, db.ErrArchive) }
