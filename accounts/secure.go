package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// The refusals of securing an account.
var (
	// ErrNotBlocked says that there is no block to lift.
	ErrNotBlocked = errors.New("accounts: not blocked")
	// ErrFrozen says that its password is suspended already.
	ErrFrozen = errors.New("accounts: frozen already")
)

// ByDesk is the result of what staff have done in place of a mailed code.
const ByDesk = "desk"

// Unlock ends the pause of wrong passwords of a person's number in one
// network. What counts wrong one-time codes stays, and so do a suspension and
// an administrator's disable (impostor 13, 16).
func (a *Accounts) Unlock(ctx context.Context, tx *db.Tx, person, network string, actor audit.Actor) error {
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	if err := a.forgive(ctx, tx, wrongPassword, string(p.NIP), network); err != nil {
		return fmt.Errorf("accounts: unlock: %w", err)
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Unlocked, Person: person, Result: ByDesk})
}

// Freeze suspends the password of somebody whose account is misused, ends what
// is under way, and has a mail reset want an OTP. It takes protection from
// nobody, so one person may. It holds back no request, from afar or at the
// counter: that is the owner's word alone (impostor 2). ErrFrozen.
func (a *Accounts) Freeze(ctx context.Context, tx *db.Tx, person, object, number string, actor audit.Actor) error {
	if err := a.freeze(ctx, tx, person); err != nil {
		return fmt.Errorf("accounts: freeze: %w", err)
	}
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	if _, err := a.Notify(ctx, tx, p, Notification{What: mail.AccountFrozen, Number: number}); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Frozen, Person: person, Object: object})
}

func (a *Accounts) freeze(ctx context.Context, tx *db.Tx, person string) error {
	acc, err := a.Account(ctx, tx, person)
	if err != nil {
		return err
	}
	err = tx.One(ctx, suspendPassword, person, acc.PasswordAt, tx.Now)
	if errors.Is(err, db.ErrConflict) {
		return ErrFrozen
	}
	if err != nil {
		return err
	}
	if err := tx.One(ctx, guardAccount, person); err != nil {
		return err
	}
	return errors.Join(a.endResets(ctx, tx, person), a.EndSessions(ctx, tx, AccountSession, person), a.endWaits(ctx, tx, person, WaitChanged))
}

// Blocked tells whether "Bukan saya" holds somebody's remote requests or
// resets back.
func (acc Account) Blocked(now db.Time) bool {
	return acc.ResetNeedsOTP || acc.RemoteBlockedUntil > now
}

// LiftBlock ends that. Its callers see to it that two of the staff agreed
// (impostor 2). A suspended password or device stays so. ErrNotBlocked.
func (a *Accounts) LiftBlock(ctx context.Context, tx *db.Tx, person, object, number string, actor audit.Actor) error {
	n, err := tx.Exec(ctx, endBlock, person, tx.Now)
	if err == nil && n == 0 {
		err = ErrNotBlocked
	}
	if err != nil {
		return fmt.Errorf("accounts: lift block: %w", err)
	}
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	if _, err := a.Notify(ctx, tx, p, Notification{What: mail.BlockLifted, Number: number}); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Unblocked, Person: person, Object: object})
}
