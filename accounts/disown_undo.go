package accounts

import (
	"context"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// undo takes back a change. What the notice told of may have been replaced
// since; then there is nothing left to suspend, and the rest still holds.
func (a *Accounts) undo(ctx context.Context, tx *db.Tx, n Notice, actor audit.Actor) error {
	if err := a.suspend(ctx, tx, n); err != nil {
		return err
	}
	if err := tx.One(ctx, guardAccount, n.Person); err != nil {
		return err
	}
	if err := a.endResets(ctx, tx, n.Person); err != nil {
		return err
	}
	if err := a.EndSessions(ctx, tx, AccountSession, n.Person); err != nil {
		return err
	}
	if err := a.block(ctx, tx, n, actor); err != nil {
		return err
	}
	return a.tellFrozen(ctx, tx, n)
}

// suspend stops what the change brought: of an enrolment the device and the
// password that came with it, or who holds one would take the other back. A
// password is known by the instant at which it was set, the notice's own.
func (a *Accounts) suspend(ctx context.Context, tx *db.Tx, n Notice) error {
	if n.Undoes.Device {
		if _, err := tx.Exec(ctx, suspendDevice, n.Object, n.Person); err != nil {
			return err
		}
	}
	if n.Undoes.Backup {
		if _, err := tx.Exec(ctx, endBackupOf, n.Person, n.Object); err != nil {
			return err
		}
	}
	if n.Undoes.Address {
		if _, err := tx.Exec(ctx, voidNoticeEmail, n.Object, n.Person, tx.Now); err != nil {
			return err
		}
	}
	if n.Undoes.Email {
		if _, err := tx.Exec(ctx, suspendEmail, n.Person, n.At, tx.Now); err != nil {
			return err
		}
	}
	if !n.Undoes.Password {
		return nil
	}
	_, err := tx.Exec(ctx, suspendPassword, n.Person, n.At, tx.Now)
	return err
}

// tellFrozen tells that nobody can sign in any more, where that is so.
func (a *Accounts) tellFrozen(ctx context.Context, tx *db.Tx, n Notice) error {
	devices, err := a.authenticators(ctx, tx, n.Person)
	if err != nil || len(devices) > 0 && !n.Undoes.Password {
		return err
	}
	p, err := a.Person(ctx, tx, n.Person)
	if err != nil {
		return err
	}
	_, err = a.Notify(ctx, tx, p, Notification{What: mail.AccountFrozen, Number: n.Number})
	return err
}

func (a *Accounts) block(ctx context.Context, tx *db.Tx, n Notice, actor audit.Actor) error {
	if _, err := tx.Exec(ctx, blockRemote, n.Person, tx.Now.Add(remoteBlock)); err != nil {
		return err
	}
	if err := a.endWaits(ctx, tx, n.Person, WaitChanged); err != nil {
		return err
	}
	event := audit.Event{Actor: actor, Action: audit.Blocked, Person: n.Person, Object: n.Object}
	if n.Undoes.Any() {
		event.Detail = map[string]string{undoneDetail: n.Undoes.words()}
	}
	return audit.Append(ctx, tx, event)
}
