package tickets

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// bulkAlone is to how many people an agent writes one text on a day, and to
// how many in bulk; more of them take a second person (impostor 24).
const bulkAlone = 20

// errTwo undoes what one person began and two must do.
var errTwo = errors.New("tickets: takes two people")

// bulkText is one text to many people, as a proposal keeps it.
type bulkText struct {
	Text    string
	Numbers []string
	People  int
}

// sendAlone sends what is not too much for one person. errTwo.
func (d *Desk) sendAlone(ctx context.Context, tx *db.Tx, by By, b bulkText) (BulkDone, error) {
	if err := d.address(ctx, tx, by, &b); err != nil {
		return BulkDone{}, err
	}
	if b.People > bulkAlone {
		return BulkDone{}, errTwo
	}
	n, err := tx.Exec(ctx, countBulk, "bulk", by.Staff.ID, d.today(tx.Now), b.People, bulkAlone)
	if err == nil && n != 1 { // twice twenty are forty
		err = errTwo
	}
	if err != nil {
		return BulkDone{}, err
	}
	if err := d.sentAudit(ctx, tx, by, "", b); err != nil {
		return BulkDone{}, err
	}
	return d.sendBulk(ctx, tx, by, b, func(tx *db.Tx, p *passage) error {
		err := d.say(ctx, tx, p, FromStaff, b.Text)
		if errors.Is(err, ErrSameText) {
			return errTwo
		}
		return err
	})
}

// sendConfirmed sends it in the author's name. The row of each history names
// the second person, who did it, from where he did it.
func (d *Desk) sendConfirmed(ctx context.Context, tx *db.Tx, author, by By, b BulkReply) (BulkDone, error) {
	if err := d.sentAudit(ctx, tx, by, b.ID, b.bulkText); err != nil {
		return BulkDone{}, err
	}
	return d.sendBulk(ctx, tx, author, b.bulkText, func(tx *db.Tx, p *passage) error {
		if err := d.post(ctx, tx, p, FromStaff, b.Text); err != nil {
			return err
		}
		p.step = by.step(VerbAsk)
		p.note = "Balasan massal dari " + author.Staff.Name
		return nil
	})
}

func (d *Desk) sendBulk(ctx context.Context, tx *db.Tx, author By, b bulkText, say func(*db.Tx, *passage) error) (BulkDone, error) {
	return d.onEach(ctx, tx, author, b.Numbers, VerbAsk, func(tx *db.Tx, p *passage) error {
		if err := say(tx, p); err != nil {
			return err
		}
		return d.tell(ctx, tx, p.record, mail.ReplyArrived)
	})
}

// address counts the people. Whoever writes sees every one of the requests,
// and none is about himself. ErrNoTicket, ErrOneself.
func (d *Desk) address(ctx context.Context, tx *db.Tx, by By, b *bulkText) error {
	people := map[string]bool{}
	for _, number := range b.Numbers {
		r, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
		if err == nil && r.NIP == by.Staff.NIP {
			err = ErrOneself
		}
		if err != nil {
			return err
		}
		people[string(r.NIP)] = true
	}
	b.People = len(people)
	return nil
}

func (d *Desk) sentAudit(ctx context.Context, tx *db.Tx, by By, id string, b bulkText) error {
	return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.BulkSent, Object: id,
		Detail: map[string]string{"text": b.Text, "people": strconv.Itoa(b.People), "numbers": strings.Join(b.Numbers, " ")}})
}
