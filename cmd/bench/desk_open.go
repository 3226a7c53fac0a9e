package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"pulih/mail/mailbox"
	"pulih/secret"
)

// deskPlace is where a desk is made: in a file, or in a schema of postgres.
type deskPlace struct {
	binary, folder, postgres string
	box                      *mailbox.Box
}

// counter is a desk that serves, and an agent at it.
type counter struct {
	*visitor
	*process
	place deskPlace
	url   string // of its database
	drop  func() error
}

func (c *counter) close() {
	c.stop()
	if err := c.drop(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

// filler makes the database at a URL, and the session of somebody.
type filler func(ctx context.Context, url string, count int) (secret.Token, error)

func openDesk(ctx context.Context, at deskPlace, count int, made filler) (*counter, error) {
	if err := os.MkdirAll(at.folder, 0o700); err != nil {
		return nil, err
	}
	c := &counter{place: at, url: filepath.Join(at.folder, "bench.db"), drop: func() error { return os.RemoveAll(at.folder) }}
	if at.postgres != "" {
		schema := fmt.Sprintf("bench%d_%d", os.Getpid(), count)
		c.url, c.drop = inSchema(at.postgres, schema), func() error { return admin(at.postgres, "DROP SCHEMA "+schema+" CASCADE") }
		if err := admin(at.postgres, "CREATE SCHEMA "+schema); err != nil {
			return nil, err
		}
	}
	begun := time.Now()
	token, err := made(ctx, c.url, count)
	if err != nil {
		return nil, errors.Join(err, c.drop())
	}
	fmt.Fprintf(os.Stderr, "filled %d in %s\n", count, time.Since(begun).Round(time.Second))
	return c, c.start(ctx, token)
}

// start starts the desk; the cookie is that of who is signed in.
func (c *counter) start(ctx context.Context, token secret.Token) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	c.process = &process{exec.CommandContext(ctx, c.place.binary, "serve"), "http://" + address}
	c.Env = append(settings(address, c.place.folder, c.place.box), "PULIH_DATABASE="+c.url)
	if err := c.Start(); err != nil {
		return err
	}
	c.visitor = newVisitor(c.process.url)
	c.cookies["__Host-petugas"] = string(token)
	return c.wait(ctx)
}

func inSchema(base, schema string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func admin(base, statement string) error {
	pool, err := sql.Open("pgx", base)
	if err != nil {
		return err
	}
	defer pool.Close() //nolint:errcheck // one statement
	_, err = pool.Exec(statement)
	return err
}
