package accounts

import (
	"context"

	"pulih/audit"
	"pulih/db"
)

// unlock is all that a code for it does: the pause of wrong passwords ends,
// for the proven person's number from the network of the browser that proved
// it. What counts wrong one-time codes stays, and so do a suspension and an
// administrator's disable (impostor 13, 16).
func (a *Accounts) unlock(ctx context.Context, tx *db.Tx, p proof, actor audit.Actor) error {
	who, err := a.Person(ctx, tx, p.person)
	if err != nil {
		return err
	}
	if err := a.forgivePassword(ctx, tx, who, actor); err != nil {
		return err
	}
	if err := tx.One(ctx, finishReset, p.reset); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, endResetCodes, p.reset); err != nil { // their slots are free again
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Unlocked, Person: who.ID, Object: p.reset})
}

// forgivePassword ends the pause of wrong passwords, in the actor's network
// only: a stranger's elsewhere goes on.
func (a *Accounts) forgivePassword(ctx context.Context, tx *db.Tx, p Person, actor audit.Actor) error {
	return a.forgive(ctx, tx, wrongPassword, string(p.NIP), actor.Network)
}
