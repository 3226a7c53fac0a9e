package tickets

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pulih/db"
)

// TimeStep is a line of the computation of a target, for the agent: a day or
// a run of days, and how much working time of it counts.
type TimeStep struct {
	From, Until db.Time
	Work        time.Duration
	Hours       string // of that day, "" when it is not a day of work
	Why         string // Indonesian: the name of a special day, or why nothing counts
	Paused      bool   // waited for the person
	Ahead       bool   // still to come, if nothing stops the clock

	day db.Time // its midnight; 0 of a pause
}

// Reckoning is how the due time of a ticket came about. Zone is the one of
// the agency's calendar, Version the calendar's, 0 for the installation's.
type Reckoning struct {
	Timer
	Used    time.Duration // working time up to now
	Version int64
	Zone    db.Zone
	Steps   []TimeStep
}

// mostSteps keep a page readable; a year's worth is told as one sum.
const mostSteps = 30

const (
	whyPaused  = "Menunggu pemohon"
	whyDayOff  = "Bukan hari kerja"
	whyEarlier = "Hari-hari sebelumnya, dijumlahkan"
)

// Reckon computes the target of a ticket of his agency once more from its
// history, and says how. ErrNoTicket, ErrOneself.
func (d *Desk) Reckon(ctx context.Context, by By, number string) (Reckoning, error) {
	var k Reckoning
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		if err != nil {
			return err
		}
		k, err = d.reckon(ctx, tx, &r)
		return err
	})
	if err != nil {
		return Reckoning{}, fmt.Errorf("tickets: reckon: %w", err)
	}
	return k, nil
}

// reckon explains a ticket that lives by the calendar of now, and one that
// has ended as it was when it did.
func (d *Desk) reckon(ctx context.Context, tx *db.Tx, r *record) (Reckoning, error) {
	c, err := d.calendarOf(ctx, tx, r.Agency)
	if err != nil {
		return Reckoning{}, err
	}
	kept, version, err := d.timer(ctx, tx, r.ID)
	if err == nil && kept.Ended != 0 && version != c.version {
		c, err = d.calendarVersion(ctx, tx, r.Agency, version)
	}
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return Reckoning{}, err
	}
	history, err := d.moments(ctx, tx, r.ID, r.Agency)
	if err != nil {
		return Reckoning{}, err
	}
	t := rebuild(c.Calendar, history)
	return Reckoning{Timer: t, Used: t.At(c.Calendar, tx.Now), Version: c.version, Zone: zoneOf(c.Calendar, d.zone),
		Steps: shorten(c.explain(history, t, tx.Now))}, nil
}

func zoneOf(c Calendar, otherwise db.Zone) db.Zone {
	for _, z := range []db.Zone{db.WIB, db.WITA, db.WIT} {
		if z.Location == c.Zone {
			return z
		}
	}
	return otherwise
}

// explain lists what counted in the present cycle, and what comes.
func (c Calendar) explain(history []moment, t Timer, now db.Time) (steps []TimeStep) {
	begin := slices.IndexFunc(history, func(m moment) bool { return m.cycle == t.Cycle })
	for i, m := range history[max(begin, 0):] {
		until := now
		if next := max(begin, 0) + i + 1; next < len(history) {
			until = history[next].at
		}
		switch {
		case runs(m.to):
			steps = append(steps, c.days(m.at, until)...)
		case m.to == Waiting:
			steps = append(steps, TimeStep{From: m.at, Until: until, Why: whyPaused, Paused: true})
		}
	}
	steps = joined(steps)
	if t.Since != 0 && t.Due > now {
		ahead := c.days(now, t.Due)
		for i := range ahead {
			ahead[i].Ahead = true
		}
		steps = append(steps, ahead...)
	}
	return steps
}

// days cuts a stretch at midnight. Days off in a row are one step.
func (c Calendar) days(from, until db.Time) (steps []TimeStep) {
	for day := c.midnight(from); db.At(day) < until; day = c.step(day, 1) {
		s := TimeStep{From: max(from, db.At(day)), Until: min(until, db.At(c.step(day, 1))),
			Why: c.Days[dateOf(day)].Name, day: db.At(day)}
		s.Work, s.Hours = c.Between(s.From, s.Until), FormatHours(c.windows(day))
		if s.Hours == "" && s.Why == "" {
			s.Why = whyDayOff
		}
		steps = append(steps, s)
	}
	return joined(steps)
}

// joined makes one step of those that say the same: a day with many events
// in it, a run of days off, a pause with a note in it.
func joined(steps []TimeStep) (out []TimeStep) {
	for _, s := range steps {
		last := len(out) - 1
		if last >= 0 && out[last].goesOn(s) {
			out[last].Until = s.Until
			out[last].Work += s.Work
			continue
		}
		if s.From < s.Until {
			out = append(out, s)
		}
	}
	return out
}

func (s TimeStep) goesOn(next TimeStep) bool {
	if s.Until != next.From || s.Paused != next.Paused || s.Why != next.Why {
		return false
	}
	return s.Paused || s.day == next.day || s.Hours == "" && next.Hours == ""
}

// shorten sums up the oldest steps of a ticket that has lived for weeks.
func shorten(steps []TimeStep) []TimeStep {
	if len(steps) <= mostSteps {
		return steps
	}
	cut := len(steps) - mostSteps + 1
	sum := TimeStep{From: steps[0].From, Until: steps[cut-1].Until, Why: whyEarlier}
	for _, s := range steps[:cut] {
		sum.Work += s.Work
	}
	return append([]TimeStep{sum}, steps[cut:]...)
}
