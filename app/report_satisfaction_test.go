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

func monthOf(m time.Month) tickets.Period {
	first := time.Date(2026, m, 1, 0, 0, 0, 0, db.WITA.Location)
	return tickets.Period{From: db.At(first), Until: db.At(first.AddDate(0, 1, 0))}
}

// said is a month of which everything may be told, after one in which fewer
// than five spoke.
func said() opinions {
	return opinions{Zone: db.WITA,
		now: tickets.Satisfaction{Month: monthOf(10), Invited: 40, Responded: 9, Answered: 9, Asked: 9, Helped: [4]int{1, 1, 3, 4}, Solved: [3]int{6, 1, 2},
			Skipped: 2, Surveys: tickets.Surveys{Complete: 7, Sums: [9]int{24, 22, 19, 27, 24, 25, 27, 20, 21}, Least: [9]int{2, 2, 1, 3, 3, 3, 3, 2, 2}, Most: [9]int{4, 4, 4, 4, 4, 4, 4, 4, 4}}},
		was: tickets.Satisfaction{Month: monthOf(9), Invited: 3, Responded: 3, Answered: 3, Asked: 3, Surveys: tickets.Surveys{Complete: 3}}}
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
	if s.Lead != "Jawaban pemohon selama Oktober 2026, dibandingkan dengan September 2026." {
		t.Error(s.Lead)
	}
	for _, f := range s.Figures {
		if f.Sheet.Set == "" || f.Sheet.Clock == "" {
			t.Errorf("%s has no definition", f.Label)
		}
	}
	if notes := strings.Join(s.Notes, " "); !strings.Contains(notes, "Untuk 40 permohonan") || !strings.Contains(notes, "meminta 36 survei lengkap. Baru ada 7.") || !strings.Contains(notes, "2 survei tidak lengkap") {
		t.Error(notes)
	}
}

// Only who was asked is listed, of the same month and without any filter.
func TestNoListTellsWhoAnswered_ST08(t *testing.T) {
	s := said().section()
	if href := s.Figures[0].Href; href != "/petugas/laporan/daftar?angka=diundang&dari=2026-10-01&sampai=2026-10-31" {
		t.Error(href)
	}
	for _, f := range s.Figures[1:] {
		if f.Href != "" {
			t.Errorf("%s leads to %s", f.Label, f.Href)
		}
	}
}

// The picture of the month before is drawn where it may be told, in per cent.
func TestThePicturesOfSatisfaction(t *testing.T) {
	o := said()
	if helped, elements := o.helpedChart(), o.elementsChart(); len(helped.Series) != 1 || len(elements.Series) != 1 || !slices.Equal(helped.Series[0].Values, []float64{11, 11, 33, 44}) || elements.Say(elements.Series[0].Values[2]) != "2,7" || elements.Say(elements.Series[0].Values[8]) != "3,0" {
		t.Errorf("%+v %+v", helped.Series, elements.Series)
	}
	month := o.was.Month
	o.was = o.now
	o.was.Month = month
	if helped, elements, table := o.helpedChart(), o.elementsChart(), o.solvedTable(); len(helped.Series) != 2 || helped.Series[1].Name != "September 2026" || len(elements.Series) != 2 || table.Rows[2][2].Text != "22%" {
		t.Errorf("%+v %+v %+v", helped.Series, elements.Series, table)
	}
}

func TestTooFewAnswersShowNoNumber(t *testing.T) {
	o := said()
	o.now = o.was
	s := o.section()
	for _, f := range s.Figures {
		if f.Value != "–" || f.Note != "kurang dari 5 jawaban" {
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

// What all say alike is each one's answer: it has no number and no picture.
func TestUnanimousAnswersShowNoNumber_ST08(t *testing.T) {
	o := said()
	o.now = tickets.Satisfaction{Month: monthOf(10), Invited: 6, Responded: 6, Answered: 6, Asked: 6, Helped: [4]int{6}, Solved: [3]int{0, 0, 6}, Surveys: tickets.Surveys{Complete: 6, Sums: [9]int{6, 6, 6, 6, 6, 6, 6, 6, 6}}}
	s := o.section()
	want := []string{"100% | 6 dari 6 permohonan | –", "– | n = 6, semua sama | –", "– | n = 6, semua sama | –", "– | n = 6, semua sama | –"}
	if got := tilesOf(s); !slices.Equal(got, want) || len(s.Pictures) != 0 || len(s.Tables) != 0 {
		t.Errorf("%q, %d pictures", got, len(s.Pictures))
	}
}

// The page tells months that are over, and the same of two periods that differ
// by a day on which one person answered, with a filter or without.
func TestTheReportTellsHowContentPeopleAre_ST08(t *testing.T) {
	x := newStaffed(t)
	for i := range 6 {
		f := x.filed("nip", fmt.Sprintf("1991050520160520%02d", i+11))
		x.rina.mustGo(f.number, "penyelesaian", "penyelesaian-cara", "jawaban")
		f.submit(f.page(""), "selesai", "ya", "terbantu", fmt.Sprint(3+i%2))
	}
	section := func(query string) string {
		return x.sari.get("/petugas/laporan" + query).Find("#kepuasan").Parent().Text()
	}
	if text := section(""); !strings.Contains(text, "selama Oktober 2026") || strings.Contains(text, "n = 6") {
		t.Errorf("a running month is told:\n%s", text)
	}
	x.exec(`UPDATE ticket_ratings SET at = at - 30 * 86400000000`) // to 24 October
	x.exec(`UPDATE ticket_ratings SET at = at + 86400000000 WHERE ticket = (SELECT min(ticket) FROM ticket_ratings)`)
	whole := section("?dari=2026-10-19&sampai=2026-10-25")
	if !strings.Contains(whole, "100%") || !strings.Contains(whole, "n = 6") || !strings.Contains(whole, "semua sama") {
		t.Error(whole)
	}
	for _, query := range []string{"?dari=2026-10-19&sampai=2026-10-24", "?dari=2026-10-25&sampai=2026-10-25", "?dari=2026-10-19&sampai=2026-10-25&jalur=counter&unit=Tidak+Ada"} {
		if text := section(query); text != whole {
			t.Errorf("%s:\n%s\nand not\n%s", query, text, whole)
		}
	}
	if p := x.sari.get("/petugas/laporan/kepuasan?jawaban=penilaian"); p.status != http.StatusNotFound {
		t.Errorf("who answered is listed: %d", p.status)
	}
}
