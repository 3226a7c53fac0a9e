package accounts

import (
	"errors"
	"fmt"
	"slices"

	"pulih/secret"
)

// readLines gives the lines that can be imported; the others are in Changes
// as refused.
func (p *Plan) readLines(agency string) []entry {
	damage := nipDamage{columnDamage(p.sheet), p.known.stems}
	var good []entry
	for _, l := range p.sheet.lines {
		if l.blank() {
			continue
		}
		e, err := p.sheet.columns.readLine(l, damage, agency)
		if p.refuse(e, err) {
			continue
		}
		e.agency = p.known.spelling(e.agency)
		good = append(good, e)
	}
	good = p.refuseDuplicates(good)
	p.note(good)
	return good
}

// refuse reports a line with a problem. Without its NIP nobody knows who is
// missing from the file, so then nobody is deactivated for absence.
func (p *Plan) refuse(e entry, err error) bool {
	var why *lineProblem
	if !errors.As(err, &why) {
		return false
	}
	p.Withheld = p.Withheld || e.nip == ""
	p.Changes = append(p.Changes, Effect{Kind: Refused, Line: e.line, NIP: e.nip, Name: e.name, Why: why.why, Fix: why.fix})
	return true
}

// refuseDuplicates keeps the first of equal lines, and none of lines that
// differ: which of them is true is not for us to guess.
func (p *Plan) refuseDuplicates(entries []entry) []entry {
	first, split := map[secret.NIP]entry{}, map[secret.NIP]bool{}
	for _, e := range entries {
		f, seen := first[e.nip]
		if !seen {
			first[e.nip] = e
		} else if !f.sameAs(e) {
			split[e.nip] = true
		}
	}
	return slices.DeleteFunc(entries, func(e entry) bool {
		var why error
		if split[e.nip] {
			why = &lineProblem{"NIP ini ada di beberapa baris dengan isi berbeda.", "Sisakan satu baris yang benar."}
		} else if f := first[e.nip]; f.line != e.line {
			why = &lineProblem{fmt.Sprintf("Sama dengan baris %d.", f.line), "Hapus baris ini."}
		}
		return p.refuse(e, why)
	})
}

func (e entry) sameAs(o entry) bool {
	return e.name == o.name && e.unit == o.unit && e.agency == o.agency &&
		e.email == o.email && e.phone == o.phone && e.active == o.active
}

// note warns of what is imported all the same.
func (p *Plan) note(entries []entry) {
	sharing := map[secret.Email]int{}
	for _, e := range entries {
		sharing[e.email]++
	}
	for _, e := range entries {
		if n := sharing[e.email]; e.email != "" && n > 1 {
			e.notes = append(e.notes, fmt.Sprintf("Email ini dipakai %d orang. Kode mereka masuk ke satu kotak surat.", n))
		}
		for _, text := range e.notes {
			p.Changes = append(p.Changes, Effect{Kind: Noted, Line: e.line, NIP: e.nip, Name: e.name, Why: text})
		}
	}
}
