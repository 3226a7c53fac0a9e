package accounts

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

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

// change writes what an import may change itself. An address is among it only
// for an account that nobody uses yet, and stays so until the commit.
func (i imports) change(ctx context.Context, p Plan, c Effect) error {
	k := p.known.people[c.NIP]
	now := k.Person
	now.Active = true
	for _, f := range c.Fields {
		now.take(f.Column, c.to, i.tx.Now)
	}
	if now.Email != k.Email || now.Phone != k.Phone {
		if err := i.replaceContact(ctx, k, now); err != nil {
			return err
		}
	}
	err := i.tx.One(ctx, updatePerson, k.ID, k.changedAt, now.Name, now.Unit, now.Agency, now.Email, now.EmailSince,
		now.Phone, now.PhoneSince, now.Active, i.tx.Now)
	if err != nil {
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

// replaceContact makes sure that the account is still not activated, ends what
// was mailed to the old address, and remembers it, since it is told of
// everything for a while (impostor 5).
func (i imports) replaceContact(ctx context.Context, k known, now Person) error {
	if err := i.tx.One(ctx, lockUnactivated, k.ID); err != nil {
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
	if _, err := i.tx.Exec(ctx, endPassesOfPerson, k.ID, i.tx.Now, []byte{}); err != nil {
		return err
	}
	return i.record(ctx, audit.PersonChanged, k.ID, "", map[string]string{"active": "false", "why": c.Why})
}

func columnNames(fields []FieldChange) string {
	var names []string
	for _, f := range fields {
		names = append(names, string(f.Column))
	}
	return strings.Join(names, ", ")
}

func (p Plan) first(agency string) bool {
	return slices.ContainsFunc(p.Agencies, func(a AgencyPlan) bool { return a.First && a.Name == agency })
}

func (p Plan) summary(digest string) map[string]string {
	detail := map[string]string{"file": digest}
	for _, kind := range kindOrder {
		detail[string(kind)] = strconv.Itoa(p.Count(kind))
	}
	for _, b := range p.Brakes {
		detail["brake."+string(b.Name)] = strconv.Itoa(b.Count)
	}
	return detail
}

// letter is what supervisors read: the command line changes nothing unseen
// (impostor 17).
func (p Plan) letter() string {
	var agencies []string
	for _, a := range p.Agencies {
		agencies = append(agencies, a.Name)
	}
	text := fmt.Sprintf("Data pegawai %s diimpor dari baris perintah.\n%s", strings.Join(agencies, ", "), p.Totals())
	for _, b := range p.Brakes {
		text += "\nRem dilepas: " + b.Why
	}
	return text + "\nJika Anda tidak tahu tentang impor ini, hubungi admin sekarang."
}
