package tickets

import (
	"context"

	"pulih/db"
	"pulih/mail"
)

// Unlock ends the pause of wrong passwords in the network from which the
// request was filed, and nothing else: what counts one-time codes stays, and
// so do a suspension and an administrator's disable (impostor 13, 16). A
// pause that was earned elsewhere ends by itself within a quarter of an hour.
// ErrSubject.
func (d *Desk) Unlock(ctx context.Context, by By, number string, version int64, text string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbUnlock, func(tx *db.Tx, p *passage) error {
		if _, err := d.subject(ctx, tx, p.record); err != nil {
			return err
		}
		p.SolvedBy = string(Unlocked)
		if err := d.accounts.Unlock(ctx, tx, p.Person, p.Network, p.actor); err != nil || text == "" {
			return err
		}
		if err := d.say(ctx, tx, p, FromStaff, text); err != nil {
			return err
		}
		return d.tell(ctx, tx, p.record, mail.ReplyArrived)
	})
}
