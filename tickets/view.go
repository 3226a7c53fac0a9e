package tickets

import (
	"slices"
	"time"

	"pulih/db"
)

// View is a list of the queue.
type View string

// The views.
const (
	Unclaimed View = "belum-diambil"
	Mine      View = "milik-saya"
	Awaiting  View = "menunggu"
	ToApprove View = "perlu-verifikator"
	ToIssue   View = "siap-terbit" // for any agent: who checked may be on leave
	DueSoon   View = "hampir-lewat"
	Unproven  View = "belum-terbukti"
	AtBKN     View = "di-bkn"
	Today     View = "selesai-hari-ini"
	Closed    View = "selesai" // all of them; too many to be counted
)

// Views lists those that are always in sight, in the order of the page.
var Views = []View{Unclaimed, Mine, Awaiting, ToApprove, ToIssue, DueSoon, Unproven, AtBKN, Today}

// Soon is how long before its target a ticket is in DueSoon: enough for one
// ticket's work.
const Soon = 2 * time.Hour

// Known tells whether there is such a view.
func (v View) Known() bool { return v == Closed || slices.Contains(Views, v) }

// ranks bounds the ranks of a view: those who have proven something go first
// (impostor 4), and those who have not wait in a list of their own.
func (v View) ranks() (low, high int64) {
	switch v {
	case Unclaimed:
		return rankFraud, rankProven
	case Unproven:
		return rankUnproven, rankUnproven
	}
	return rankFraud, rankUnproven
}

func (v View) state() State {
	switch v {
	case Awaiting:
		return Waiting
	case ToIssue:
		return Ready
	case ToApprove:
		return Checked
	case AtBKN:
		return Escalated
	}
	return Open
}

// owner is the owner that a view wants; "*" for anybody or nobody.
func (v View) owner() string {
	if v == Unclaimed || v == Unproven {
		return ""
	}
	return "*"
}

// listing is how a view is read for somebody: the parameters that its
// statements begin with, those that only the count has, its two ends, and
// whether rank comes before time.
type listing struct {
	ways
	scope, counted []any
	low, high      key
	ranked         bool
}

func (d *Desk) listing(v View, by By, now db.Time) listing {
	his := []any{by.Staff.Agency, by.Staff.NIP}
	switch v {
	case Mine:
		return listing{ways: mineWays, scope: append(his, by.Staff.ID), high: last}
	case DueSoon:
		soon := now.Add(Soon)
		return listing{ways: soonWays, scope: his, counted: []any{soon}, low: key{at: 1}, high: key{at: soon + 1}}
	case Today:
		since := now.Midnight(d.zone)
		return listing{ways: closedWays, scope: his, counted: []any{since}, low: key{at: since}, high: last}
	case Closed:
		return listing{ways: closedWays, scope: his, high: last}
	}
	low, high := v.ranks()
	return listing{ways: viewWays, scope: append(his, v.state(), v.owner()), counted: []any{low, high},
		low: key{rank: low}, high: key{rank: high, at: farFuture}, ranked: true}
}

// newest tells whether a view begins with its newest row.
func (v View) newest() bool { return v == Closed || v == Today }

// key is where a row stands in its view.
func (v View) key(r record) key {
	switch v {
	case Mine:
		return key{at: r.OpenedAt, id: r.ID}
	case DueSoon:
		return key{at: r.DueAt, id: r.ID}
	case Closed, Today:
		return key{at: r.ClosedAt, id: r.ID}
	}
	return key{r.rank, r.OpenedAt, r.ID}
}
