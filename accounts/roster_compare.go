package accounts

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pulih/db"
	"pulih/secret"
)

// plan holds a file against what is known. Beyond the book it reads nothing,
// so that running it again inside ApplyImport shows any difference.
func (a *Accounts) plan(ctx context.Context, tx *db.Tx, s sheet) (Plan, error) {
	b, err := openBook(ctx, tx)
	if err != nil {
		return Plan{}, fmt.Errorf("accounts: import: %w", err)
	}
	p := Plan{Columns: s.columns.called, Unused: s.columns.unused, sheet: s, known: b}
	entries := p.readLines(a.agency)
	p.Agencies = b.agencyPlans(entries)
	for _, e := range entries {
		p.compare(e)
	}
	p.findAbsent(entries)
	p.Brakes = p.findBrakes()
	slices.SortStableFunc(p.Changes, inReport)
	return p, nil
}

var kindOrder = []EffectKind{Added, Changed, Proposed, Deactivated, Refused, Noted}

func inReport(x, y Effect) int {
	return cmp.Or(
		cmp.Compare(slices.Index(kindOrder, x.Kind), slices.Index(kindOrder, y.Kind)),
		cmp.Compare(x.Line, y.Line),
		cmp.Compare(x.NIP, y.NIP))
}

// compare decides what one line does to one person.
func (p *Plan) compare(e entry) {
	k, found := p.known.people[e.nip]
	switch {
	case !found && e.active:
		p.Changes = append(p.Changes, Effect{Kind: Added, Line: e.line, NIP: e.nip, Name: e.name, to: e})
	case !found:
		p.Skipped++
	case e.active:
		p.update(k, e)
	case k.Active:
		p.deactivate(k, e.line, "Tidak aktif lagi menurut berkas.")
	default:
		p.Same++
	}
}

func (p *Plan) deactivate(k known, line int, why string) {
	c := Effect{Kind: Deactivated, Line: line, Person: k.ID, NIP: k.NIP, Name: k.Name, Why: why, agency: k.Agency}
	if p.known.staff[k.NIP] {
		c.Fix = "Ia juga petugas Pulih: jalankan pulih staff disable."
	}
	p.Changes = append(p.Changes, c)
}

// update splits what the import changes itself from what it may only propose:
// e-mail and phone of an account that its owner uses (impostor 7).
func (p *Plan) update(k known, e entry) {
	change := Effect{Kind: Changed, Line: e.line, Person: k.ID, NIP: k.NIP, Name: k.Name, to: e}
	change.Fields = k.differs(e)
	contacts := k.newContacts(e)
	if !k.activated {
		change.Fields, contacts = append(change.Fields, contacts...), nil
	}
	before := len(p.Changes)
	if len(change.Fields) > 0 {
		p.Changes = append(p.Changes, change)
	}
	if fields := p.unproposed(k, contacts); len(fields) > 0 {
		change.Kind, change.Fields = Proposed, fields
		p.Changes = append(p.Changes, change)
	}
	if len(p.Changes) == before {
		p.Same++
	}
}

// unproposed leaves out what waits as a proposal already, so that a second
// run changes nothing.
func (p *Plan) unproposed(k known, fields []FieldChange) []FieldChange {
	return slices.DeleteFunc(fields, func(f FieldChange) bool {
		return p.known.proposals[contact{k.ID, contactField[f.Column]}] == f.value
	})
}

// findAbsent deactivates who is on file in an agency of this file, but not in
// it. Whoever has a refused line is in it.
func (p *Plan) findAbsent(entries []entry) {
	if p.Withheld {
		return
	}
	here, agencies := map[secret.NIP]bool{}, map[string]bool{}
	for _, e := range entries {
		here[e.nip], agencies[e.agency] = true, true
	}
	for _, c := range p.Changes {
		here[c.NIP] = true
	}
	for _, k := range p.known.people {
		if k.Active && agencies[k.Agency] && !here[k.NIP] {
			p.deactivate(k, 0, "Tidak ada di berkas.")
		}
	}
}
