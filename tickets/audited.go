package tickets

import (
	"context"
	"errors"

	"pulih/db"
)

// AgencyOf says whose a ticket is, for what must find it by id alone; "" for
// nobody's.
func AgencyOf(ctx context.Context, tx *db.Tx, id string) (agency string, err error) {
	if err = tx.Row(ctx, selectAgencyOf, id).Scan(&agency); errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return agency, err
}

// TicketID is the id of a request that he may see (ST-04), by which the audit
// log knows it; one about himself is no exception, since the log tells nothing
// of what stands in it. ErrNoTicket.
func (d *Desk) TicketID(ctx context.Context, by By, number string) (id string, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
		id = r.ID
		return err
	})
	return id, err
}

// Numbers are the numbers of those among some ids that are requests of his
// agency and units.
func (d *Desk) Numbers(ctx context.Context, by By, ids []string) (map[string]string, error) {
	numbers := map[string]string{}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		for _, id := range ids {
			var number string
			err := tx.Row(ctx, selectNumberOf, id, by.Staff.Agency, by.units()).Scan(&number)
			if err != nil && !errors.Is(err, db.ErrNotFound) {
				return err
			}
			if err == nil {
				numbers[id] = number
			}
		}
		return nil
	})
	return numbers, err
}
