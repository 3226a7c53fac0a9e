package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pulih/audit"
	"pulih/db"
)

// checkCmd is for the operator, daily: is the log what it was, does the database
// answer, and are the reports' figures what the histories say.
type checkCmd struct {
	Database   string    `required:"" placeholder:"PATH|URL" help:"The database to check."`
	AuditCopy  string    `placeholder:"PATH" help:"The copy outside the database; without it a cut tail cannot be seen."`
	AuditKeep  auditKeep `placeholder:"DAYS" help:"As for serve: a log that is kept for ever begins with its first event."`
	RepairCopy bool      `env:"-" help:"Continue a copy that was cut or is gone, from the database, and write that down. Look for the copy's own backup first, and stop serve."`
	figuresFlags
}

var (
	errWhichCopy = errors.New("--repair-copy wants --audit-copy")
	errCheck     = errors.New("the audit log does not agree; see above")
	errNoCopy    = errors.New("a copy that is gone cannot show what was cut; is the path right?")
)

// Run prints what it finds and fails when something does not agree.
func (c *checkCmd) Run(ctx context.Context) error {
	keep, err := c.AuditKeep.period()
	if err != nil {
		return err
	}
	d, err := existing(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // only read
	damage := d.Check(ctx)
	if damage == nil {
		fmt.Println("database: whole")
	} else {
		fmt.Println("database:", damage)
	}
	if err := c.repair(ctx, d); err != nil {
		return errors.Join(damage, err)
	}
	return errors.Join(damage, verify(ctx, d, audit.Terms{Copy: c.AuditCopy, Keep: keep}), c.prove(ctx, d, screen{}))
}

// repair is the operator's word that what the copy lacks may be written anew.
func (c *checkCmd) repair(ctx context.Context, d *db.DB) error {
	if !c.RepairCopy {
		return nil
	}
	if c.AuditCopy == "" {
		return errWhichCopy
	}
	n, err := audit.RepairCopy(ctx, d, c.AuditCopy, operator())
	if err == nil {
		fmt.Printf("audit: %d events written to the copy\n", n)
	}
	return err
}

// verify prints what a check of the audit log finds.
func verify(ctx context.Context, d *db.DB, of audit.Terms) error {
	r, err := audit.Verify(ctx, d, of, nil)
	if err != nil {
		return err
	}
	fmt.Printf("audit: %d events in the chain, %d in the copy\n", r.Sealed, r.Copied)
	for _, f := range r.Findings {
		fmt.Println("audit:", f)
	}
	switch {
	case slices.Contains(r.Findings, audit.Finding{What: audit.CopyGone}):
		return fmt.Errorf("no copy at %s, and %d events are sealed: %w", of.Copy, r.Sealed, errNoCopy)
	case len(r.Findings) > 0:
		return errCheck
	case of.Copy == "":
		fmt.Println("audit: the chain is whole; without a copy a cut tail cannot be seen")
	case r.Copied == 0 && r.Sealed == 0:
		fmt.Println("audit: nothing is sealed yet: serve does it, and writes the copy")
	default:
		fmt.Println("audit: chain and copy agree")
	}
	return nil
}
