package app

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
)

// aHalf is a half-year of which everything may be told: the paper of the index
// in package tickets.
func aHalf() ikmOf {
	return ikmOf{halfYear{2026, 1}, db.WITA, tickets.IKM{Period: monthOf(1), Complete: 7, Apart: 2, Index: 8294,
		Means: []float64{3.4, 3.1, 2.7, 3.9, 3.4, 3.6, 3.9, 2.9, 3}, Invited: 40, Responded: 9}, tickets.IKM{Index: 9001, Complete: 30}}
}

func TestTheIndexOfAHalfYearStandsOnItsPage(t *testing.T) {
	s := aHalf().section()
	want := []string{"82,94 · B | baik, n = 7 survei lengkap | 90,01 · A", "23% | 9 dari 40 permohonan | –", "7 | diminta 36 | 30"}
	if got := tilesOf(s); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	var rows []string
	for _, row := range s.Tables[0].Rows {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cell.Text)
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	if rows[0] != "1. Persyaratan | 3,4 | 1/9 | 0,378 | 85,00 | B | –" || rows[9] != "IKM |  | 9/9 | 3,318 | 82,94 | B | " || len(rows) != 10 {
		t.Errorf("%q", rows)
	}
	if notes := strings.Join(s.Notes, " "); !strings.Contains(notes, "2 survei dari bulan dengan kurang dari lima jawaban") {
		t.Error(notes)
	}
	o := aHalf()
	o.now.Index, o.now.Means, o.now.Complete = 0, nil, 4
	if s := o.section(); len(s.Tables) != 0 || tilesOf(s)[0] != "– | kurang dari 5 jawaban | 90,01 · A" {
		t.Errorf("%q", tilesOf(s))
	}
}

// What can be chosen is over.
func TestOnlyWhatIsOverCanBeChosen(t *testing.T) {
	for now, want := range map[time.Time]string{
		time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC): "Semester 1 2026, Semester 2 2025, Semester 1 2025, Semester 2 2024, Tahun 2025, Tahun 2024",
		time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC):  "Semester 2 2025, Semester 1 2025, Semester 2 2024, Semester 1 2024, Tahun 2025, Tahun 2024",
		time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC):   "Semester 1 2026, Semester 2 2025, Semester 1 2025, Semester 2 2024, Tahun 2025, Tahun 2024",
	} {
		var names []string
		for _, h := range halvesOver(now) {
			names = append(names, h.String())
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%s: %s", now, got)
		}
	}
}

func TestTheIndexIsForSupervisors_ST08(t *testing.T) {
	x := newStaffed(t)
	x.sari.get(ikmPath).mustSay(t, http.StatusOK, "Semester 1 2026")
	x.sari.get(ikmPath+"?tahun=2025&semester=0").mustSay(t, http.StatusOK, "Tahun 2025")
	for query, want := range map[string]int{"?tahun=2026&semester=0": 422, "?tahun=2026&semester=2": 422, "?tahun=x": 404, "?tahun=2026&semester=3": 404, "?tahun=2026&semester=01": 404, "?tahun=1999&semester=1": 404} {
		if p := x.sari.get(ikmPath + query); p.status != want {
			t.Errorf("%s: %d", query, p.status)
		}
	}
	for _, g := range []*clerk{x.rina, x.budi, x.adi} {
		if p := g.get(ikmPath); p.status != http.StatusForbidden {
			t.Errorf("%s: %d", g.name, p.status)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'report.read' AND detail LIKE '%"of":"ikm"%'`); n != 2 {
		t.Errorf("read %d times in the log", n)
	}
}
