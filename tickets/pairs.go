package tickets

import (
	"context"
	"fmt"
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

	at db.Time // of the last decision
}

// Decided is how many decisions the pair rests on.
func (p Pair) Decided() int { return p.Approved + p.Declined }

// Judged tells whether there are enough of them to say anything.
func (p Pair) Judged() bool { return p.Decided() >= PairLeast }

// PairDefinition says what the figure counts, a sentence for each column.
var PairDefinition = []string{
	"Keputusan: jawaban orang kedua atas pemeriksaan orang lain, menurut waktu keputusan.",
	"Orang kedua adalah verifikator, atau petugas yang menolak.",
	"Ditolak: yang dikembalikan atau ditolak.",
	"Dari pemeriksa: bagian dari semua pemeriksaan petugas itu yang diputus.",
	"Dari pemutus: bagian dari semua keputusan orang kedua itu.",
	"Tempo: median dari diperiksa sampai diputus.",
	"Kurang dari lima keputusan tidak dinilai.",
}

// PairMarks says by which rule a pair is marked: hardly anything was declined,
// and one of these.
var PairMarks = []string{
	"Temponya kurang dari 2 menit.",
	"Orang ini memutus 80 persen atau lebih pemeriksaan petugas itu. Dari petugas lain ia memutus kurang dari separuh.",
	"Keduanya saling menyetujui, dan yang ditolak kurang dari 5 persen.",
}

// PairRule leads to PairMarks.
const PairRule = "Pasangan ditandai bila kurang dari 5 persen ditolak dan satu hal ini benar:"

// Pairs tells who approves whose checks, most decisions first, for the
// supervisor's agency and units (impostor 18), as a Report does. ErrRole, ErrPeriod.
func (d *Desk) Pairs(ctx context.Context, by By, p Period) (list []Pair, err error) {
	if err := mayReport(by, p); err != nil {
		return nil, err
	}
	r, err := d.report(ctx, by, p, ReportFilter{}, nil)
	if err != nil {
		return nil, fmt.Errorf("tickets: pairs: %w", err)
	}
	return r.Pairs, nil
}

// Decisions is a page of the decisions of a pair.
type Decisions struct {
	Rows       []Decision
	Prev, Next Cursor
}

// PairList lists exactly the decisions behind a pair, newest first, and is
// audited. ErrRole, ErrPeriod.
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
	if err != nil {
		return Decisions{}, fmt.Errorf("tickets: list of a pair: %w", err)
	}
	return page, d.reportRead(ctx, by, p, "pair", page.whose())
}

// whose are the two by id, "" of no decision: what stands in an address is
// not written down.
func (d Decisions) whose() string {
	if len(d.Rows) == 0 {
		return ""
	}
	return d.Rows[0].Checker.ID + " " + d.Rows[0].Approver.ID
}
