package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"pulih/app"
	"pulih/db"
	"pulih/secret"
)

// Why a backup does not fit.
var errOtherKeys = errors.New("these are not the keys of this backup: what is sealed in it does not open. Nothing was loaded")

// fit reads the backup to its end before anything is loaded: it is whole, it
// is no demo's, and the keys of the installation open what is sealed in it.
func (c *restoreCmd) fit(ctx context.Context, who []age.Identity, keys *secret.Keys) error {
	f, err := os.Open(c.From)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	sum := sha256.New()
	a, err := openBackup(f, who, sum)
	if err != nil {
		return err
	}
	tried := fitting{keys: keys, opened: map[byte]int{}, shut: map[byte]string{}}
	err = eachRow(ctx, a, func(t db.Table, row []any) error {
		if app.OfDemo(t.Name, row) {
			return app.ErrDemoDatabase
		}
		tried.row(t, row)
		return nil
	})
	c.sum = hex.EncodeToString(sum.Sum(nil))
	return errors.Join(err, tried.verdict())
}

// fitting tries keys on all that is sealed, by the number of the key. A single
// value that does not open was broken in the installation too, and keeps nobody
// from his backup; a key that opens nothing is another one.
type fitting struct {
	keys   *secret.Keys
	opened map[byte]int
	shut   map[byte]string // one of the columns
}

func (f *fitting) row(t db.Table, row []any) {
	for _, col := range sealedColumns {
		id, sealed, found := col.in(t, row)
		if !found {
			continue
		}
		if _, err := f.keys.Open(col.place(id), sealed); err != nil {
			f.shut[sealed[1]] = col.name
			continue
		}
		f.opened[sealed[1]]++
	}
}

func (f *fitting) verdict() error {
	for number, column := range f.shut {
		if f.opened[number] == 0 {
			return fmt.Errorf("%w (key %d, %s)", errOtherKeys, number, column)
		}
	}
	return nil
}

// load fills the database. The mark that it is not safe yet is there before
// the first row, and in one transaction with the rows.
func (c *restoreCmd) load(ctx context.Context, d *db.DB, who []age.Identity) error {
	f, err := os.Open(c.From)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	a, err := openBackup(f, who, nil)
	if err != nil {
		return err
	}
	if err := d.Prepare(ctx, a); err != nil {
		return err
	}
	if err := alone(ctx, d); err != nil {
		return err
	}
	return d.Fill(ctx, a, app.MarkRestoring)
}

// database is where a restore goes: under url until all is done, then under
// final.
type database struct{ url, final string }

func (t database) postgres() bool {
	return strings.HasPrefix(t.url, "postgres") && strings.Contains(t.url, "://")
}

// make opens the empty database; a file that is there stays as it is.
func (t database) make(ctx context.Context) (*db.DB, error) {
	if t.postgres() {
		if err := db.Exists(ctx, t.url); err == nil {
			if err := t.idle(ctx); err != nil {
				return nil, err
			}
		}
		return db.Open(ctx, t.url, time.Now)
	}
	f, err := os.OpenFile(t.url, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("a restore to %s is under way, or was broken off: %w", t.final, err)
	}
	err = errors.Join(f.Close(), t.unused())
	var d *db.DB
	if err == nil {
		d, err = db.Open(ctx, t.url, time.Now)
	}
	if err != nil {
		return nil, errors.Join(err, t.drop())
	}
	return d, nil
}

// idle wants that nobody serves a schema that is empty yet.
func (t database) idle(ctx context.Context) error {
	d, err := db.Open(ctx, t.url, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(unserved(ctx, d), d.Close())
}

// unused wants that no file of a database is there: a log that somebody left
// would be taken for this one's.
func (t database) unused() error {
	for _, tail := range []string{"", "-wal", "-shm", "-journal"} {
		if _, err := os.Lstat(t.final + tail); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(fmt.Errorf("%w (%s%s)", errDatabaseIs, t.final, tail), err)
		}
	}
	return nil
}

// drop takes away what a restore that failed has written. In PostgreSQL that
// was rolled back, or stands under its mark.
func (t database) drop() error {
	if t.postgres() {
		return nil
	}
	var errs []error
	for _, tail := range []string{"", "-wal", "-shm", "-journal", ".migrate.lock"} {
		if err := os.Remove(t.url + tail); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// keep gives the file its name, if nobody has taken it meanwhile.
func (t database) keep() error {
	if t.postgres() {
		return nil
	}
	_ = os.Remove(t.url + ".migrate.lock")
	if info, err := os.Stat(t.url + "-wal"); err == nil && info.Size() > 0 {
		return fmt.Errorf("%s-wal is not empty", t.url)
	}
	if err := t.unused(); err != nil {
		return err
	}
	return settle(t.url, t.final)
}
