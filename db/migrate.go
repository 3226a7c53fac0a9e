package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"os"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version. Two processes may start
// at once: the second waits. (goose has no lock of its own for SQLite; four
// starts on a fresh file failed twenty times in twenty rounds.)
func (d *DB) Migrate(ctx context.Context) error {
	if err := d.migrate(ctx); err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

func (d *DB) migrate(ctx context.Context) error {
	if d.Engine == Postgres {
		return d.migratePostgres(ctx)
	}
	unlock, err := flock(d.url + ".migrate.lock")
	if err != nil {
		return err
	}
	defer unlock()
	return d.up(ctx, goose.DialectSQLite3)
}

func (d *DB) migratePostgres(ctx context.Context) error {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	return d.up(ctx, goose.DialectPostgres, goose.WithSessionLocker(locker))
}

func (d *DB) up(ctx context.Context, dialect goose.Dialect, opts ...goose.ProviderOption) error {
	files, err := migrationsFor(d.Engine)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, d.w, files, opts...)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
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

func flock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { _ = f.Close() }, nil
}
