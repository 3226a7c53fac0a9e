package accounts

import (
	"context"
	"fmt"

	"pulih/db"
)

// Privileged tells whether somebody could do more than his own account holds:
// he works at the desk, or hears of a unit's activations. Impostors want such
// people first, so their requests are served at the counter.
func (a *Accounts) Privileged(ctx context.Context, tx *db.Tx, p Person) (privileged bool, err error) {
	if err = tx.Row(ctx, selectPrivileged, p.NIP, p.Email).Scan(&privileged); err != nil {
		return false, fmt.Errorf("accounts: privileged: %w", err)
	}
	return privileged, nil
}
