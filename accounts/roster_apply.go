package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
)

// imports writes one plan in one transaction.
type imports struct {
	*Accounts
	tx *db.Tx
	by audit.Actor
}

func (i imports) apply(ctx context.Context, p Plan, digest string) error {
	write := map[EffectKind]func(context.Context, Plan, Effect) error{
		Added: i.add, Changed: i.change, Proposed: i.propose, Deactivated: i.deactivate,
	}
	for _, c := range p.Changes {
		if do := write[c.Kind]; do != nil {
			if err := do(ctx, p, c); err != nil {
				return fmt.Errorf("accounts: import: %w", err)
			}
		}
	}
	i.tx.Changed("people")
	if err := i.record(ctx, audit.RosterImported, "", "", p.summary(digest)); err != nil {
		return err
	}
	return i.tellSupervisors(ctx, i.tx, "Data pegawai diimpor", p.letter())
}

func (i imports) record(ctx context.Context, what audit.Action, person, object string, detail map[string]string) error {
	return audit.Append(ctx, i.tx, audit.Event{Actor: i.by, Action: what, Person: person, Object: object, Detail: detail})
}

// add enters somebody new. What an agency's first import says counts as long
// on file: somebody has to be believed first (design, "Evidence levels").
func (i imports) add(ctx context.Context, p Plan, c Effect) error {
	since := i.tx.Now
	if p.first(c.to.agency) {
		since = 0
	}
	return i.AddPerson(ctx, i.tx, Person{ID: db.NewID(), NIP: c.to.nip, Name: c.to.name, Unit: c.to.unit, Agency: c.to.agency,
		Email: c.to.email, EmailSince: since, Phone: c.to.phone, PhoneSince: since, Active: true})
}

// change writes what an import may change itself.
func (i imports) change(ctx context.Context, p Plan, c Effect) error {
	k := p.known.people[c.NIP]
	now := k.Person
	for _, f := range c.Fields {
		now.take(f.Column, c.to, i.tx.Now)
	}
	if now.Email != k.Email || now.Phone != k.Phone {
		if err := i.replaceContacts(ctx, k, now); err != nil {
			return err
		}
	}
	if err := i.tx.One(ctx, updatePerson, k.ID, k.changedAt, now.Name, now.Unit, now.Agency, i.tx.Now); err != nil {
		return err
	}
	return i.record(ctx, audit.PersonChanged, k.ID, "", map[string]string{"columns": columnNames(c.Fields)})
}

func (p *Person) take(col Column, e entry, now db.Time) {
	switch col {
	case ColumnName:
		p.Name = e.name
	case ColumnUnit:
		p.Unit = e.unit
	case ColumnAgency:
		p.Agency = e.agency
	case ColumnEmail:
		p.Email, p.EmailSince = e.email, now
	case ColumnPhone:
		p.Phone, p.PhoneSince = e.phone, now
	}
}

// replaceContacts writes addresses of an account that nobody uses yet, which
// it stays until the commit. What was mailed to the old address ends, and it
// is told of everything for a while (impostor 5).
func (i imports) replaceContacts(ctx context.Context, k known, now Person) error {
	if err := i.tx.One(ctx, lockUnactivated, k.ID); err != nil {
		return err
	}
	if err := i.tx.One(ctx, updateContacts, k.ID, now.Email, now.EmailSince, now.Phone, now.PhoneSince, k.Email, k.Phone); err != nil {
		return err
	}
	if k.Email == "" || k.Email == now.Email {
		return nil
	}
	if err := i.endResets(ctx, i.tx, k.ID); err != nil {
		return err
	}
	_, err := i.tx.Exec(ctx, insertFormerEmail, db.NewID(), k.ID, k.Email, k.EmailSince, i.tx.Now.Add(Old))
	return err
}

func (i imports) propose(ctx context.Context, _ Plan, c Effect) error {
	for _, f := range c.Fields {
		field := contactField[f.Column]
		if _, err := i.tx.Exec(ctx, dropProposals, c.Person, field, i.tx.Now); err != nil {
			return err
		}
		id := db.NewID()
		if err := i.tx.One(ctx, insertProposal, id, c.Person, field, f.value, i.tx.Now); err != nil {
			return err
		}
		if err := i.record(ctx, audit.ChangeProposed, c.Person, id, map[string]string{"columns": string(f.Column)}); err != nil {
			return err
		}
	}
	return nil
}

// deactivate closes every way in at once (SE-05). An administrator's own
// disabling of the account is another thing and stays.
func (i imports) deactivate(ctx context.Context, p Plan, c Effect) error {
	k := p.known.people[c.NIP]
	if err := i.tx.One(ctx, deactivatePerson, k.ID, k.changedAt, i.tx.Now); err != nil {
		return err
	}
	if err := i.EndSessions(ctx, i.tx, AccountSession, k.ID); err != nil {
		return err
	}
	if err := i.endResets(ctx, i.tx, k.ID); err != nil {
		return err
	}
	if _, err := i.tx.Exec(ctx, endPassesOfPerson, k.ID, i.tx.Now); err != nil {
		return err
	}
	return i.record(ctx, audit.PersonChanged, k.ID, "", map[string]string{"active": "false", "why": c.Why})
}
