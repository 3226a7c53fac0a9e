package tickets

import (
	"context"
	"fmt"
)

// ReportForClock is Report as the clock reads it, to mail it to the supervisor
// whom by names. It is not audited here: whoever sends the mail writes that
// down, in the transaction that sends it. ErrRole, ErrPeriod.
func (d *Desk) ReportForClock(ctx context.Context, by By, p Period) (Report, error) {
	if err := mayReport(by, p); err != nil {
		return Report{}, err
	}
	r, err := d.report(ctx, by, p, ReportFilter{}, nil)
	if err != nil {
		return Report{}, fmt.Errorf("tickets: report for the clock: %w", err)
	}
	return r, nil
}
