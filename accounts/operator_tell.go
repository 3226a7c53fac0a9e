package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

func (a *Accounts) reportOperator(ctx context.Context, tx *db.Tx, what audit.Action, o Operator, by audit.Actor, text string) error {
	err := audit.Append(ctx, tx, audit.Event{Actor: by, Action: what, Detail: map[string]string{"agency": o.Agency, "unit": o.Unit}})
	if err != nil {
		return err
	}
	letter := fmt.Sprintf("Operator unit %s (%s) berubah.\nAlamat: %s.\n%s\n%s", o.Unit, o.Agency, string(o.Email), text, byWhom(by))
	return a.tellSupervisors(ctx, tx, "Operator unit berubah", letter, o.Email)
}

// tellOperators tells a unit that somebody of it has activated his account;
// where it has no operator, the agency's supervisors. Enough of the number to
// tell two of one name apart, and no secret.
func (a *Accounts) tellOperators(ctx context.Context, tx *db.Tx, p Person) error {
	to, err := db.All(ctx, tx, scanEmail, selectOperatorsOf, p.Agency, p.Unit)
	if err == nil && len(to) == 0 {
		to, err = db.All(ctx, tx, scanEmail, selectSupervisorsOf, p.Agency)
	}
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s dari %s baru saja mengaktifkan akunnya di %s.\nNIP berakhiran %s. Waktu: %s.\n"+
		"Tanyakan langsung kepada orangnya. Jika bukan dia, segera hubungi kami.",
		p.Name, p.Unit, a.site().ShortAgency, string(p.NIP[len(p.NIP)-4:]), tx.Now.Long(a.site().Zone))
	for _, address := range to {
		if _, err := a.outbox.Enqueue(ctx, tx, mail.StaffNotice(a.site(), address, "Akun diaktifkan di unit Anda", text)); err != nil {
			return err
		}
	}
	return nil
}
