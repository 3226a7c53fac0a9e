package tickets

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Side is who wrote a message.
type Side string

// The sides. A note is seen by staff only.
const (
	FromPerson Side = "pemohon"
	FromStaff  Side = "petugas"
	NoteSide   Side = "catatan"
)

// Message is a line of the conversation. Author is empty for the person, and
// on his own page.
type Message struct {
	At     db.Time
	From   Side
	Author string
	Text   string
}

// Ask writes to the person and waits for his answer. The mail he gets does
// not hold the text: it may hold what only he should read. ErrUnanswered.
func (d *Desk) Ask(ctx context.Context, by By, number string, version int64, text string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbAsk, func(tx *db.Tx, p *passage) error {
		var n int
		if err := tx.Row(ctx, countUnanswered, p.ID).Scan(&n); err != nil || n >= inARow {
			return cmp.Or(err, error(ErrUnanswered))
		}
		if err := d.say(ctx, tx, p, FromStaff, text); err != nil {
			return err
		}
		return d.tell(ctx, tx, p.record, mail.ReplyArrived)
	})
}

// mayAsk is the guard of Ask: who holds no receipt could never answer.
func mayAsk(r *record) error {
	if r.keyless() {
		return ErrKeyless
	}
	return nil
}

// Note writes a note for staff.
func (d *Desk) Note(ctx context.Context, by By, number string, version int64, text string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbNote, func(tx *db.Tx, p *passage) error {
		return d.say(ctx, tx, p, NoteSide, text)
	})
}

// inARow is how many messages one side writes before the other has answered: a
// person's make the page that an agent has open an old one, and each of an
// agent's is a mail, under which a warning could be buried (impostor 3).
const inARow = 5

// ErrInARow is refused of who has written so many.
var ErrInARow = &Refusal{"too many messages in a row", "Lima pesan Anda menunggu jawaban. Tunggu petugas menjawab, atau telepon kami."}

// ErrUnanswered is refused of an agent whose messages nobody has answered.
var ErrUnanswered = &Refusal{"too many messages unanswered", "Lima pesan belum dijawab pemohon. Tunggu jawabannya, atau telepon pemohon."}

// errSaid stops a message that is there already.
var errSaid = errors.New("tickets: just said")

// Reply writes to the desk. What the desk asked is answered by it; in every
// other state it changes none. Whoever got no answer and presses the button
// again says nothing twice. ErrInARow.
func (d *Desk) Reply(ctx context.Context, number string, s secret.Code, text string, actor audit.Actor) error {
	err := d.byPerson(ctx, number, s, personStep(VerbReply, actor), func(tx *db.Tx, p *passage) error {
		if err := justSaid(ctx, tx, p.record, text); err != nil {
			return err
		}
		if n, err := writtenInARow(ctx, tx, p.record); err != nil || n >= inARow {
			return cmp.Or(err, error(ErrInARow))
		}
		return d.say(ctx, tx, p, FromPerson, text)
	})
	if errors.Is(err, errSaid) {
		return nil
	}
	return err
}

// justSaid is errSaid when the person's last message, unanswered, says the
// same.
func justSaid(ctx context.Context, tx *db.Tx, r *record, text string) error {
	var last string
	err := tx.Row(ctx, selectLastSaid, r.ID).Scan(&last)
	switch {
	case errors.Is(err, db.ErrNotFound):
		return nil
	case err == nil && last == strings.TrimSpace(text):
		return errSaid
	}
	return err
}

func writtenInARow(ctx context.Context, tx *db.Tx, r *record) (n int, err error) {
	err = tx.Row(ctx, countInARow, r.ID).Scan(&n)
	return n, err
}

// Withdraw takes the request back.
func (d *Desk) Withdraw(ctx context.Context, number string, s secret.Code, actor audit.Actor) error {
	return d.byPerson(ctx, number, s, personStep(VerbWithdraw, actor), func(tx *db.Tx, p *passage) error {
		p.Reason = "Dibatalkan pemohon."
		if !p.Kind.Changes() {
			return nil
		}
		return d.tell(ctx, tx, p.record, mail.RequestCancelled)
	})
}

const mostSaid = 4000 // characters of a message

// say adds a message, unless its author has said the same to too many.
func (d *Desk) say(ctx context.Context, tx *db.Tx, p *passage, side Side, text string) error {
	text = strings.TrimSpace(text)
	if err := d.sayable(side, text); err != nil {
		return err
	}
	if side == FromStaff {
		if err := d.mayRepeat(ctx, tx, p, text); err != nil {
			return err
		}
	}
	return d.post(ctx, tx, p, side, text)
}

// post adds a message that may be said.
func (d *Desk) post(ctx context.Context, tx *db.Tx, p *passage, side Side, text string) error {
	if side != NoteSide {
		p.LastAt, p.LastFrom = tx.Now, side
	}
	p.said = true
	_, err := tx.Exec(ctx, insertMessage, db.NewID(), p.ID, tx.Now, side, p.actor.ID, p.name(), text)
	return err
}

// sayable tells whether a text may be said. ErrMissing, ErrLink,
// ErrAsksSecret.
func (d *Desk) sayable(side Side, text string) error {
	if text == "" || utf8.RuneCountInString(text) > mostSaid || !utf8.ValidString(text) {
		return ErrMissing
	}
	if side == FromStaff {
		return d.sendable(text)
	}
	return nil
}

// sendable tells whether a text may go to a person, as it is or from what the
// agency keeps (impostor 22, 24). ErrLink, ErrAsksSecret.
func (d *Desk) sendable(text string) error {
	switch {
	case !d.linksWell(text):
		return ErrLink
	case asksSecret(text):
		return ErrAsksSecret
	}
	return nil
}

// byPerson does one verb of whoever holds the receipt.
func (d *Desk) byPerson(ctx context.Context, number string, s secret.Code, st step, do func(*db.Tx, *passage) error) error {
	return d.write(ctx, func(tx *db.Tx) error {
		r, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return err
		}
		p, err := d.gate(ctx, tx, &r, st)
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return d.move(ctx, tx, p)
	})
}
