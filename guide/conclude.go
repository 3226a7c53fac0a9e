package guide

import (
	"context"
	"time"

	"pulih/audit"
	"pulih/db"
)

// Conclude judges a finding of the browser or of the person's own eyes and keeps the outcome for the reports, without
// anything that names a person.
func (g *Guide) Conclude(ctx context.Context, f Finding, actor audit.Actor) (Verdict, error) {
	v := Judge(f)
	return v, g.db.Write(ctx, func(tx *db.Tx) error {
		if err := record(ctx, tx, v); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{
			Actor: actor, Action: audit.ClockJudged, Result: string(v.Light),
			Detail: map[string]string{"method": string(v.Method), "cause": string(v.Cause)},
		})
	})
}

func record(ctx context.Context, tx *db.Tx, v Verdict) error {
	_, err := tx.Exec(ctx, insertClockCheck, db.NewID(), tx.Now, v.Method, v.Light, v.Cause,
		v.Drift.Middle()/time.Millisecond, v.Drift.Bound()/time.Millisecond)
	return err
}
