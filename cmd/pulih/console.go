package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"

	"pulih/accounts"
	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// consoleFlags are what a command needs to change accounts: the installation,
// and whose desk it is, since supervisors are mailed. They are settings of
// serve; a command runs in the same environment.
type consoleFlags struct {
	store
	siteFlags
	Sender string `required:"" placeholder:"ADDRESS" help:"The address our mail comes from."`
}

// directory is an installation, opened from the console.
type directory struct {
	*accounts.Accounts
	db     *db.DB
	keys   *secret.Keys
	outbox *mail.Outbox
	zone   db.Zone
	by     audit.Actor
}

// enter opens the installation. A demo's database is refused, as serve does
// (impostor 20).
func (c *consoleFlags) enter(ctx context.Context, how opener) (directory, error) {
	site, zone, err := c.whose()
	if err != nil {
		return directory{}, err
	}
	d, keys, err := c.open(ctx, how)
	if err != nil {
		return directory{}, err
	}
	if err := app.RefuseDemo(ctx, d); err != nil {
		return directory{}, errors.Join(setting("database", err), d.Close())
	}
	return c.directory(d, keys, site, zone), nil
}

// whose is the desk that mails are written for.
func (c *consoleFlags) whose() (site mail.Site, zone db.Zone, err error) {
	if _, zone, err = c.complete(); err != nil {
		return site, zone, err
	}
	site = c.mail(zone, c.Sender)
	return site, zone, site.Check()
}

func (c *consoleFlags) directory(d *db.DB, keys *secret.Keys, site mail.Site, zone db.Zone) directory {
	outbox := mail.NewOutbox(d, keys, site)
	people := accounts.New(accounts.Config{DB: d, Keys: keys, Outbox: outbox, Agency: c.Agency,
		Hasher: accounts.NewHasher(hashes(), hashWait)})
	return directory{people, d, keys, outbox, zone, operator()}
}

// operator is whom the audit log and the mails name: the account at the
// machine.
func operator() audit.Actor {
	name := "?"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return audit.Actor{Kind: audit.Console, ID: name}
}

// within opens the installation for one command.
func (c *consoleFlags) within(ctx context.Context, do func(directory) error) error {
	return c.with(ctx, existing, do)
}

// founding is within for what may come first on a new installation: the
// roster and the staff.
func (c *consoleFlags) founding(ctx context.Context, do func(directory) error) error {
	return c.with(ctx, found, do)
}

func (c *consoleFlags) with(ctx context.Context, how opener, do func(directory) error) error {
	d, err := c.enter(ctx, how)
	if err != nil {
		return err
	}
	defer d.db.Close() //nolint:errcheck // nothing is written any more
	return do(d)
}

func (c *consoleFlags) change(ctx context.Context, typed string, do func(directory, secret.NIP) error) error {
	nip, _, err := accounts.ParseNIP(typed)
	if err != nil {
		return err
	}
	return c.within(ctx, func(d directory) error { return do(d, nip) })
}

// screen is where a command prints; tests set it.
type screen struct{ out io.Writer }

func (s screen) writer() io.Writer {
	if s.out == nil {
		return os.Stdout
	}
	return s.out
}

func (s screen) say(format string, args ...any) error {
	_, err := fmt.Fprintf(s.writer(), format+"\n", args...)
	return err
}
