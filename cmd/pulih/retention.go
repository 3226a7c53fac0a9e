package main

import (
	"context"
	"strconv"
	"time"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
)

// retentionCmd shows what is kept how long and what is due. serve removes that
// by itself; --purge is for an operator who does not want to wait.
type retentionCmd struct {
	Database  string    `required:"" placeholder:"PATH|URL" help:"The database, beside a running server or without."`
	Zone      string    `enum:"WIB,WITA,WIT" default:"WIB" help:"The zone that times are shown in."`
	AuditKeep auditKeep `placeholder:"DAYS" help:"As for serve."`
	AuditCopy string    `placeholder:"PATH" help:"As for serve: without it nothing of the audit log goes."`
	Purge     bool      `env:"-" help:"Remove what is due, and write down what was removed."`
	screen
}

// Run lists what is due, and removes it only when told to.
func (c *retentionCmd) Run(ctx context.Context) error {
	d, err := existing(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // nothing is written any more
	keep, err := c.AuditKeep.period()
	if err == nil && c.Purge {
		err = c.purge(ctx, d, keep)
	}
	if err != nil {
		return err
	}
	return c.list(ctx, d, app.Rules(keep))
}

func (c *retentionCmd) purge(ctx context.Context, d *db.DB, keep time.Duration) error {
	if keep > 0 {
		if _, err := audit.MakeFloor(ctx, d, c.AuditCopy, keep, operator()); err != nil {
			return err
		}
	}
	return audit.Purge(ctx, d, app.Rules(keep), operator())
}

// auditKeep is a number of days, 0 for ever.
type auditKeep int

func (k auditKeep) period() (time.Duration, error) {
	keep := time.Duration(k) * 24 * time.Hour
	if k != 0 && keep < audit.LeastKeep {
		return 0, setting("audit-keep", audit.ErrKeep)
	}
	return keep, nil
}

func (c *retentionCmd) list(ctx context.Context, d *db.DB, rules []audit.Rule) error {
	zone, err := db.ZoneNamed(c.Zone)
	if err != nil {
		return err
	}
	all, err := audit.Standings(ctx, d, rules)
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
