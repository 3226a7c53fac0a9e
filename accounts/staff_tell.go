package accounts

import (
	"context"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// tellSupervisors mails every supervisor, and whoever else it concerns.
func (a *Accounts) tellSupervisors(ctx context.Context, tx *db.Tx, subject, text string, others ...secret.Email) error {
	supervisors, err := db.All(ctx, tx, scanEmail, selectSupervisors)
	if err != nil {
		return err
	}
	told := map[secret.Email]bool{"": true}
	for _, to := range append(supervisors, others...) {
		if told[to] {
			continue
		}
		told[to] = true
		if _, err := a.outbox.Enqueue(ctx, tx, mail.StaffNotice(a.site(), to, subject, text)); err != nil {
			return err
		}
	}
	return nil
}

func scanEmail(row db.Scanner) (to secret.Email, err error) {
	err = row.Scan(&to)
	return to, err
}
