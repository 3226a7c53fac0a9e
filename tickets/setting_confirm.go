package tickets

import (
	"context"
	"errors"
	"strconv"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// Confirmed is what came of a second person's word. Half is the second half
// of a set-up code, shown once, where the proposal hands one out; From is
// when a setting holds.
type Confirmed struct {
	Proposal accounts.Proposal
	Half     secret.Code
	From     db.Time
}

// ConfirmProposal is the second person's word, and does what was proposed in
// the same transaction. The refusals of accounts.Confirm and ApplyStaff.
func (d *Desk) ConfirmProposal(ctx context.Context, by By, id string) (Confirmed, error) {
	half := accounts.NewHalf()
	var c Confirmed
	err := d.db.Write(ctx, func(tx *db.Tx) (err error) {
		c = Confirmed{}
		if c.Proposal, err = d.accounts.Confirm(ctx, tx, by.officer(), id); err != nil {
			return err
		}
		if c.Proposal.Kind == accounts.BulkReply {
			return accounts.ErrNoProposal // sent by ConfirmBulk alone
		}
		if !c.Proposal.Kind.Staff() {
			c.From, err = d.putProposed(ctx, tx, by, c.Proposal)
			return err
		}
		if c.Proposal.Kind.Hands() {
			c.Half = half
		}
		return d.accounts.ApplyStaff(ctx, tx, c.Proposal, half, by.step("").actor)
	})
	if err != nil {
		return Confirmed{}, err
	}
	return c, nil
}

// putProposed makes a confirmed proposal the next version of its setting,
// unless there has been another meanwhile.
func (d *Desk) putProposed(ctx context.Context, tx *db.Tx, by By, p accounts.Proposal) (db.Time, error) {
	old, err := d.latest(ctx, tx, p.Agency, SettingName(p.Kind))
	if err != nil {
		return 0, err
	}
	if strconv.FormatInt(old.Version, 10) != p.Standing {
		return 0, accounts.ErrProposalOld
	}
	s := old.next(p.Value, tx.Now)
	s.By, s.ByName, s.Second, s.SecondName = p.ProposedBy, p.ProposedName, by.Staff.ID, by.Staff.Name
	err = d.put(ctx, tx, s, by)
	if errors.Is(err, db.ErrConflict) {
		err = accounts.ErrProposalOld
	}
	return s.From, err
}

// SettingNow is the newest version of a setting of his agency, for showing
// it; Version 0 where it has set nothing.
func (d *Desk) SettingNow(ctx context.Context, by By, name SettingName) (s Setting, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		s, err = d.latest(ctx, tx, by.Staff.Agency, name)
		return err
	})
	return s, err
}
