package tickets

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"pulih/db"
)

// rulebook remembers calendars and targets while many tickets are measured.
type rulebook struct {
	desk      *Desk
	tx        *db.Tx
	calendars map[string]Calendar
	targets   map[string][]Setting
}

func (d *Desk) rulebook(tx *db.Tx) rulebook {
	return rulebook{d, tx, map[string]Calendar{}, map[string][]Setting{}}
}

func (r rulebook) measure(ctx context.Context, s subject, history []happening) ([]Measure, error) {
	c, err := r.calendar(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := r.aim(ctx, s, history); err != nil {
		return nil, err
	}
	s.of.Created = s.opened
	return measure(c, s.of, history), nil
}

// calendar is the one by which a ticket's timer was reckoned.
func (r rulebook) calendar(ctx context.Context, s subject) (Calendar, error) {
	key := fmt.Sprint(s.calendar, s.agency)
	if c, known := r.calendars[key]; known {
		return c, nil
	}
	c, err := r.desk.calendarVersion(ctx, r.tx, s.agency, s.calendar)
	if err == nil {
		r.calendars[key] = c.Calendar
	}
	return c.Calendar, err
}

// aim writes into a history what the agency allowed itself then.
func (r rulebook) aim(ctx context.Context, s subject, history []happening) (err error) {
	versions, known := r.targets[s.agency]
	if !known {
		if versions, err = db.All(ctx, r.tx, scanSetting, selectTargetVersions, s.agency, TargetSetting); err != nil {
			return err
		}
		r.targets[s.agency] = versions
	}
	for i, h := range history {
		if i == 0 || h.cycle != history[i-1].cycle || h.kind != history[i-1].kind {
			if history[i].target, err = r.desk.targetAmong(versions, h.moment); err != nil {
				return err
			}
		}
	}
	return nil
}

// targetAmong is the target that held at a moment, of all versions there were.
func (d *Desk) targetAmong(versions []Setting, m moment) (time.Duration, error) {
	target := d.waits.TargetWork
	for _, s := range versions {
		if s.From > m.at {
			continue
		}
		var t Targets
		if err := json.Unmarshal([]byte(s.Value), &t); err != nil {
			return 0, fmt.Errorf("tickets: targets %d of %s: %w", s.Version, s.Agency, err)
		}
		target = d.waits.TargetWork
		if minutes := t[m.kind]; minutes > 0 {
			target = minutes.Duration()
		}
	}
	return target, nil
}
