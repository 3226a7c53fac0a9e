package main

import (
	"context"
	"strconv"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
)

// retentionCmd shows what is kept how long and what is due. serve removes that
// by itself; --purge is for an operator who does not want to wait.
type retentionCmd struct {
	Database string `required:"" placeholder:"PATH|URL" help:"The database, beside a running server or without."`
	Zone     string `enum:"WIB,WITA,WIT" default:"WIB" help:"The zone that times are shown in."`
	Purge    bool   `env:"-" help:"Remove what is due, and write down what was removed."`
	screen
}

// Run lists what is due, and removes it only when told to.
func (c *retentionCmd) Run(ctx context.Context) error {
	d, err := existing(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // nothing is written any more
	if c.Purge {
		if err := audit.Purge(ctx, d, app.Rules(), operator()); err != nil {
			return err
		}
	}
	return c.list(ctx, d)
}

func (c *retentionCmd) list(ctx context.Context, d *db.DB) error {
	zone, err := db.ZoneNamed(c.Zone)
	if err != nil {
		return err
	}
	all, err := audit.Standings(ctx, d, app.Rules())
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := c.say("%-16s %8s  %s (%s)%s", s.Name, due(s), s.What, s.Period(), last(s, zone)); err != nil {
			return err
		}
	}
	return nil
}

func due(s audit.Standing) string {
	if s.Kept() {
		return "–"
	}
	return strconv.Itoa(s.Due)
}

func last(s audit.Standing, zone db.Zone) string {
	text := ""
	if s.Due > 0 {
		text += "; jatuh tempo sejak " + s.Oldest.Add(s.Keep).Exact(zone)
	}
	if s.RemovedAt > 0 {
		text += "; terakhir dihapus " + strconv.Itoa(s.Removed) + " pada " + s.RemovedAt.Exact(zone)
	}
	return text
}
