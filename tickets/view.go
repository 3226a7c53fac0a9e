package tickets

import "slices"

// View is a list of the queue.
type View string

// The views.
const (
	Unclaimed View = "belum-diambil"
	Mine      View = "milik-saya"
	Awaiting  View = "menunggu"
	ToApprove View = "perlu-verifikator"
	ToIssue   View = "siap-terbit" // for any agent: who checked may be on leave
	Unproven  View = "belum-terbukti"
	Closed    View = "selesai"
)

// Views lists them in the order of the page.
var Views = []View{Unclaimed, Mine, Awaiting, ToApprove, ToIssue, Unproven, Closed}

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

// key is where a row stands in its view.
func (v View) key(r record) key {
	switch v {
	case Mine:
		return key{at: r.OpenedAt, id: r.ID}
	case Closed:
		return key{at: r.ClosedAt, id: r.ID}
	}
	return key{r.rank, r.OpenedAt, r.ID}
}

// Known tells whether v is one of Views.
func (v View) Known() bool { return slices.Contains(Views, v) }
