package tickets

import (
	"context"
	"errors"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// BulkReply is one text for many people that waits for a second person. Own
// says that the reader proposed it.
type BulkReply struct {
	ID, Text     string
	People       int
	Numbers      []string
	ProposedAt   db.Time
	ProposedName string
	Own          bool

	by string // staff id
}

// proposeBulk writes down what is to be sent to whom.
func (d *Desk) proposeBulk(ctx context.Context, tx *db.Tx, by By, numbers []string, text string) (BulkReply, error) {
	b := BulkReply{ID: db.NewID(), Text: text, Numbers: numbers, by: by.Staff.ID}
	people := map[string]bool{}
	for _, number := range numbers {
		r, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
		if err != nil {
			return b, err
		}
		people[string(r.NIP)] = true
	}
	b.People = len(people)
	if _, err := tx.Exec(ctx, insertBulk, b.ID, by.Staff.Agency, text, b.People, tx.Now, by.Staff.ID, by.Staff.Name); err != nil {
		return b, err
	}
	for _, number := range numbers {
		if _, err := tx.Exec(ctx, insertBulkTicket, b.ID, number); err != nil {
			return b, err
		}
	}
	return b, d.bulkAudit(ctx, tx, by, audit.BulkProposed, b)
}

// mayAlone counts the people of the day. Twice twenty are forty.
func (d *Desk) mayAlone(ctx context.Context, tx *db.Tx, by By, people int) (bool, error) {
	if people > bulkAlone {
		return false, nil
	}
	n, err := tx.Exec(ctx, countBulk, "bulk", by.Staff.ID, d.today(tx.Now), people, bulkAlone)
	return n == 1, err
}

// sendBulk asks each of them in the author's name, once.
func (d *Desk) sendBulk(ctx context.Context, tx *db.Tx, author, by By, b BulkReply) (BulkDone, error) {
	if err := d.endBulk(ctx, tx, by, b, "sent"); err != nil {
		return BulkDone{}, err
	}
	return d.onEach(ctx, tx, author, b.Numbers, VerbAsk, func(tx *db.Tx, p *passage) error {
		if err := d.say(ctx, tx, p, FromStaff, b.Text); err != nil {
			return err
		}
		return d.tell(ctx, tx, p.record, mail.ReplyArrived)
	})
}

func (d *Desk) endBulk(ctx context.Context, tx *db.Tx, by By, b BulkReply, state string) error {
	err := tx.One(ctx, endBulk, b.ID, state, tx.Now, by.Staff.ID, by.Staff.Name)
	if errors.Is(err, db.ErrConflict) {
		return ErrNoBulk
	}
	if err != nil {
		return err
	}
	what := audit.BulkSent
	if state == "dropped" {
		what = audit.BulkDropped
	}
	return d.bulkAudit(ctx, tx, by, what, b)
}

func (d *Desk) bulkReply(ctx context.Context, tx *db.Tx, by By, id string) (BulkReply, error) {
	b, err := scanBulk(tx.Row(ctx, selectBulk, id, by.Staff.Agency))
	if errors.Is(err, db.ErrNotFound) {
		return b, ErrNoBulk
	}
	if err == nil {
		b.Numbers, err = db.All(ctx, tx, scanText, selectBulkNumbers, id)
	}
	return b, err
}
