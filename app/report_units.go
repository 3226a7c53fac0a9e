package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pulih/tickets"
	"pulih/views"
)

// units compares them by how many work there: the largest files most.
func (g grouped) units() views.ReportSection {
	values, small := g.values(tickets.ByUnit), 0
	shown := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return g.of(tickets.Arrived, tickets.ByUnit, v).N < smallest })
	slices.SortStableFunc(shown, g.unitOrder)
	for _, v := range values {
		if !slices.Contains(shown, v) {
			small += g.of(tickets.Arrived, tickets.ByUnit, v).N
		}
	}
	s := views.ReportSection{ID: "opd", Title: "Menurut OPD", Tables: []views.Table{g.unitTable(shown)},
		Notes: []string{"OPD menurut data pegawai saat permohonan diajukan, bukan yang diketik pemohon. “" + unknownUnit + "”: NIP-nya tidak ada dalam data pegawai, atau tanpa OPD.",
			"Per 100 pegawai: permohonan masuk dibagi pegawai aktif OPD itu hari ini. Sebab terbanyak: menurut pemohon, paling sedikit 5 permohonan."}}
	if rest := len(values) - len(shown); rest > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%d OPD lain masing-masing dengan kurang dari 5 permohonan, seluruhnya %s.", rest, few(small)))
	}
	return s
}

func (g grouped) unitTable(units []string) views.Table {
	t := g.groupTable("Menurut OPD", tickets.ByUnit, units)
	t.Quiet = true
	t.Head = append(t.Head, views.Column{Text: "Tepat waktu", Number: true}, views.Column{Text: "Per 100 pegawai", Number: true}, views.Column{Text: "Sebab terbanyak"})
	causes := g.topCauses()
	for i, v := range units {
		judged := g.of(tickets.Judged, tickets.ByUnit, v).N
		kept := noneAt
		if judged >= smallest {
			kept = share{g.of(tickets.Kept, tickets.ByUnit, v).N, judged}.String()
		}
		top, known := causes[v]
		if !known {
			top.Text = noneAt
		}
		t.Rows[i] = append(t.Rows[i], views.Cell{Text: kept}, views.Cell{Text: perHundred(g.of(tickets.Arrived, tickets.ByUnit, v).N, g.peopleOf(v))}, top)
	}
	return t
}

// unitOrder is the order that is asked for; what cannot be told comes last.
func (g grouped) unitOrder(a, b string) int {
	switch g.order {
	case "nama":
		return cmp.Compare(g.say(tickets.ByUnit, a), g.say(tickets.ByUnit, b))
	case "per-100":
		return cmp.Compare(g.rate(b), g.rate(a))
	case "lama":
		return cmp.Compare(g.toldMedian(b), g.toldMedian(a))
	}
	return 0
}

// rate is how many requests of a unit there are for each who works there.
func (g grouped) rate(unit string) float64 {
	people := g.peopleOf(unit)
	if people == 0 {
		return -1
	}
	return float64(g.of(tickets.Arrived, tickets.ByUnit, unit).N) / float64(people)
}

func (g grouped) toldMedian(unit string) time.Duration {
	full := g.of(tickets.FullWork, tickets.ByUnit, unit).Spread
	if full.N < smallest {
		return -1
	}
	return full.Median
}

// topCauses are what was given most often as the cause in each unit.
func (g grouped) topCauses() map[string]views.Cell {
	top := map[string]views.Cell{}
	for _, p := range g.Sums[tickets.Arrived].Groups[tickets.ByUnitCause] { // largest first
		cause, unit, _ := strings.Cut(p.Value, "|")
		if _, known := top[unit]; known || cause == "" || p.N < smallest {
			continue
		}
		top[unit] = views.Cell{Text: causeName(cause), Small: views.Count(p.N), Href: g.group(tickets.Arrived, tickets.ByUnitCause, p.Value)}
	}
	return top
}

// peopleOf is how many work in a unit, 0 where there is none.
func (g grouped) peopleOf(unit string) int {
	if unit == "" {
		return 0
	}
	return g.heads[unit]
}

// perHundred is with one decimal, rounded.
func perHundred(n, heads int) string {
	if heads == 0 {
		return "–"
	}
	tenths := (2000*n + heads) / (2 * heads)
	return fmt.Sprintf("%s,%d", views.Count(tenths/10), tenths%10)
}
