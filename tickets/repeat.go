package tickets

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode"

	"pulih/db"
)

// What ticket_counts counts of texts: whom a text went to, and how many.
const (
	countReached = "said.to"
	countSame    = "said"
)

// ErrSameText is refused of one who has said the same to twenty people of a
// day, one by one: that is a bulk reply by hand (impostor 24).
var ErrSameText = &Refusal{"the same text to too many", "Teks ini sudah Anda kirim ke 20 orang hari ini. Pakai balasan siap pakai atau balasan massal."}

// mayRepeat counts the people to whom somebody says the same on a day. A
// saved reply that another wrote has had its two people. ErrSameText.
func (d *Desk) mayRepeat(ctx context.Context, tx *db.Tx, p *passage, text string) error {
	same := d.textKey(p.actor.ID, gist(p.record, text))
	n, err := tx.Exec(ctx, countOnce, countReached, d.textKey(same, string(p.NIP)), d.today(tx.Now))
	if err != nil || n == 0 {
		return err
	}
	_, err = d.take(ctx, tx, count{countSame, same, bulkAlone})
	if !errors.Is(err, ErrSpent) {
		return err
	}
	known, err := d.savedByAnother(ctx, tx, p, text)
	if err == nil && !known {
		err = ErrSameText
	}
	return err
}

func (d *Desk) savedByAnother(ctx context.Context, tx *db.Tx, p *passage, text string) (bool, error) {
	promise, err := d.promise(ctx, tx, p.record)
	if err != nil {
		return false, err
	}
	saved, err := db.All(ctx, tx, scanText, selectSavedByOthers, p.Agency, p.actor.ID)
	return slices.ContainsFunc(saved, func(s string) bool {
		return folded(SavedReply{Text: s}.Fill(p.Ticket, *p.by, promise)) == folded(text)
	}), err
}

// folded is a text without what nobody sees: two people have read its numbers
// too.
func folded(text string) string { return strings.Join(strings.Fields(strings.ToLower(text)), " ") }

// gist is a text without what differs from one person to the next: its
// letters, but for the name, the unit and the number of the ticket.
func gist(r *record, text string) string {
	text = strings.ToLower(text)
	for _, own := range []string{r.Number, r.Name, r.ClaimedName, r.Unit, r.ClaimedUnit} {
		if own != "" {
			text = strings.ReplaceAll(text, strings.ToLower(own), "")
		}
	}
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }), "")
}

func (d *Desk) textKey(parts ...string) string {
	return hex.EncodeToString(d.keys.Sum("text", parts...))
}
