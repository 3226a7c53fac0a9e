package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// ErrNotBlocked says that there is no block to lift.
var ErrNotBlocked = errors.New("accounts: not blocked")

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

// Freeze suspends the password of somebody whose account is misused, ends
// what is under way and blocks remote requests, as "Bukan saya" on a change
// would. It takes protection from nobody, so one person may; what it stops,
// only the counter gives back.
func (a *Accounts) Freeze(ctx context.Context, tx *db.Tx, person, object, number string, actor audit.Actor) error {
	acc, err := a.Account(ctx, tx, person)
	if err != nil {
		return err
	}
	n := Notice{Person: person, Kind: Change, What: mail.PasswordChanged, Object: object, Number: number,
		At: acc.PasswordAt, Undoes: Undone{Password: true}}
	if err := a.undo(ctx, tx, n, actor); err != nil {
		return fmt.Errorf("accounts: freeze: %w", err)
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Frozen, Person: person, Object: object})
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
