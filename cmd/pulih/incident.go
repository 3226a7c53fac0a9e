package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/tickets"
)

// incidentCmd lists whom a breach concerns, for the day on which the desk
// itself cannot be trusted (PR-05). It is audited, and supervisors are mailed.
type incidentCmd struct {
	consoleFlags
	From      string `required:"" env:"-" placeholder:"YYYY-MM-DD" help:"First day."`
	Until     string `required:"" env:"-" placeholder:"YYYY-MM-DD" help:"Last day."`
	Actor     string `env:"-" placeholder:"ID|KIND" help:"What this member of staff did, by id, or anonymous, person, console, clock."`
	Action    string `env:"-" placeholder:"WORD" help:"One kind of event, such as ticket.read."`
	Network   string `env:"-" placeholder:"PREFIX" help:"Networks that begin so, such as 203.0.113."`
	Office    string `env:"-" placeholder:"NAME" help:"One agency; all of them when left out."`
	AuditCopy string `placeholder:"PATH" help:"As for serve: while none runs, the copy is brought up to date."`
	screen
}

// What an incident is not listed for: an empty list would say that nobody is
// concerned.
var (
	errDays   = errors.New("give two days as YYYY-MM-DD, the first one first")
	errAction = errors.New("--action is no word of the audit log; /petugas/audit/insiden lists them, such as ticket.read")
	errActor  = errors.New("--actor is neither the id of a member of staff nor anonymous, person, console or clock")
	errOffice = errors.New("--office is no agency of which the audit log tells; it is spelled as in the roster")
)

// Run prints the list as CSV, and writes down that it did before the first
// line.
func (c *incidentCmd) Run(ctx context.Context) error {
	return c.within(ctx, func(d directory) error {
		incidents, err := c.incidents(ctx, d)
		if err != nil {
			return err
		}
		for _, i := range incidents {
			people, err := d.CountAffected(ctx, i, nil)
			if err == nil {
				err = d.NoteIncidentOnConsole(ctx, i, people, d.by)
			}
			if err != nil {
				return err
			}
		}
		return app.IncidentCSV{People: d.Accounts, Zone: d.zone}.Write(ctx, c.writer(), nil, incidents...)
	})
}

// incidents are one for each agency, read after the last event has its place.
func (c *incidentCmd) incidents(ctx context.Context, d directory) (all []audit.Incident, err error) {
	from, until, err := c.days(d.zone)
	if err == nil {
		err = c.known(ctx, d)
	}
	if err == nil {
		err = c.settle(ctx, d.db)
	}
	if err != nil {
		return nil, err
	}
	agencies, err := c.agencies(ctx, d.db)
	if err != nil {
		return nil, err
	}
	for _, agency := range agencies {
		all = append(all, audit.Incident{Agency: agency, From: from, Until: until, Actor: c.Actor, Action: audit.Action(c.Action), Network: c.Network})
	}
	return all, nil
}

// known refuses a word that is misspelled: its list would be empty, and look
// finished.
func (c *incidentCmd) known(ctx context.Context, d directory) error {
	if !app.KnownAction(audit.Action(c.Action)) {
		return fmt.Errorf("%w: %q", errAction, c.Action)
	}
	members, err := d.Members(ctx)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, m := range members {
		names[m.ID] = m.Name
	}
	if !app.KnownActor(c.Actor, names) {
		return fmt.Errorf("%w: %q", errActor, c.Actor)
	}
	return nil
}

// agencies are all that the log tells of, or the one that was asked for.
func (c *incidentCmd) agencies(ctx context.Context, d *db.DB) ([]string, error) {
	all, err := audit.Agencies(ctx, d)
	if err != nil || c.Office == "" {
		return all, err
	}
	if !slices.Contains(all, c.Office) {
		return nil, fmt.Errorf("%w: %q", errOffice, c.Office)
	}
	return []string{c.Office}, nil
}

func (c *incidentCmd) days(zone db.Zone) (from, until db.Time, err error) {
	first, err := time.ParseInLocation(time.DateOnly, c.From, zone.Location)
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %q", errDays, c.From)
	}
	last, err := time.ParseInLocation(time.DateOnly, c.Until, zone.Location)
	if err != nil || last.Before(first) {
		return 0, 0, fmt.Errorf("%w: %q", errDays, c.Until)
	}
	return db.At(first), db.At(last.AddDate(0, 0, 1)), nil
}

// settle brings the log up to date, and its copy. It seals nothing onto data
// that went back, where it has a copy to tell by. errLost, errParted.
func (c *incidentCmd) settle(ctx context.Context, d *db.DB) error {
	if c.AuditCopy != "" {
		held, err := audit.CopyProblem(ctx, d, c.AuditCopy)
		if err == nil {
			err = wentBack(c.AuditCopy, held)
		}
		if err != nil {
			return err
		}
	}
	err := placeAll(ctx, audit.Sealer{DB: d, Where: tickets.Whose(c.Agency)})
	if err != nil || c.AuditCopy == "" {
		return err
	}
	return audit.CatchUpCopy(ctx, d, c.AuditCopy)
}

// placeAll seals what waits and gives the older events their places: the
// server that would do it may be down.
func placeAll(ctx context.Context, s audit.Sealer) error {
	if _, err := s.Seal(ctx); err != nil {
		return err
	}
	for left := true; left; {
		var err error
		if left, err = s.PlaceOlder(ctx); err != nil {
			return err
		}
	}
	return nil
}
