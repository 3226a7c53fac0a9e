package tickets

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"pulih/db"
)

// Escalation is what the desk knows of its letter to BKN. RemindAt is when to
// ask there again.
type Escalation struct {
	BKN      string // BKN's number of it, 3 to 60 characters
	RemindAt db.Time
}

// remindWithin is how far away a reminder may be.
const remindWithin = 90 * 24 * time.Hour

// Escalate hands a request on to BKN, or sets another number or reminder of
// one that is there. For the person the wait is the same, so the clock of the target runs on.
// ErrMissing, ErrRemind.
func (d *Desk) Escalate(ctx context.Context, by By, number string, version int64, e Escalation) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbEscalate, func(tx *db.Tx, p *passage) error {
		const least, most = 3, 60
		e.BKN = strings.Join(strings.Fields(e.BKN), " ")
		if n := utf8.RuneCountInString(e.BKN); n < least || n > most || !utf8.ValidString(e.BKN) {
			return ErrMissing
		}
		if e.RemindAt <= tx.Now || e.RemindAt > tx.Now.Add(remindWithin) {
			return ErrRemind
		}
		p.BKN, p.RemindAt = e.BKN, e.RemindAt
		p.note = e.BKN + ", pengingat " + e.RemindAt.Date(d.zone)
		return nil
	})
}

// Return takes it back with BKN's answer, which staff read; what the person
// should know of it they write to him.
func (d *Desk) Return(ctx context.Context, by By, number string, version int64, answer string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbReturn, func(tx *db.Tx, p *passage) error {
		p.RemindAt = 0
		return d.say(ctx, tx, p, NoteSide, answer)
	})
}

// remind mails whoever escalated it, once for each reminder.
func (d *Desk) remind(ctx context.Context, tx *db.Tx, r *record) error {
	p, err := d.gate(ctx, tx, r, clockStep(VerbRemind))
	if err != nil {
		return err
	}
	p.RemindAt = 0
	text := fmt.Sprintf("Permohonan %s masih menunggu jawaban BKN.\nNomor di BKN: %s.\nTanyakan perkembangannya, lalu catat jawabannya.", r.Number, r.BKN)
	if err := d.accounts.TellStaff(ctx, tx, r.Agency, r.Owner, "Pengingat: permohonan di BKN", text); err != nil {
		return err
	}
	return d.move(ctx, tx, p)
}
