package tickets

import (
	"cmp"
	"slices"
	"time"

	"pulih/db"
)

// What makes a pair stand out.
const (
	PairLeast = 5               // decisions; fewer say nothing
	pairPace  = 2 * time.Minute // nobody reads the evidence in less
	pairMost  = 80              // per cent of one's checks, by somebody who
	pairOther = 50              // decides less than this of all others'
	pairFew   = 5               // per cent declined: from here on somebody reads
)

// couple is a checker and an approver, by id.
type couple struct{ checker, approver string }

// tally adds decisions up.
type tally struct {
	pairs map[couple]*Pair
	paces map[couple][]time.Duration
}

func newTally() tally { return tally{map[couple]*Pair{}, map[couple][]time.Duration{}} }

// Ruling is what a second person said to a check, and how long after it.
type Ruling struct {
	At                db.Time
	Pace              time.Duration
	Verb              Verb // VerbApprove, VerbSendBack or VerbRefuse
	Checker, Approver StaffName
}

// see counts the decisions of a period upon a ticket's checks; of each only its
// pace is kept.
func (t tally) see(m *Measure, f *frame) {
	var check *Mark
	for i := range m.Marks {
		k := &m.Marks[i]
		switch {
		case k.Verb == VerbCheck:
			check = k
		case k.rules() && check != nil && f.during(k.At) && f.may(m):
			t.count(Ruling{k.At, k.At.Sub(check.At), k.Verb, check.By, k.By})
		}
	}
}

func (t tally) count(d Ruling) {
	c := couple{d.Checker.ID, d.Approver.ID}
	if t.pairs[c] == nil {
		t.pairs[c] = &Pair{}
	}
	t.pairs[c].add(d)
	t.paces[c] = append(t.paces[c], d.Pace)
}

// list judges the pairs, what stands out first.
func (t tally) list() (list []Pair) {
	for c, p := range t.pairs {
		p.Pace = spread(t.paces[c], 1).Median
		p.judge(c, t.pairs)
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(len(b.Why), len(a.Why)), cmp.Compare(b.Decided(), a.Decided()),
			cmp.Compare(a.Checker.ID+a.Approver.ID, b.Checker.ID+b.Approver.ID))
	})
	return list
}

func (p *Pair) add(d Ruling) {
	if d.At >= p.at { // by the name they have now
		p.at, p.Checker, p.Approver = d.At, d.Checker, d.Approver
	}
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
	if !p.approves() {
		return
	}
	back := all[couple{c.approver, c.checker}]
	p.mark(p.Pace < pairPace, "kurang dari 2 menit")
	p.mark(others > 0 && p.OfChecker >= pairMost && percent(decisions-p.Decided(), others) < pairOther, "hampir selalu orang yang sama")
	p.mark(back != nil && back.approves(), "saling menyetujui")
}

// approves tells whether hardly anything was declined. One request sent back
// clears nobody: it costs the two nothing, and may be approved the next minute.
func (p Pair) approves() bool { return p.Judged() && 100*p.Declined < pairFew*p.Decided() }

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
