package tickets

import (
	"context"
	"encoding/json"
	"errors"

	"pulih/accounts"
	"pulih/db"
)

// BulkReply is one text for many people that waits for a second person
// (impostor 24).
type BulkReply struct {
	accounts.Proposal
	bulkText
}

// bulkShown is how many of them are listed and counted, the oldest. More may
// wait: each is listed when an older one has ended, which it has in 72 hours.
const bulkShown = 20

// proposeBulk writes down what is to be sent to whom.
func (d *Desk) proposeBulk(ctx context.Context, tx *db.Tx, by By, b bulkText) (BulkDone, error) {
	if err := d.address(ctx, tx, by, &b); err != nil {
		return BulkDone{}, err
	}
	value, err := json.Marshal(b)
	if err != nil {
		return BulkDone{}, err
	}
	id, err := d.accounts.Propose(ctx, tx, by.officer(), accounts.Proposal{Kind: accounts.BulkReply, Value: string(value)})
	for _, number := range b.Numbers {
		if err == nil {
			_, err = tx.Exec(ctx, insertBulkTicket, id, number)
		}
	}
	return BulkDone{Proposed: true}, err
}

// ConfirmBulk sends what a colleague proposed, in his name. It spends a fresh
// OTP. The refusals of accounts.Confirm.
func (d *Desk) ConfirmBulk(ctx context.Context, by By, id string) (BulkDone, error) {
	return d.many(ctx, func(ctx context.Context, tx *db.Tx) (BulkDone, error) {
		b, err := d.bulkReply(ctx, tx, by, id)
		if err != nil {
			return BulkDone{}, err
		}
		if b.Proposal, err = d.accounts.Confirm(ctx, tx, by.officer(), id); err != nil {
			return BulkDone{}, err
		}
		author := By{AtCounter: by.AtCounter}
		if author.Staff, err = d.accounts.Proposer(ctx, tx, b.Proposal); err != nil {
			return BulkDone{}, err
		}
		return d.sendConfirmed(ctx, tx, author, by, b)
	})
}

// DropBulk takes a proposal back. One person is enough. The refusals of
// accounts.End.
func (d *Desk) DropBulk(ctx context.Context, by By, id string) error {
	return d.write(ctx, func(tx *db.Tx) error {
		_, err := d.bulkReply(ctx, tx, by, id)
		if err == nil {
			_, err = d.accounts.End(ctx, tx, by.officer(), id)
		}
		return err
	})
}

// BulkReplies are those that wait for a second person, the oldest twenty: of
// his agency, and each only where he sees every one of its requests (ST-04).
func (d *Desk) BulkReplies(ctx context.Context, by By) (all []BulkReply, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanBulk, selectBulks, by.bulkScope(tx, bulkShown)...)
		return err
	})
	return all, err
}

// BulkWaiting counts them, up to twenty.
func (d *Desk) BulkWaiting(ctx context.Context, by By) (n int, err error) {
	err = d.db.ReadOne(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, countBulks, by.bulkScope(tx, bulkShown)...).Scan(&n)
	})
	return n, err
}

// BulkReply is one of those. accounts.ErrNoProposal.
func (d *Desk) BulkReply(ctx context.Context, by By, id string) (b BulkReply, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		b, err = d.bulkReply(ctx, tx, by, id)
		return err
	})
	return b, err
}

func (d *Desk) bulkReply(ctx context.Context, tx *db.Tx, by By, id string) (BulkReply, error) {
	b, err := scanBulk(tx.Row(ctx, selectBulk, by.bulkScope(tx, id)...))
	if errors.Is(err, db.ErrNotFound) {
		return b, accounts.ErrNoProposal
	}
	if err == nil {
		b.Proposal, err = d.accounts.WaitingProposal(ctx, tx, by.officer(), id)
	}
	return b, err
}

// bulkScope are the parameters of whose proposals he sees, and one more.
func (b By) bulkScope(tx *db.Tx, last any) []any {
	return []any{b.Staff.Agency, tx.Now.Add(-accounts.ProposalLife), b.Staff.NIP, b.units(), last}
}
