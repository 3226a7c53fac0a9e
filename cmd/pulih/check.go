package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"pulih/audit"
	"pulih/db"
)

// checkCmd is for the operator, daily: is the log what it was, and does the
// database answer.
type checkCmd struct {
	Database  string `required:"" placeholder:"PATH|URL" help:"The database to check."`
	AuditCopy string `placeholder:"PATH" help:"The copy outside the database; without it a cut tail cannot be seen."`
}

var (
	errCheck  = errors.New("the audit log does not agree; see above")
	errNoCopy = errors.New("a copy that is gone cannot show what was cut; is the path right?")
)

// Run prints what it finds and fails when something does not agree.
func (c *checkCmd) Run(ctx context.Context) error {
	d, err := existing(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // only read
	if err := d.Check(ctx); err != nil {
		return err
	}
	fmt.Println("database: whole")
	if _, err := os.Stat(c.AuditCopy); c.AuditCopy != "" && errors.Is(err, fs.ErrNotExist) {
		return c.uncopied(ctx, d)
	}
	return c.verify(ctx, d, c.AuditCopy)
}

// uncopied is fine until serve has sealed the first event: from then on there
// is a copy, unless somebody took it away.
func (c *checkCmd) uncopied(ctx context.Context, d *db.DB) error {
	r, err := audit.Verify(ctx, d, "")
	if err != nil {
		return err
	}
	if r.Sealed > 0 {
		return fmt.Errorf("no copy at %s, and %d events are sealed: %w", c.AuditCopy, r.Sealed, errNoCopy)
	}
	fmt.Println("audit: no copy yet: serve writes it")
	return c.verify(ctx, d, "")
}

func (c *checkCmd) verify(ctx context.Context, d *db.DB, copied string) error {
	r, err := audit.Verify(ctx, d, copied)
	if err != nil {
		return err
	}
	fmt.Printf("audit: %d events in the chain, %d in the copy\n", r.Sealed, r.Copied)
	for _, f := range r.Findings {
		fmt.Fprintf(os.Stdout, "audit: event %d %s\n", f.Seq, f.What)
	}
	if len(r.Findings) > 0 {
		return errCheck
	}
	if copied == "" {
		fmt.Println("audit: the chain is whole; without a copy a cut tail cannot be seen")
		return nil
	}
	fmt.Println("audit: chain and copy agree")
	return nil
}
