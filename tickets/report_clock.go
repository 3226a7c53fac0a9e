package tickets

import (
	"context"
	"fmt"

	"pulih/db"
)

// ReportForClock is Report as the clock reads it, to mail it to the supervisor
// whom by names. It is not audited here: whoever sends the mail writes that
// down, in the transaction that sends it. ErrRole, ErrPeriod, ErrUnmeasured.
func (d *Desk) ReportForClock(ctx context.Context, by By, p Period) (Report, error) {
	if err := mayReport(by, p); err != nil {
		return Report{}, err
	}
	if err := d.db.Read(ctx, func(tx *db.Tx) error { return allMeasured(ctx, tx) }); err != nil {
		return Report{}, err
	}
	r, err := d.report(ctx, by, p, ReportFilter{}, nil)
	if err != nil {
		return Report{}, fmt.Errorf("tickets: report for the clock: %w", err)
	}
	return r, nil
}

// allMeasured is ErrUnmeasured while more waits to be measured than what has just
// happened, as after an upgrade: a file or a mail would tell too little, and
// nobody would see it there. What is set aside does not hold them up.
func allMeasured(ctx context.Context, tx *db.Tx) error {
	var waiting int
	err := tx.Row(ctx, countUnmeasured, tx.Now, 3*atOnce+1).Scan(&waiting)
	if err == nil && waiting > 3*atOnce { // as much as catchUp does
		err = ErrUnmeasured
	}
	return err
}
