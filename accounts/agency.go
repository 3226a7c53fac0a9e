package accounts

import (
	"context"
	"errors"

	"pulih/db"
)

// AgencyOfPerson says whose a person is, for what must find him by id alone;
// "" for nobody's.
func AgencyOfPerson(ctx context.Context, tx *db.Tx, id string) (string, error) {
	return agencyOf(tx.Row(ctx, selectAgencyOfPerson, id))
}

// AgencyOfStaff says whose a member of staff is; "" for nobody's.
func AgencyOfStaff(ctx context.Context, tx *db.Tx, id string) (string, error) {
	return agencyOf(tx.Row(ctx, selectAgencyOfStaff, id))
}

func agencyOf(row db.Scanner) (agency string, err error) {
	if err = row.Scan(&agency); errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return agency, err
}
