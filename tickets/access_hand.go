package tickets

import (
	"bytes"
	"context"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// MayHandOver tells whether a member of staff may hand one over here and now.
// ErrNoAccess, and what HandOver refuses.
func (d *Desk) MayHandOver(ctx context.Context, by By, id string) error {
	return d.db.Read(ctx, func(tx *db.Tx) error {
		_, err := d.mayHandOver(ctx, tx, by, id)
		return err
	})
}

// mayHandOver wants a supervisor who did not write the request down himself:
// one bribed member of staff opens nobody's data. It wants him at the counter
// in office hours, since nobody's history is shown elsewhere (impostor C, 16).
func (d *Desk) mayHandOver(ctx context.Context, tx *db.Tx, by By, id string) (Access, error) {
	r, err := readAccess(ctx, tx, by, id)
	switch {
	case err != nil:
		return r, err
	case !by.Staff.Has(accounts.Supervisor):
		return r, ErrRole
	case r.AskedBy == by.Staff.ID:
		return r, ErrAsker
	case r.Over(tx.Now):
		return r, ErrAccessOver
	}
	if _, err := d.accessible(ctx, tx, by, r.Person); err != nil {
		return r, err
	}
	return r, d.counterGate(ctx, tx, by)
}

// Handing is how a person's data are given to him. Document is the number of
// the original that was seen, the same that was written down with the request
// (impostor 6). Form is "csv" or "cetak".
type Handing struct {
	Document string
	Form     string
}

// Seen tells whether Document can be the number of an original.
func (h Handing) Seen() bool { return seenNumber(h.Document) }

// accessHash is what is kept of the number of an original.
func (d *Desk) accessHash(person, number string) []byte {
	return d.keys.Sum("access", person, documentNumber(number))
}

// HandOver gives a person what is kept of him, for one fresh OTP, and writes
// that down. A second copy is written down too; the first is the answer. The
// person is told of each. Another number than the one written down costs the
// code, and stands in the log. ErrNoAccess, ErrRole, ErrAsker, ErrAccessOver,
// ErrOneself, ErrDesk, ErrMissing, ErrOriginal, accounts.ErrNoProof.
func (d *Desk) HandOver(ctx context.Context, by By, id string, h Handing) (accounts.Overview, error) {
	if !h.Seen() {
		return accounts.Overview{}, ErrMissing
	}
	var r Access
	same := false
	err := d.write(ctx, func(tx *db.Tx) (err error) {
		if r, err = d.mayHandOver(ctx, tx, by, id); err != nil {
			return err
		}
		form := ""
		if same = bytes.Equal(r.numberHash, d.accessHash(r.Person, h.Document)); same {
			form = h.Form
		}
		return d.handOver(ctx, tx, by, r, form)
	})
	if err == nil && !same {
		err = ErrOriginal
	}
	if err != nil {
		return accounts.Overview{}, err
	}
	return d.accounts.Overview(ctx, r.Person)
}

// handOver spends the code and writes down what became of it; without a form
// the number was another one, and nothing is handed over.
func (d *Desk) handOver(ctx context.Context, tx *db.Tx, by By, r Access, form string) error {
	if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
		return err
	}
	handed := audit.Event{Actor: by.step("").actor, Action: audit.HistoryExported, Person: r.Person, Object: r.ID,
		Detail: map[string]string{"kind": form, "second": r.AskedBy, "document": "typed"}}
	if form == "" {
		handed.Result, handed.Detail = audit.Refused, map[string]string{"second": r.AskedBy}
		return audit.Append(ctx, tx, handed)
	}
	if err := tx.One(ctx, handOverAccess, r.ID, tx.Now, by.Staff.ID); err != nil {
		return err
	}
	if err := audit.Append(ctx, tx, handed); err != nil {
		return err
	}
	p, err := d.accounts.Person(ctx, tx, r.Person)
	if err == nil {
		_, err = d.accounts.Notify(ctx, tx, p, accounts.Notification{What: mail.DataGiven, Object: r.ID})
	}
	return err
}

// disownAccess ends a request for somebody's data of which he knows nothing:
// staff wrote it down, so it is worth a case. What was handed over is gone.
func (d *Desk) disownAccess(ctx context.Context, tx *db.Tx, out accounts.Disowned, actor audit.Actor) error {
	if _, err := tx.Exec(ctx, endAccess, out.Object, out.Person, tx.Now); err != nil {
		return err
	}
	return d.openFraud(ctx, tx, &record{Ticket: Ticket{Person: out.Person}}, "Pemilik akun menekan “Bukan saya” atas permintaan data pribadinya.", actor)
}
