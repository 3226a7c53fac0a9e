package main

import (
	"context"
	"errors"
	"fmt"

	"pulih/app"
	"pulih/db"
	"pulih/tickets"
)

// figuresFlags are by what figures are reckoned where an agency has no calendar
// of its own.
type figuresFlags struct {
	Zone     string `enum:"WIB,WITA,WIT" default:"WIB" help:"As serve has it: figures are reckoned by it."`
	Holidays string `placeholder:"PATH" help:"As serve has it: figures are reckoned by it."`
}

// figuresCmd derives what the reports count again from the histories.
type figuresCmd struct {
	Database string `required:"" placeholder:"PATH|URL" help:"The database, beside a running server or without."`
	Rebuild  bool   `env:"-" help:"Forget every figure and derive it again; a running server does it too."`
	figuresFlags
	screen
}

var errFigures = errors.New("figures are not what the histories say; see above. pulih figures --rebuild derives them again")

// Run proves the figures, after a rebuild when told so.
func (c *figuresCmd) Run(ctx context.Context) error {
	d, err := existing(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // nothing is written any more
	if c.Rebuild {
		if err := c.rebuild(ctx, d); err != nil {
			return err
		}
	}
	return c.prove(ctx, d, c.screen)
}

func (c *figuresCmd) rebuild(ctx context.Context, d *db.DB) error {
	desk, _, err := c.desk(ctx, d)
	if err != nil {
		return err
	}
	packs, err := desk.RebuildMeasures(ctx)
	if err == nil {
		err = desk.FoldAll(ctx)
	}
	if err != nil {
		return err
	}
	return c.say("figures: %d packs derived again", packs)
}

// desk is as much of one as reckons figures, by the calendar of serve or, of a
// demo's database, of the demo.
func (f figuresFlags) desk(ctx context.Context, d *db.DB) (*tickets.Desk, db.Zone, error) {
	zone, err := db.ZoneNamed(f.Zone)
	if err != nil {
		return nil, zone, err
	}
	of := tickets.Config{DB: d, Waits: tickets.Production(), Zone: zone}
	demo, err := app.IsDemo(ctx, d)
	if err != nil {
		return nil, zone, err
	}
	if demo {
		of.Calendar, of.Waits = tickets.Always(zone), tickets.Demo()
	} else {
		of.Calendar, err = calendar(f.Holidays, zone)
	}
	return tickets.New(of), zone, err
}

func (f figuresFlags) prove(ctx context.Context, d *db.DB, to screen) error {
	desk, zone, err := f.desk(ctx, d)
	if err != nil {
		return err
	}
	sum, err := desk.ProveMeasures(ctx, func(agency string, from db.Time, why error) {
		_ = to.say("figures: %s, requests filed from %s: %v", agency, from.Exact(zone), why)
	})
	if err != nil {
		return err
	}
	if sum.Differ > 0 {
		return fmt.Errorf("%d packs: %w", sum.Differ, errFigures)
	}
	return to.say("figures: %d packs agree; %d requests wait to be measured", sum.Agree, sum.Waiting)
}
