package tickets

import (
	"context"
	"slices"

	"pulih/db"
)

// Reclassify makes a request one of another kind, for people choose what they
// see and not what is wrong. From a question to a change its subject is told
// (NO-01). ErrSame, ErrMissing.
func (d *Desk) Reclassify(ctx context.Context, by By, number string, version int64, k Kind) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbReclassify, func(tx *db.Tx, p *passage) error {
		switch {
		case !slices.Contains(Filed, k):
			return ErrMissing
		case k == p.Kind:
			return ErrSame
		}
		p.note = "dari " + p.Kind.Label() + " menjadi " + k.Label()
		p.Kind = k
		return d.untold(ctx, tx, p)
	})
}
