package tickets

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"pulih/db"
)

// StaffName is a member of staff in a figure.
type StaffName struct{ ID, Name string }

// Decision is what a second person said to a check.
type Decision struct {
	Number            string
	Verb              Verb // VerbApprove, VerbSendBack or VerbRefuse
	CheckedAt, At     db.Time
	Checker, Approver StaffName

	id string
}

func (d Decision) pace() time.Duration { return d.At.Sub(d.CheckedAt) }

// Pair is who decided upon whose checks in a period. The shares are per cent:
// of what was decided upon the checker's checks, and of what the approver
// decided. Pace is the median from check to decision. Why says what stands
// out, in Indonesian; nothing is judged of fewer than PairLeast.
type Pair struct {
	Checker, Approver     StaffName
	Approved, Declined    int
	OfChecker, OfApprover int
	Pace                  time.Duration
	Why                   []string
}

// Decided is how many decisions the pair rests on.
func (p Pair) Decided() int { return p.Approved + p.Declined }

// Judged tells whether there are enough of them to say anything.
func (p Pair) Judged() bool { return p.Decided() >= PairLeast }

// What makes a pair stand out.
const (
	PairLeast = 5               // decisions; fewer say nothing
	pairPace  = 2 * time.Minute // nobody reads the evidence in less
	pairMost  = 80              // per cent of one's checks, by somebody who
	pairOther = 50              // decides less than this of all others'
)

// PairDefinition says what the figure counts, and by which rule it marks.
const PairDefinition = "Keputusan verifikator atas pemeriksaan orang lain, menurut waktu keputusan dalam periode ini. " +
	"Ditolak: yang dikembalikan atau ditolak. " +
	"Porsi: dari semua pemeriksaan petugas itu yang diputus, dan dari semua keputusan verifikator itu. " +
	"Tempo: nilai tengah dari diperiksa sampai diputus. " +
	"Pasangan ditandai bila ada lima keputusan atau lebih, semuanya disetujui, dan satu dari tiga hal ini benar. " +
	"Pertama, temponya kurang dari 2 menit. " +
	"Kedua, 80 persen pemeriksaan petugas itu diputus orang ini, yang memutus kurang dari separuh milik petugas lain. " +
	"Ketiga, keduanya saling menyetujui. Kurang dari lima keputusan tidak dinilai."

// Pairs tells who approves whose checks, most decisions first, for the
// supervisor's agency and units (impostor 18). ErrRole, ErrPeriod.
func (d *Desk) Pairs(ctx context.Context, by By, p Period) ([]Pair, error) {
	if err := mayReport(by, p); err != nil {
		return nil, err
	}
	var all []Decision
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, scanDecision, selectDecisions, by.Staff.Agency, p.From, by.units(), p.Until)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tickets: pairs: %w", err)
	}
	return pairs(all), nil
}

// Decisions is a page of the decisions of a pair.
type Decisions struct {
	Rows       []Decision
	Prev, Next Cursor
}

// PairList lists exactly the decisions behind a pair, newest first. ErrRole,
// ErrPeriod.
func (d *Desk) PairList(ctx context.Context, by By, checker, approver string, p Period, c Cursor) (page Decisions, err error) {
	if err := mayReport(by, p); err != nil {
		return page, err
	}
	back, k, err := c.read()
	if err != nil {
		return page, err
	}
	if k.id == "" {
		k = last
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.All(ctx, tx, scanDecision, pick(back, listDecisionsBack, listDecisions),
			by.Staff.Agency, p.From, by.units(), p.Until, checker, approver, k.at, k.id, PageSize+1)
		page.Rows, page.Prev, page.Next = turn(rows, c, func(d Decision) key { return key{at: d.At, id: d.id} })
		return err
	})
	return page, err
}

// couple is a checker and an approver, by id.
type couple struct{ checker, approver string }

// pairs adds the decisions up, and marks what stands out.
func pairs(all []Decision) []Pair {
	found := map[couple]*Pair{}
	paces := map[couple][]time.Duration{}
	for _, d := range all {
		c := couple{d.Checker.ID, d.Approver.ID}
		if found[c] == nil {
			found[c] = &Pair{}
		}
		found[c].add(d)
		paces[c] = append(paces[c], d.pace())
	}
	var list []Pair
	for c, p := range found {
		p.Pace = spread(paces[c]).Median
		p.judge(c, found)
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(len(b.Why), len(a.Why)), cmp.Compare(b.Decided(), a.Decided()),
			cmp.Compare(a.Checker.ID+a.Approver.ID, b.Checker.ID+b.Approver.ID))
	})
	return list
}

func (p *Pair) add(d Decision) {
	p.Checker, p.Approver = d.Checker, d.Approver // by the name they have now
	if d.Verb == VerbApprove {
		p.Approved++
	} else {
		p.Declined++
	}
}

// judge compares a pair with what all others decided. An approver's own checks
// are not among what he might have decided.
func (p *Pair) judge(c couple, all map[couple]*Pair) {
	var checks, decisions, others int
	for other, o := range all {
		if other.approver == c.approver {
			decisions += o.Decided()
		}
		switch other.checker {
		case c.checker:
			checks += o.Decided()
		case c.approver:
		default:
			others += o.Decided()
		}
	}
	p.OfChecker, p.OfApprover = percent(p.Decided(), checks), percent(p.Decided(), decisions)
	if !p.Judged() || p.Declined > 0 {
		return
	}
	back := all[couple{c.approver, c.checker}]
	p.mark(p.Pace < pairPace, "kurang dari 2 menit")
	p.mark(others > 0 && p.OfChecker >= pairMost && percent(decisions-p.Decided(), others) < pairOther, "hampir selalu orang yang sama")
	p.mark(back != nil && back.Judged() && back.Declined == 0, "saling menyetujui")
}

func (p *Pair) mark(yes bool, why string) {
	if yes {
		p.Why = append(p.Why, why)
	}
}

func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (100*part + whole/2) / whole
}
