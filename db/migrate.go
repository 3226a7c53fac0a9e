package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version. Two processes may start
// at once: the second waits. (goose has no lock of its own for SQLite; four
// starts on a fresh file failed twenty times in twenty rounds.)
func (d *DB) Migrate(ctx context.Context) error {
	if err := d.migrateTo(ctx, newest); err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

// newest is beyond every version.
const newest = math.MaxInt64

const maxVersion = `SELECT max(version_id) FROM goose_db_version WHERE is_applied`

// Version is that of the schema.
func (d *DB) Version(ctx context.Context) (version int64, err error) {
	err = d.Read(ctx, func(tx *Tx) error { return tx.Row(ctx, maxVersion).Scan(&version) })
	return version, err
}

func (d *DB) migrateTo(ctx context.Context, version int64) error {
	lock, dialect := d.lockFile, goose.DialectSQLite3
	if d.Engine == Postgres {
		lock, dialect = d.lockSchema, goose.DialectPostgres
	}
	unlock, err := lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	files, err := migrationsFor(d.Engine)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, d.w.DB, files)
	if err != nil {
		return err
	}
	return whileBusy(ctx, busyGap, func() error {
		_, err := p.UpTo(ctx, version)
		return err
	})
}

const lockMigration = `SELECT pg_advisory_xact_lock(hashtext('pulih migrate ' || current_schema()))`

// lockSchema waits for PostgreSQL's lock, and holds it with a transaction: a
// pooler that hands connections on after each transaction would leave a
// session's lock with a connection that nobody owns any more, and the next
// start would wait for ever.
func (d *DB) lockSchema(ctx context.Context) (unlock func(), err error) {
	tx, err := d.w.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, lockMigration); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return func() { _ = tx.Rollback() }, nil
}

func (d *DB) lockFile(context.Context) (unlock func(), err error) {
	path := d.url + ".migrate.lock"
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// Newest is the version of the schema that this program brings.
func Newest(e Engine) (version int64, err error) {
	files, err := migrationsFor(e)
	if err != nil {
		return 0, err
	}
	all, err := fs.Glob(files, "*.sql")
	for _, name := range all {
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			version = max(version, n)
		}
	}
	return version, err
}

// migrationsFor picks the files for an engine: NNN_x.sql serves both,
// NNN_x.sqlite.sql and NNN_x.postgres.sql are a pair.
func migrationsFor(e Engine) (fs.FS, error) {
	files := fstest.MapFS{}
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		stem, only, paired := strings.Cut(strings.TrimSuffix(entry.Name(), ".sql"), ".")
		if paired && only != string(e) {
			continue
		}
		text, err := migrations.ReadFile("migrations/" + entry.Name())
		if err != nil {
			return nil, err
		}
		files[stem+".sql"] = &fstest.MapFile{Data: text, Mode: 0o444}
	}
	return files, nil
}
