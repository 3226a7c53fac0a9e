package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// Restored says what a restore did to accounts, and of whom the operator must
// know.
type Restored struct {
	Sessions, Codes, Passes, Waits, Proposals int64

	Frozen []Touched // who signs in no more, and goes by a request
	Staff  []Touched // of the staff
	Setups []Touched // of the staff, whose codes to set up password and authenticator are void
	Told   []Touched // who lost something, and signs in as before
}

// Touched is one of them, and why: the actions that happened since.
type Touched struct {
	NIP secret.NIP
	Why []audit.Action
}

// Since is what has happened after the backup, by the copy of the audit log.
// Unknown says that there is no copy: then nobody's account is as it was known
// to be.
type Since struct {
	Events  []audit.Event
	Unknown bool
}

// Restore makes an installation that was taken back to an earlier moment safe
// (impostor 19): whatever let somebody in then is void, what was taken away
// since is taken away again, and an account that cannot be brought to where it
// was is frozen. Counters of tries stay as they were at the backup.
func (a *Accounts) Restore(ctx context.Context, tx *db.Tx, since Since, by audit.Actor) (Restored, error) {
	r := &restoring{Accounts: a, ctx: ctx, tx: tx, by: by, people: map[string]*change{}, staff: map[string]*change{}}
	err := r.setups()
	if err == nil {
		err = r.void()
	}
	if err == nil {
		err = r.spendSteps()
	}
	if err == nil && since.Unknown {
		err = r.doubtAll()
	}
	if err == nil {
		err = r.replay(since.Events)
	}
	if err == nil {
		err = r.settle()
	}
	if err != nil {
		return Restored{}, fmt.Errorf("accounts: restore: %w", err)
	}
	return r.done, nil
}

// restoring is a restore under way.
type restoring struct {
	*Accounts
	ctx  context.Context
	tx   *db.Tx
	by   audit.Actor
	done Restored

	people, staff map[string]*change // by id, what happened to each
}

// setups notes whose set-up code void ends: nobody else tells him.
func (r *restoring) setups() error {
	pending, err := db.All(r.ctx, r.tx, scanText, selectSetups)
	for _, nip := range pending {
		r.done.Setups = append(r.done.Setups, Touched{NIP: secret.NIP(nip)})
	}
	return err
}

// void ends what opens a door, whoever holds it. The links of "Bukan saya"
// stay: they only ever take something away.
func (r *restoring) void() error {
	none := []byte{}
	for _, v := range []struct {
		count *int64
		query string
		args  []any
	}{
		{&r.done.Sessions, voidSessions, []any{r.tx.Now}},
		{&r.done.Codes, voidResetCodes, nil}, {nil, voidResets, []any{r.tx.Now}},
		{&r.done.Codes, voidSetups, []any{none}}, {&r.done.Codes, voidAddresses, []any{r.tx.Now}},
		{&r.done.Passes, voidPasses, []any{r.tx.Now}}, {&r.done.Passes, voidEnrolments, []any{none}},
		{&r.done.Waits, voidWaits, []any{WaitChanged, r.tx.Now}},
		{&r.done.Proposals, voidProposals, []any{r.tx.Now}}, {&r.done.Proposals, voidSecondYes, []any{r.tx.Now}},
	} {
		n, err := r.tx.Exec(r.ctx, v.query, v.args...)
		if err != nil {
			return err
		}
		if v.count != nil {
			*v.count += n
		}
	}
	return nil
}

// spendSteps lets no code count that could have been read up to now: one that
// was accepted after the backup is not known to be used any more.
func (r *restoring) spendSteps() error {
	last := otp.Latest(r.tx.Now.Time())
	for _, query := range []string{raiseSteps, raiseStaffSteps} {
		if _, err := r.tx.Exec(r.ctx, query, last); err != nil {
			return err
		}
	}
	return nil
}
