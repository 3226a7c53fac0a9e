package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"pulih/audit"
)

// checkCmd is for the operator, daily: is the log what it was, and does the
// database answer.
type checkCmd struct {
	Database  string `required:"" placeholder:"PATH|URL" help:"The database to check."`
	AuditCopy string `placeholder:"PATH" help:"The copy outside the database; without it a cut tail cannot be seen."`
}

var errCheck = errors.New("the audit log does not agree; see above")

// Run prints what it finds and fails when something does not agree.
func (c *checkCmd) Run(ctx context.Context) error {
	d, err := openDatabase(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // only read
	if err := d.Check(ctx); err != nil {
		return err
	}
	fmt.Println("database: whole")
	r, err := audit.Verify(ctx, d, c.AuditCopy)
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
	fmt.Println("audit: chain and copy agree")
	return nil
}
