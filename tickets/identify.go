package tickets

import (
	"context"
	"errors"

	"pulih/accounts"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Identify corrects the number of whom a request is about, which was mistyped
// when it was filed. Nothing that was proven of somebody else goes along, and
// the request queues anew. A number that the agency's roster does not have is
// a result, false, and counts among the agent's wrong comparisons (impostor
// 22). *accounts.NIPError, ErrSame, ErrOneself, ErrSpent.
func (d *Desk) Identify(ctx context.Context, by By, number string, version int64, typed secret.NIP) (found bool, err error) {
	nip, _, err := accounts.ParseNIP(string(typed))
	if err != nil {
		return false, err
	}
	if nip == by.Staff.NIP {
		return false, ErrOneself
	}
	_, err = d.byStaff(ctx, by, place{number, version}, VerbIdentify, func(tx *db.Tx, p *passage) error {
		found, err = d.identify(ctx, tx, p, nip)
		return err
	})
	return found, err
}

func (d *Desk) identify(ctx context.Context, tx *db.Tx, p *passage, nip secret.NIP) (bool, error) {
	wrong := count{countWrongAgent, p.actor.ID, wrongPerAgent}
	if _, err := d.take(ctx, tx, wrong); err != nil {
		return false, err
	}
	subject, err := d.accounts.PersonByNIP(ctx, tx, nip)
	if errors.Is(err, accounts.ErrNoPerson) || err == nil && (subject.Agency != p.Agency || !subject.Active) {
		p.note = "NIP tidak ada di daftar pegawai"
		return false, nil
	}
	if err == nil && subject.ID == p.Person {
		err = ErrSame
	}
	if err == nil {
		err = d.giveBack(ctx, tx, wrong)
	}
	if err != nil {
		return false, err
	}
	return true, d.changeSubject(ctx, tx, p, subject)
}

// changeSubject tells whoever was taken for the subject that there is nothing
// more, and leaves it to the clock to tell the right one.
func (d *Desk) changeSubject(ctx context.Context, tx *db.Tx, p *passage, subject accounts.Person) error {
	if p.Person != "" && p.Kind.Changes() {
		if err := d.tell(ctx, tx, p.record, mail.RequestCancelled); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, voidProofs, p.ID, tx.Now); err != nil {
		return err
	}
	if err := others(ctx, tx, p.record); err != nil {
		return err
	}
	p.note = "dari " + p.MaskedNIP
	p.Person, p.NIP, p.MaskedNIP = subject.ID, subject.NIP, maskNIP(subject.NIP)
	p.home, p.Factor, p.factorDevice, p.rank = homeOf(subject), "", "", p.firstRank()
	return d.untold(ctx, tx, p)
}

// untold has the clock tell of a filing once more: its subject or its kind is
// another one now.
func (d *Desk) untold(ctx context.Context, tx *db.Tx, p *passage) error {
	if !p.Kind.Changes() {
		return nil
	}
	return tx.One(ctx, updateUntold, p.ID)
}
