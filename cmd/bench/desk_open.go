package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"pulih/cmd/rig"
	"pulih/secret"
)

// counter is a desk that serves, and who is signed in at it.
type counter struct {
	*rig.Visitor
	*rig.Process
	place rig.Place
	drop  func() error
}

func (c *counter) close() {
	c.Stop()
	if err := c.drop(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

// filler makes the database at a URL, and the session of somebody.
type filler func(ctx context.Context, url string, count int) (secret.Token, error)

// openDesk makes a desk in the folder, or in a schema of postgres, and serves it.
func openDesk(ctx context.Context, at rig.Place, count int, made filler) (*counter, error) {
	if err := os.MkdirAll(at.Folder, 0o700); err != nil {
		return nil, err
	}
	c := &counter{place: at, drop: func() error { return os.RemoveAll(at.Folder) }}
	if base := at.Database; base != "" {
		schema := fmt.Sprintf("bench%d_%d", os.Getpid(), count)
		c.place.Database, c.drop = rig.InSchema(base, schema), func() error { return rig.Admin(base, "DROP SCHEMA "+schema+" CASCADE") }
		if err := rig.Admin(base, "CREATE SCHEMA "+schema); err != nil {
			return nil, err
		}
	}
	begun := time.Now()
	token, err := made(ctx, c.place.URL(), count)
	if err != nil {
		return nil, errors.Join(err, c.drop())
	}
	fmt.Fprintf(os.Stderr, "filled %d in %s\n", count, time.Since(begun).Round(time.Second))
	return c, c.start(ctx, token)
}

// start starts the desk; the cookie is that of who is signed in.
func (c *counter) start(ctx context.Context, token secret.Token) (err error) {
	if c.Process, err = c.place.Serve(ctx); err != nil {
		return err
	}
	c.Visitor = rig.NewVisitor(c.URL)
	c.Cookies["__Host-petugas"] = string(token)
	return nil
}
