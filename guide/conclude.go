package guide

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// From is the browser that a measurement comes from: its walk, and its
// practice entry, each "" where it has none.
type From struct{ Walk, Practice secret.Token }

// Conclude judges a finding of the browser or of the person's own eyes and keeps the outcome for the reports, without
// anything that names a person, and for the walk and the practice of his browser.
func (g *Guide) Conclude(ctx context.Context, f Finding, from From, actor audit.Actor) (Verdict, error) {
	v := Judge(f)
	return v, g.db.Write(ctx, func(tx *db.Tx) error {
		owner, err := from.owner(ctx, tx)
		if err != nil {
			return err
		}
		if err := record(ctx, tx, v, owner); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{
			Actor: actor, Action: audit.ClockJudged, Result: string(v.Light),
			Detail: map[string]string{"method": string(v.Method), "cause": string(v.Cause)},
		})
	})
}

// owner is whose a measurement is. A phone that took a practice over measures
// for the laptop's walk.
type owner struct{ walk, practice string }

func (f From) owner(ctx context.Context, tx *db.Tx) (o owner, err error) {
	if f.Practice != "" {
		err = tx.Row(ctx, selectPracticeID, f.Practice.Hash(), tx.Now).Scan(&o.practice, &o.walk)
	}
	if (err == nil || errors.Is(err, db.ErrNotFound)) && o.walk == "" {
		o.walk, err = walkID(ctx, tx, f.Walk)
	}
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	return o, err
}

// record keeps a measurement. That of a computer's own clock is nobody's: it
// says nothing of the app.
func record(ctx context.Context, tx *db.Tx, v Verdict, o owner) error {
	if v.Computer && v.Method == ByBrowser {
		o = owner{}
	}
	var system otp.Drift
	if v.System != nil {
		system = *v.System
	}
	_, err := tx.Exec(ctx, insertClockCheck, db.NewID(), tx.Now, v.Method, v.Light, v.Cause,
		v.Drift.Middle()/time.Millisecond, v.Drift.Bound()/time.Millisecond, o.walk, o.practice, v.Computer,
		v.System != nil, system.Middle()/time.Millisecond, system.Bound()/time.Millisecond)
	tx.Changed("clock_checks")
	return err
}

// Measured is the newest verdict on the practice of a browser, whichever of
// its devices measured it; nil when there is none.
func (g *Guide) Measured(ctx context.Context, practice secret.Token) (newest *Measured, err error) {
	err = g.db.Read(ctx, func(tx *db.Tx) error {
		var id, walk string
		if err := tx.Row(ctx, selectPracticeID, practice.Hash(), tx.Now).Scan(&id, &walk); err != nil {
			return orNoPractice(err)
		}
		m, err := scanMeasured(tx.Row(ctx, selectPracticeClock, id))
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		newest = &m
		return err
	})
	return newest, err
}
