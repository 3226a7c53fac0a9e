package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// restoreCmd loads a backup, or takes over data that something else loaded,
// and does what impostor 19 wants before anybody is served: what opened doors
// at the backup opens none, and what was taken away since stays taken away.
type restoreCmd struct {
	consoleFlags
	Holidays string `placeholder:"PATH" help:"As for serve."`

	From             string `env:"-" placeholder:"FILE" help:"The backup."`
	Identity         string `env:"-" placeholder:"PATH" help:"The private key that opens it."`
	AlreadyLoaded    bool   `env:"-" help:"The data are in --database already, by Litestream, a base backup, or a restore that was broken off: only make them safe."`
	AuditCopy        string `placeholder:"PATH" help:"The copy of the audit log that is kept outside: it tells what was taken away since the backup."`
	WithoutAuditCopy bool   `env:"-" help:"There is none. Then every account is frozen, and all staff are set up anew: nobody knows who was taken over since."`
	KnownUntil       string `env:"-" placeholder:"TIME" help:"The time of the copy's last event, typed to confirm that the copy goes to the end: needed where that is older than 10 minutes."`
	List             string `required:"" env:"-" placeholder:"FILE" help:"Where the operator's list goes: who is frozen, and what is lost. It holds numbers of people."`
	screen

	sum string // SHA-256 of the backup
}

// Why nothing is restored.
var (
	errRestoreFlags = errors.New("give --from and --identity, or --already-loaded")
	errRestoreCopy  = errors.New("give --audit-copy, which tells whose authenticators were taken away since; if it is lost, say --without-audit-copy, and every account is frozen")
	errDatabaseIs   = errors.New("there is a database already, and a restore does not write over one")
	// errNotSafe is of PostgreSQL, where what was loaded stays under its mark.
	errNotSafe = errors.New("the data are loaded, and not safe yet: run pulih restore --already-loaded, with the right copy")
)

// Run restores.
func (c *restoreCmd) Run(ctx context.Context) error {
	if c.AlreadyLoaded == (c.From != "") || (c.From != "") != (c.Identity != "") {
		return errRestoreFlags
	}
	if !c.AlreadyLoaded {
		return c.run(ctx, c.restore)
	}
	d, err := claim(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // makeSafe has closed it, unless something ended the command before
	return c.run(ctx, func(ctx context.Context, keys *secret.Keys) (restored, error) {
		return c.makeSafe(ctx, d, keys, "already loaded")
	})
}

// run is what both ways have in common: what is wanted before, and what follows.
func (c *restoreCmd) run(ctx context.Context, restore func(context.Context, *secret.Keys) (restored, error)) error {
	if err := c.knows(); err != nil {
		return c.stays(err)
	}
	keys, err := c.keys()
	if err != nil {
		return c.stays(err)
	}
	list, err := os.OpenFile(c.List, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return c.stays(setting("list", err))
	}
	done, err := restore(ctx, keys)
	if err != nil {
		return c.stays(errors.Join(c.undone(err), list.Close(), os.Remove(c.List)))
	}
	if err := errors.Join(warn(list, c.doubted(done)), done.write(list), list.Sync(), list.Close(), c.seal(ctx)); err != nil {
		return fmt.Errorf("the restore is done, but not all that follows it: %w", err)
	}
	return errors.Join(c.tell(done), warn(c.writer(), c.doubted(done)))
}

// undone says how far it came.
func (c *restoreCmd) undone(err error) error {
	switch {
	case errors.Is(err, errNotSafe):
		return err
	case c.AlreadyLoaded:
		return fmt.Errorf("nothing is made safe: %w", err)
	}
	return fmt.Errorf("nothing is restored: %w", err)
}

// claim marks data that are loaded already before anything can keep the command
// from making them safe: whoever typed it has said that they are not.
func claim(ctx context.Context, where string) (*db.DB, error) {
	d, err := undisturbed(ctx, where)
	if err != nil {
		return nil, err
	}
	if err := marked(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// stays says that the mark outlives what kept the command back.
func (c *restoreCmd) stays(err error) error {
	if err == nil || !c.AlreadyLoaded {
		return err
	}
	return fmt.Errorf("%w (serve does not start on these data until this command has run to its end)", err)
}

// knows wants a copy of the log that goes to the end, or the word that there is
// none.
func (c *restoreCmd) knows() error {
	if c.WithoutAuditCopy {
		return nil
	}
	if c.AuditCopy == "" {
		return errRestoreCopy
	}
	err := audit.Unused(c.AuditCopy)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", errRestoreCopy, err)
	}
	if err != nil {
		return err
	}
	return c.uncut(time.Now())
}

// restore makes the data safe where they are loaded: on SQLite in a file that
// has another name until all is done; on PostgreSQL under a mark that keeps
// serve away.
func (c *restoreCmd) restore(ctx context.Context, keys *secret.Keys) (restored, error) {
	who, err := identities(c.Identity)
	if err != nil {
		return restored{}, err
	}
	if err := c.fit(ctx, who, keys); err != nil {
		return restored{}, err
	}
	return c.into(ctx, c.target(), who, keys)
}

// target is where the backup is loaded.
func (c *restoreCmd) target() database {
	t := database{url: c.Database, final: c.Database}
	if !t.postgres() {
		t.url = unfinished(c.Database)
	}
	return t
}

// into loads the backup and makes it safe. A target that it has not made is
// another restore's, and stays.
func (c *restoreCmd) into(ctx context.Context, target database, who []age.Identity, keys *secret.Keys) (restored, error) {
	d, err := target.make(ctx)
	if err != nil {
		return restored{}, err
	}
	if err := c.load(ctx, d, who); err != nil {
		return restored{}, errors.Join(err, d.Close(), target.drop())
	}
	done, err := c.makeSafe(ctx, d, keys, filepath.Base(c.From))
	switch {
	case err != nil && target.postgres():
		return restored{}, fmt.Errorf("%w: %w", errNotSafe, err)
	case err != nil:
		return restored{}, errors.Join(err, target.drop())
	}
	return done, target.keep()
}

// makeSafe treats an open database that is loaded and marked, and closes it.
// Where it fails, the mark stays, and serve does not start. It asks nobody
// whether he serves: who has begun since the mark sees it, and goes.
func (c *restoreCmd) makeSafe(ctx context.Context, d *db.DB, keys *secret.Keys, from string) (done restored, err error) {
	if err = d.Complete(ctx); err == nil {
		done, err = c.treat(ctx, d, keys, from)
	}
	return done, errors.Join(err, d.Close())
}

// alone marks a database that nobody serves.
func alone(ctx context.Context, d *db.DB) error {
	if err := unserved(ctx, d); err != nil {
		return err
	}
	return marked(ctx, d)
}

// marked marks it, and looks once more. A process that starts meanwhile is
// seen, or sees the mark: serve looks for it once more when it has a lease.
func marked(ctx context.Context, d *db.DB) error {
	if err := app.BeginRestore(ctx, d); err != nil {
		return err
	}
	return unserved(ctx, d)
}
