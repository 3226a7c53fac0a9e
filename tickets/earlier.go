package tickets

import (
	"context"

	"pulih/db"
)

// Earlier is another request with the same NIP. Number is empty until the
// check of the one that is read: the page of a checked request shows the
// record (impostor 22).
type Earlier struct {
	Number   string
	Kind     Kind
	State    State
	OpenedAt db.Time
}

// earlier are the last few requests with the NIP of r that he may see, newest
// first.
func (d *Desk) earlier(ctx context.Context, tx *db.Tx, by By, r *record) ([]Earlier, error) {
	all, err := db.All(ctx, tx, scanEarlier, selectEarlier, r.NIP, r.Agency, r.ID, by.units())
	for i := range all {
		if r.CheckedAt == 0 {
			all[i].Number = ""
		}
	}
	return all, err
}

func scanEarlier(row db.Scanner) (e Earlier, err error) {
	err = row.Scan(&e.Number, &e.Kind, &e.State, &e.OpenedAt)
	return e, err
}
