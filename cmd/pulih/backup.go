package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"pulih/audit"
	"pulih/db"
)

// backupCmd writes an installation into one file, beside a running server,
// for whom the recipients' private keys belong to. The keys of the
// installation are not in it (impostor 19).
type backupCmd struct {
	Database       string   `placeholder:"PATH|URL" help:"The database, beside a running server or without."`
	To             string   `env:"-" placeholder:"FILE" help:"Where to. A file that is there is not written over."`
	Recipient      []string `placeholder:"age1…" help:"Public keys, made by age-keygen, that the backup is for; may be given several times."`
	RecipientsFile string   `placeholder:"PATH" help:"The same, one a line, from a file."`
	Verify         string   `env:"-" placeholder:"FILE" help:"Read a backup that is there to its end, and write nothing: a rehearsal."`
	Identity       string   `env:"-" placeholder:"PATH" help:"With --verify: the private key, as age-keygen made it."`
	screen
}

var errBackupFlags = errors.New("give --database and --to, or --verify and --identity")

// Run writes a backup or verifies one.
func (c *backupCmd) Run(ctx context.Context) error {
	switch {
	case c.Verify != "" && c.Identity != "" && c.To == "":
		return c.verify(ctx)
	case c.Verify != "" || c.Identity != "" || c.Database == "" || c.To == "":
		return errBackupFlags
	}
	to, err := recipients(c.Recipient, c.RecipientsFile)
	if err != nil {
		return err
	}
	d, err := asItIs(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // nothing is written any more
	made, err := makeBackup(ctx, d, c.To, to)
	if err != nil {
		return fmt.Errorf("no backup was made: %w", err)
	}
	if err := made.note(ctx, d, c.To); err != nil {
		return fmt.Errorf("the backup is there and whole, but the audit log could not be told of it: %w", err)
	}
	return c.say("%s: %d bytes, SHA-256 %x, read back and whole: %d rows in %d tables", c.To, made.size, made.hash, made.sums.Rows(), len(made.sums))
}

// note writes down that somebody took everything with him, and how the file
// is known again. Where it lies is nobody's business.
func (b backup) note(ctx context.Context, d *db.DB, path string) error {
	return audit.Note(ctx, d, audit.Event{Actor: operator(), Action: audit.DataSaved, Detail: map[string]string{
		"file": filepath.Base(path), "size": strconv.FormatInt(b.size, 10), "sha256": fmt.Sprintf("%x", b.hash)}})
}

// verify reads a backup as a restore would.
func (c *backupCmd) verify(ctx context.Context) error {
	who, err := identities(c.Identity)
	if err != nil {
		return err
	}
	needed := keyNumbers{}
	head, sums, err := readBackup(ctx, c.Verify, who, nil, needed.row)
	if err != nil {
		return err
	}
	return c.say("%s is whole: %d rows in %d tables, as they were on %s (%s, schema %d)\nsealing keys it needs: %s",
		c.Verify, sums.Rows(), len(sums), head.At.Time().Format(time.RFC3339), head.Engine, head.Version, needed)
}
