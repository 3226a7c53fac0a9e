package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
)

// checkCmd is the operator's doctor: it looks at everything that serve leans
// on, changes nothing, and says for each part what to do. It takes the settings
// of serve from the environment, as serve does; what is not set there is not
// tried, and the report says so.
type checkCmd struct {
	Database   string    `required:"" placeholder:"PATH|URL" help:"The database to check."`
	AuditCopy  string    `placeholder:"PATH" help:"The copy outside the database; without it a cut tail cannot be seen."`
	AuditKeep  auditKeep `placeholder:"DAYS" help:"As for serve: a log that is kept for ever begins with its first event."`
	RepairCopy bool      `env:"-" help:"Continue a copy that was cut or is gone, from the database, and write that down. Look for the copy's own backup first, and stop serve."`
	JSON       bool      `name:"json" env:"-" help:"Report as JSON, for machines."`
	figuresFlags
	screen
}

var (
	errWhichCopy = errors.New("--repair-copy wants --audit-copy")
	errCheck     = errors.New("the audit log does not agree; see above")
	errNoCopy    = errors.New("a copy that is gone cannot show what was cut; is the path right?")
)

// Run prints what it finds, a line a part, and fails when a part does.
func (c *checkCmd) Run(ctx context.Context) error {
	keep, err := c.AuditKeep.period()
	if err != nil {
		return err
	}
	d, err := asItIs(ctx, c.Database)
	if err != nil {
		return c.report([]finding{failed("database", err, "is the address right, and does the server run?")})
	}
	defer d.Close() //nolint:errcheck // only read
	if err := c.repair(ctx, d); err != nil {
		return err
	}
	return c.report(doctor{checkCmd: c, db: d, keep: keep, env: readEnvironment()}.examine(ctx))
}

// asItIs opens a database that is there, and migrates nothing.
func asItIs(ctx context.Context, where string) (*db.DB, error) {
	if err := db.Exists(ctx, where); err != nil {
		return nil, err
	}
	return openAsItIs(ctx, where)
}

func (c *checkCmd) report(all []finding) error {
	if c.JSON {
		text, err := json.MarshalIndent(all, "", "  ")
		if err != nil {
			return err
		}
		return errors.Join(c.say("%s", text), unwell(all))
	}
	for _, f := range all {
		if err := c.say("%s", f); err != nil {
			return err
		}
	}
	return unwell(all)
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
		fmt.Fprintf(c.writer(), "audit: %d events written to the copy\n", n)
	}
	return err
}
