package app

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// said is a period of which everything may be told, after one in which fewer
// than five spoke.
func said() opinions {
	d := days{time.Date(2026, 11, 23, 0, 0, 0, 0, db.WITA.Location), time.Date(2026, 11, 29, 0, 0, 0, 0, db.WITA.Location), db.WITA}
	return opinions{asked: asked{days: d, filter: tickets.ReportFilter{Unit: "Dinas Pendidikan"}},
		now: tickets.Satisfaction{Invited: 40, Responded: 9, Answered: 9, Helped: [4]int{1, 1, 3, 4}, Solved: [3]int{6, 1, 2}, Complete: 7, Skipped: 2,
			Sums: [9]int{24, 22, 19, 28, 23, 25, 27, 20, 21}},
		was: tickets.Satisfaction{Invited: 3, Responded: 3, Answered: 3, Complete: 3}}
}

func tilesOf(s views.ReportSection) (all []string) {
	for _, f := range s.Figures {
		all = append(all, f.Value+" | "+f.Note+" | "+f.Before)
	}
	return all
}

func TestSatisfactionStandsOnTheReport(t *testing.T) {
	s := said().section()
	want := []string{"23% | 9 dari 40 permohonan | –", "78% | n = 9 | –", "67% | n = 9 | –", "82,94 · B | baik, n = 7 survei lengkap | –"}
	if got := tilesOf(s); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, f := range s.Figures {
		if f.Sheet.Set == "" || f.Sheet.Clock == "" {
			t.Errorf("%s has no definition", f.Label)
		}
	}
	if notes := strings.Join(s.Notes, " "); !strings.Contains(notes, "Untuk 40 permohonan") || !strings.Contains(notes, "meminta 36 survei lengkap. Baru ada 7.") || !strings.Contains(notes, "2 survei tidak lengkap") {
		t.Error(notes)
	}
	if href := s.Figures[3].Href; href != "/petugas/laporan/kepuasan?dari=2026-11-23&jawaban=survei&sampai=2026-11-29&unit=Dinas+Pendidikan" {
		t.Error(href)
	}
}

// The picture of the period before is drawn where it may be told.
func TestThePicturesOfSatisfaction(t *testing.T) {
	o := said()
	if helped, elements := o.helpedChart(), o.elementsChart(); len(helped.Series) != 1 || len(elements.Series) != 1 || !slices.Equal(helped.Series[0].Values, []float64{1, 1, 3, 4}) || elements.Series[0].Values[2] != 2.71 {
		t.Errorf("%+v %+v", helped.Series, elements.Series)
	}
	o.was = o.now
	if helped, elements, table := o.helpedChart(), o.elementsChart(), o.solvedTable(); len(helped.Series) != 2 || len(elements.Series) != 2 || table.Rows[2][2].Text != "2" {
		t.Errorf("%+v %+v %+v", helped.Series, elements.Series, table)
	}
}

func TestTooFewAnswersShowNoNumber(t *testing.T) {
	o := said()
	o.now = o.was
	s := o.section()
	for _, f := range s.Figures {
		if f.Value != "–" || f.Note != "kurang dari 5 jawaban" || f.Href != "" {
			t.Errorf("%+v", f)
		}
	}
	if len(s.Pictures) != 0 || len(s.Tables) != 0 {
		t.Errorf("%+v", s)
	}
	if o.now.Invited = 40; !strings.Contains(strings.Join(o.section().Notes, " "), "Baru ada kurang dari 5.") {
		t.Error(o.notes())
	}
}

// The list behind the answers opens with the fifth, names nobody and tells no
// answer; an agent sees none of it.
func TestTheListOfAnswers_ST08(t *testing.T) {
	x := newStaffed(t)
	list := satisfactionPath + "?jawaban=penilaian"
	for i := range 5 {
		x.sari.get(list).mustSay(t, http.StatusOK, "Tidak ada permohonan")
		f := x.filed("nip", fmt.Sprintf("1991050520160520%02d", i+11))
		x.rina.mustGo(f.number, "penyelesaian", "penyelesaian-cara", "jawaban")
		f.submit(f.page(""), "selesai", "tidak", "terbantu", "1")
	}
	p := x.sari.get(list)
	if rows := p.Find("tbody tr").Length(); rows != 5 || strings.Contains(p.text(), "Siti") || strings.Contains(p.text(), "idak terbantu") {
		t.Errorf("%d rows:\n%s", rows, p.text())
	}
	for query, status := range map[string]int{"": http.StatusNotFound, "?jawaban=gaji": http.StatusNotFound, "?jawaban=survei&dari=x": http.StatusNotFound,
		"?jawaban=survei": http.StatusOK, "?jawaban=penilaian&unit=%FF": http.StatusNotFound, "?jawaban=penilaian&posisi=zzz": http.StatusNotFound} {
		if p := x.sari.get(satisfactionPath + query); p.status != status {
			t.Errorf("%q: %d", query, p.status)
		}
	}
	if p := x.rina.get(list); p.status != http.StatusForbidden {
		t.Errorf("an agent reads it: %d", p.status)
	}
}

// The page of the report has it, with figures of the same filter as the rest.
func TestTheReportTellsHowContentPeopleAre(t *testing.T) {
	x := newStaffed(t)
	for i := range 5 {
		f := x.filed("nip", fmt.Sprintf("1991050520160520%02d", i+11))
		x.rina.mustGo(f.number, "penyelesaian", "penyelesaian-cara", "jawaban")
		f.submit(f.page(""), "selesai", "ya", "terbantu", "3")
	}
	report := x.sari.get("/petugas/laporan")
	report.mustSay(t, http.StatusOK, "Tingkat jawaban 100% 5 dari 5 permohonan")
	report.mustSay(t, http.StatusOK, "Terbantu (CSAT) 100% n = 5")
	href := report.Find(`a[href^="`+satisfactionPath+`"]`).First().AttrOr("href", "")
	if rows := x.sari.get(href).Find("tbody tr").Length(); rows != 5 {
		t.Errorf("%s lists %d", href, rows)
	}
	x.sari.get("/petugas/laporan?jalur=counter").mustSay(t, http.StatusOK, "Terbantu (CSAT) – kurang dari 5 jawaban")
}
