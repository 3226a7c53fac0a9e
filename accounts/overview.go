package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
)

// Overview is what a person sees of his own account (AU-06, SE-08).
type Overview struct {
	Person    Person
	Devices   []Device
	Backup    int // backup codes that are left
	Addresses []Address
	Sessions  []Session
	History   []audit.Event // newest first
}

// historyShown is how many events of an account are shown.
const historyShown = 50

// Overview reads a person's account for himself.
func (a *Accounts) Overview(ctx context.Context, person string) (o Overview, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) (err error) {
		if o.Person, err = a.Person(ctx, tx, person); err != nil {
			return err
		}
		if o.Devices, err = a.Devices(ctx, tx, person); err != nil {
			return err
		}
		if o.Backup, err = a.BackupLeft(ctx, tx, person); err != nil {
			return err
		}
		if o.Addresses, err = a.Addresses(ctx, tx, person); err != nil {
			return err
		}
		if o.Sessions, err = a.Sessions(ctx, tx, person); err != nil {
			return err
		}
		o.History, err = audit.OfPerson(ctx, tx, person, historyShown)
		return err
	})
	if err != nil {
		return Overview{}, fmt.Errorf("accounts: overview: %w", err)
	}
	return o, nil
}
