package tickets

import (
	"context"

	"pulih/db"
)

// Promise is the due time that the person is told, in the zone of whose hours
// it was reckoned by.
type Promise struct {
	At   db.Time
	Zone db.Zone
}

// String is "Senin, 23 November 2026 pukul 15.00 WITA".
func (p Promise) String() string { return p.At.Long(p.Zone) }

// promise reckons it. Until something is proven that is done as for the
// installation's own agency: the hours of another would tell that the roster
// has the typed number, and where (law 10, EN-08). The work is the same for
// every number.
func (d *Desk) promise(ctx context.Context, tx *db.Tx, r *record) (Promise, error) {
	agency := d.agency
	if r.vouched() {
		agency = r.Agency
	}
	c, err := d.calendarOf(ctx, tx, agency)
	if err != nil {
		return Promise{}, err
	}
	history, err := d.moments(ctx, tx, r.ID, agency)
	p := Promise{r.DueAt, zoneOf(c.Calendar, d.zone)}
	if !r.vouched() {
		p.At = rebuild(c.Calendar, history).Due
	}
	return p, err
}

// vouched tells whether something ties the ticket to its subject: a factor, a
// check, or an agent who had him at the counter.
func (r *record) vouched() bool { return r.rank < rankUnproven || r.CheckedAt != 0 }
