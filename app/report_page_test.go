package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/db"
	"pulih/tickets"
)

// Until a week has two working days behind it, the one before is shown, and
// the page says so.
func TestTheReportOpensOnAWeekThatHasSomethingToSay(t *testing.T) {
	x := newStaffed(t) // on a Monday
	x.sari.get("/petugas/laporan").mustSay(t, http.StatusOK, "16 November 2026 – 22 November 2026 (WITA)")
	x.sari.get("/petugas/laporan").mustSay(t, http.StatusOK, "Minggu ini baru dimulai")
	if strings.Contains(x.sari.get(thisWeeks).Find("main").Text(), "baru dimulai") {
		t.Error("who asked for this week is told why he sees another")
	}
	for day, first := range map[int]string{23: "2026-11-16", 24: "2026-11-16", 25: "2026-11-23", 29: "2026-11-23", 30: "2026-11-23"} {
		now := db.At(time.Date(2026, 11, day, 9, 0, 0, 0, db.WITA.Location))
		if got := firstWeek(now, db.WITA).First.Format(dateForm); got != first {
			t.Errorf("on the %d it begins with %s", day, got)
		}
	}
}

// Figures beneath a mistake would be taken for the answer.
func TestAPeriodThatMakesNoSenseShowsNoFigures(t *testing.T) {
	x := newStaffed(t)
	p := x.sari.get("/petugas/laporan?dari=2026-11-24&sampai=2026-11-23")
	p.mustSay(t, http.StatusUnprocessableEntity, "mendahului")
	if here := p.Find("nav[aria-label=Periode] [aria-current]").Text(); here != "" {
		t.Errorf("%s is said to be shown", here)
	}
	if n := p.Find(".figures li, figure, .paper-head").Length(); n > 0 || p.Find("[name=dari]").AttrOr("value", "") != "2026-11-24" {
		t.Errorf("%d figures, and %q in the field", n, p.Find("[name=dari]").AttrOr("value", ""))
	}
}

// A boss who reads a narrowed report on paper is told that it is one.
func TestANarrowedReportSaysSoOnPaper(t *testing.T) {
	x := newStaffed(t)
	p := x.sari.get(thisWeeks + "&jalur=counter&jenis=mfa")
	for _, where := range []string{".paper-head", ".saringan"} {
		if says := p.Find(where).Text(); !strings.Contains(says, "Jalur: Loket") || !strings.Contains(says, "Jenis: Autentikator") {
			t.Errorf("%s says %q", where, says)
		}
	}
	if p.Find("a:contains('Hapus saringan'), a:contains('ringkasan mingguan')").FilterFunction(func(_ int, a *goquery.Selection) bool { return a.Closest(".noprint").Length() == 0 }).Length() > 0 {
		t.Error("a link is printed")
	}
	if x.sari.get(thisWeeks).Find(".saringan").Length() > 0 {
		t.Error("a whole report says that it is narrowed")
	}
}

// The bars add up to the figure, and a picture without bars says why.
func TestSmallGroupsAreTogetherAndNotForgotten(t *testing.T) {
	for name, c := range map[string]struct {
		groups []int
		labels int
		last   float64
		none   string
	}{
		"none":           {nil, 0, 0, "Tidak ada pada periode ini."},
		"few":            {[]int{2, 1}, 1, 0, "Kurang dari 5 permohonan, jadi tidak dirinci."},
		"few beside one": {[]int{72, 1}, 2, 0, "Kurang dari 5 permohonan, jadi tidak dirinci."},
		"small together": {[]int{9, 4, 3}, 2, 7, "Kurang dari 5 permohonan, jadi tidak dirinci."},
	} {
		sum := tickets.Sum{Groups: map[tickets.Dimension][]tickets.Group{}}
		for _, n := range c.groups {
			sum.Groups[tickets.ByEnd] = append(sum.Groups[tickets.ByEnd], tickets.Group{N: n})
		}
		g := grouped{asked: asked{days: days{Zone: db.WITA}}, Report: tickets.Report{Sums: map[tickets.Figure]tickets.Sum{tickets.Dropped: sum}}}
		chart := g.rows("x", "x", tickets.Dropped, tickets.ByEnd)
		if len(chart.Labels) != c.labels || chart.None != c.none {
			t.Errorf("%s: %q, %q", name, chart.Labels, chart.None)
		}
		if n := len(chart.Labels); n > 0 && c.last > 0 && chart.Series[0].Values[n-1] != c.last {
			t.Errorf("%s: %v", name, chart.Series[0].Values)
		}
		if n := len(chart.Labels); n > 0 && (c.last > 0) != (chart.Series[0].Values[n-1] == c.last) {
			t.Errorf("%s: %v tells a small group", name, chart.Series[0].Values)
		}
	}
}

func TestWhatAPeriodIsComparedWithIsSaid(t *testing.T) {
	x := newStaffed(t)
	for query, says := range map[string]string{
		"dari=2026-10-01&sampai=2026-10-31": "Pembanding: 1 September 2026 – 30 September 2026, bulan sebelumnya.",
		"dari=2026-01-01&sampai=2026-12-31": "Pembanding: 1 Januari 2025 – 31 Desember 2025, dua belas bulan sebelumnya.",
		"dari=2026-11-16&sampai=2026-11-22": "Pembanding: 9 November 2026 – 15 November 2026, minggu sebelumnya.",
		"dari=2026-11-17&sampai=2026-11-19": "Pembanding: 14 November 2026 – 16 November 2026, sama panjangnya.",
	} {
		x.sari.get("/petugas/laporan?"+query).mustSay(t, http.StatusOK, says)
	}
}

// A name that stands twice makes people look for the difference: each figure
// and each picture of the page has one of its own.
func TestEachFigureAndPictureStandsOnce(t *testing.T) {
	x := newStaffed(t)
	x.resolved(time.Hour)
	seen := map[string]bool{}
	x.sari.get(thisWeeks).Find(".figures li > :first-child, figcaption b").Each(func(_ int, name *goquery.Selection) {
		text := strings.ToLower(name.Text())
		for other := range seen {
			if text == other || strings.HasPrefix(text, other+" di akhir") || strings.HasPrefix(other, text+" di akhir") {
				t.Errorf("%q stands beside %q", text, other)
			}
		}
		seen[text] = true
	})
	if len(seen) < 30 {
		t.Errorf("the page has %d figures and pictures", len(seen))
	}
}

// A list says of requests that were opened again what is true of its figure.
func TestAListSaysWhetherARequestCountsAgain(t *testing.T) {
	x := newStaffed(t)
	x.resolved(time.Hour)
	for f, want := range map[tickets.Figure]struct{ again, reopened bool }{
		tickets.Arrived: {}, tickets.Repeat: {}, tickets.OneTouch: {}, tickets.FullWork: {reopened: true}, tickets.Resolved: {true, true},
	} {
		p := x.sari.get(strings.Replace(thisWeeks, "laporan", "laporan/daftar", 1) + "&angka=" + string(f))
		p.mustSay(t, http.StatusOK, f.Label())
		if again := strings.Contains(p.text(), "yang dibuka kembali dihitung lagi"); again != want.again {
			t.Errorf("%s says it counts again: %v\n%s", f, again, p.text())
		}
		if reopened := strings.Contains(p.text(), "Diajukan atau dibuka kembali"); p.Find("table").Length() > 0 && reopened != want.reopened {
			t.Errorf("%s lists what was opened again: %v", f, reopened)
		}
	}
}
