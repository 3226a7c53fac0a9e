package app

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/db"
	"pulih/tickets"
)

// resolved files a question now and answers it after a while.
func (x *staffed) resolved(after time.Duration) string {
	x.t.Helper()
	number := x.remote(tickets.Other).Number
	for range after / (10 * time.Minute) { // a session idles for 15 minutes at most
		x.clock.Advance(10 * time.Minute)
		x.rina.get("/petugas/antrean")
		x.sari.get("/petugas/antrean")
	}
	x.rina.mustGo(number, "penyelesaian", "penyelesaian-cara", "jawaban")
	return number
}

// thisWeeks is the report of the tests' week: theirs is a Monday, on which the
// page opens on the week before.
const thisWeeks = "/petugas/laporan?dari=2026-11-23&sampai=2026-11-29"

// figure is the tile with a label: its number and where it leads.
func figure(t *testing.T, p page, label string) (number, href string) {
	t.Helper()
	tile := p.Find(".figures li").FilterFunction(func(_ int, li *goquery.Selection) bool { return li.Find("a").Text() == label }).First()
	if tile.Length() == 0 {
		t.Fatalf("the report has no %q:\n%s", label, p.text())
	}
	if tile.Find("dl dd").Text() == "" {
		t.Errorf("%q has no definition beside it", label)
	}
	return tile.Find("b").Text(), tile.Find("a").AttrOr("href", "")
}

func TestReportCountsAndEveryFigureOpensItsTickets(t *testing.T) {
	x := newStaffed(t)
	x.resolved(time.Hour)
	x.resolved(2 * time.Hour)
	x.remote(tickets.Other)
	report := x.sari.get(thisWeeks)
	report.mustSay(t, http.StatusOK, "23 November 2026 – 29 November 2026 (WITA)")
	for f, want := range map[tickets.Figure]int{tickets.Arrived: 3, tickets.Resolved: 2, tickets.Backlog: 1} {
		number, href := figure(t, report, f.Label())
		rows := x.sari.get(href).Find("tbody tr").Length()
		if number != strconv.Itoa(want) || rows != want {
			t.Errorf("%s: %s on the page, %d in the list, want %d", f, number, rows, want)
		}
	}
	report.Find("tbody a[href*=umur]").Each(func(_ int, a *goquery.Selection) {
		if rows := x.sari.get(a.AttrOr("href", "")).Find("tbody tr").Length(); strconv.Itoa(rows) != a.Text() {
			t.Errorf("%s says %s and lists %d", a.AttrOr("href", ""), a.Text(), rows)
		}
	})
}

func TestReportShowsMedianAndP90WithN(t *testing.T) {
	x := newStaffed(t)
	for i := range 4 {
		x.resolved(time.Duration(1+i) * 30 * time.Minute)
	}
	label := tickets.FullWall.Label()
	if median, _ := figure(t, x.sari.get(thisWeeks), label); median != "–" {
		t.Errorf("the median of four is told: %q (ST-08)", median)
	}
	x.resolved(150 * time.Minute)
	report := x.sari.get(thisWeeks)
	if median, _ := figure(t, report, label); median != "1 jam 30 mnt" {
		t.Errorf("median %q of 30, 60, 90, 120 and 150 minutes", median)
	}
	report.mustSay(t, http.StatusOK, "9 dari 10 dalam 2 jam 30 mnt · n = 5")
}

// Whatever number leads to a list, the list is as long; groups of fewer than
// five have neither (ST-08).
func TestEveryNumberOfTheReportAddsUpWithItsList(t *testing.T) {
	x := newStaffed(t)
	for range 5 {
		x.resolved(10 * time.Minute)
	}
	x.remote(tickets.Lock)
	report := x.sari.get(thisWeeks)
	seen := 0
	report.Find(`tbody a[href*="/laporan/daftar"]`).Each(func(_ int, link *goquery.Selection) {
		number := link.Text()
		if small := link.Parent().Find(".small, small").Text(); strings.HasPrefix(small, "n = ") {
			number = strings.TrimPrefix(small, "n = ")
		}
		seen++
		if list := x.sari.get(link.AttrOr("href", "")); !strings.Contains(list.text(), "· "+number+" permohonan") {
			t.Errorf("%s says %s:\n%s", link.AttrOr("href", ""), number, list.text())
		}
	})
	kinds := report.Find("caption:contains('Menurut jenis')").Parent().Text()
	if seen < 20 || !strings.Contains(kinds, "Akun terkunci "+underFive) || !strings.Contains(kinds, "Lainnya 5 5") {
		t.Errorf("%d numbers lead to lists; the kinds: %s", seen, kinds)
	}
}

// A filter narrows the page and the lists that it leads to.
func TestTheReportIsNarrowed(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Lock)
	x.remote(tickets.Other)
	report := x.sari.get(thisWeeks + "&jenis=lock")
	n, href := figure(t, report, tickets.Arrived.Label())
	if rows := x.sari.get(href).Find("tbody tr").Length(); n != "1" || rows != 1 {
		t.Errorf("%s of one kind, %d listed", n, rows)
	}
	report.mustSay(t, http.StatusOK, "Hapus saringan")
	if n, _ := figure(t, x.sari.get(thisWeeks+"&jenis=gaji&unit=Dinas+Lain"), tickets.Arrived.Label()); n != "0" {
		t.Error("of a unit that filed none: ", n)
	}
}

func TestReportOfAnotherPeriodHasThePreviousEqualOneBesideIt(t *testing.T) {
	x := newStaffed(t)
	x.resolved(time.Hour)
	report := x.sari.get("/petugas/laporan?dari=2026-11-24&sampai=2026-11-24")
	report.mustSay(t, http.StatusOK, "Pembanding: 23 November 2026")
	number, _ := figure(t, report, tickets.Resolved.Label())
	if number != "0" || !strings.Contains(report.text(), "sebelumnya 1") {
		t.Errorf("resolved %s, and before:\n%s", number, report.text())
	}
	median, _ := figure(t, report, tickets.FullWall.Label())
	if median != "–" {
		t.Errorf("the median of nothing is %q", median)
	}
}

func TestReportRefusesPeriodsThatMakeNoSense(t *testing.T) {
	x := newStaffed(t)
	for query, sentence := range map[string]string{
		"dari=2026-11-24&sampai=2026-11-23": "Tanggal akhir mendahului tanggal awal.",
		"dari=2026-02-30&sampai=2026-03-01": "Pilih tanggal awal.",
		"dari=2026-11-24":                   "Pilih tanggal akhir.",
		"dari=2020-01-01&sampai=2026-11-23": "paling lama satu tahun",
		"dari=x&sampai=y":                   "Pilih tanggal awal.",
		"dari=9999-01-01&sampai=9999-12-31": "Periode itu belum tiba.",
	} {
		x.sari.get("/petugas/laporan?"+query).mustSay(t, http.StatusUnprocessableEntity, sentence)
	}
	for _, query := range []string{"angka=gaji", "", "angka=masuk&dari=2026-11-24&sampai=2026-11-23", "angka=masuk&posisi=zzz"} {
		if p := x.sari.get("/petugas/laporan/daftar?" + query); p.status != http.StatusNotFound {
			t.Errorf("%q: %d", query, p.status)
		}
	}
}

// Who approves whose checks stands on the page with its rule, and opens
// exactly the decisions behind it (impostor 18).
func TestReportShowsWhoApprovesWhom_impostor18(t *testing.T) {
	x := newStaffed(t)
	x.sari.get(thisWeeks).mustSay(t, http.StatusOK, "Tidak ada pemeriksaan yang diputus orang kedua")
	number := x.checked(x.rina)
	x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", x.budi.otp())
	report := x.sari.get(thisWeeks)
	report.mustSay(t, http.StatusOK, "Terlalu sedikit untuk dinilai")
	for _, says := range []string{tickets.PairDefinition[0], tickets.PairRule, tickets.PairMarks[2]} {
		report.mustSay(t, http.StatusOK, says)
	}
	link := report.Find(`a[href^="` + pairsPath + `"]`)
	list := x.sari.get(link.AttrOr("href", ""))
	if rows := list.Find("tbody tr").Length(); link.Text() != "1" || rows != 1 || !strings.Contains(list.text(), number) || !strings.Contains(list.text(), "Disetujui") || !strings.Contains(list.text(), "0 dtk") {
		t.Errorf("%q leads to %d rows:\n%s", link.Text(), rows, list.text())
	}
	for _, query := range []string{"", "?pemeriksa=x", "?pemeriksa=x&verifikator=y&posisi=zzz", "?pemeriksa=x&verifikator=y&dari=x"} {
		if p := x.sari.get(pairsPath + query); p.status != http.StatusNotFound {
			t.Errorf("%q: %d", query, p.status)
		}
	}
	if p := x.rina.get(link.AttrOr("href", "")); p.status != http.StatusForbidden {
		t.Errorf("an agent reads it: %d", p.status)
	}
}

func TestReportNamesNobody_ST08(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Other)
	for _, address := range []string{thisWeeks, strings.Replace(thisWeeks, "laporan", "laporan/daftar", 1) + "&angka=masuk"} {
		if p := x.sari.get(address); strings.Contains(p.body, "Siti") || strings.Contains(p.body, "1001") {
			t.Errorf("%s names the person", address)
		}
	}
}

// Days are those of the agency's zone, wherever the installation is.
func TestReportCountsDaysInTheAgencysZone(t *testing.T) {
	x := newStaffed(t)
	x.setting(x.Site.Agency, "kalender", `{"Zone":"WIT","Week":["","07.30-16.00","07.30-16.00","07.30-16.00","07.30-16.00","07.30-16.00",""]}`)
	x.remote(tickets.Other)
	x.exec(fmt.Sprintf(`UPDATE ticket_events SET at = %d`, // 23.30 WITA on Sunday is Monday in WIT
		db.At(time.Date(2026, 11, 22, 23, 30, 0, 0, db.WITA.Location))))
	report := x.sari.get(thisWeeks)
	report.mustSay(t, http.StatusOK, "23 November 2026 – 29 November 2026 (WIT)")
	if n, href := figure(t, report, tickets.Arrived.Label()); n != "1" || !strings.Contains(x.sari.get(href).text(), "23-11-2026 00.30") {
		t.Errorf("%s arrived:\n%s", n, x.sari.get(href).text())
	}
}

// Who opened whose evidence is for the supervisor to ask about, and leads to
// each time it happened (AU-03).
func TestTheReportTellsWhoOpenedEvidence_AU03(t *testing.T) {
	x := newStaffed(t)
	x.sealed()
	x.exec(`INSERT INTO audit_places (agency, event, at, actor, action, person, object, result)
		SELECT agency, event || n, at, (SELECT id FROM staff WHERE name LIKE 'Rina%'), 'attachment.read', '', '', 'ok'
		FROM (SELECT * FROM audit_places WHERE agency = '` + testAgency + `' LIMIT 1) AS one, (SELECT 'a' AS n UNION SELECT 'b') AS two`)
	table := x.sari.get(thisWeeks).Find("caption:contains('Siapa membuka berkas bukti')").Parent()
	link := table.Find("tbody a")
	if !strings.Contains(table.Text(), "Rina") || link.Text() != "2" || !strings.Contains(link.AttrOr("href", ""), "tindakan=attachment.read") {
		t.Error(table.Text(), link.AttrOr("href", ""))
	}
	x.exec(`UPDATE staff SET units = 'Dinas Pendidikan' WHERE name LIKE 'Sari%'`)
	if x.sari.get(thisWeeks).Find("caption:contains('Siapa membuka berkas bukti')").Length() != 0 {
		t.Error("a supervisor of one unit sees what is of all")
	}
}

// The load of each is what he checked and decided too, by name, and each
// number opens as many.
func TestTheLoadTellsChecksAndDecisions(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", x.budi.otp())
	table := x.sari.get(thisWeeks).Find("caption:contains('Beban petugas')").Parent()
	for name, column := range map[string]int{"Rina Petugas": 0, "Budi Verifikator": 1} {
		row := table.Find("tbody tr").FilterFunction(func(_ int, tr *goquery.Selection) bool { return strings.Contains(tr.Find("th").Text(), name) })
		link := row.Find("td").Eq(column).Find("a")
		list := x.sari.get(link.AttrOr("href", ""))
		if link.Text() != "1" || list.Find("tbody tr").Length() != 1 || !strings.Contains(list.text(), "· 1 kali") {
			t.Errorf("%s: %q:\n%s", name, row.Text(), list.text())
		}
	}
}

// What people type as their unit makes no groups: the roster's does.
func TestUnitsAreThoseOfTheRoster(t *testing.T) {
	x := newStaffed(t)
	for i := range 6 {
		x.remote(tickets.Lock)
		x.exec(fmt.Sprintf(`UPDATE tickets SET unit = '%s' WHERE id = (SELECT max(id) FROM tickets)`, []string{"Disdik", "dinas pendidikan"}[i%2]))
	}
	x.exec(`UPDATE tickets SET cause = 'hilang'`)
	report := x.sari.get(thisWeeks)
	rows := report.Find("caption:contains('Menurut OPD')").Parent().Find("tbody tr")
	if text := rows.Text(); rows.Length() != 1 || !strings.Contains(text, "Dinas Pendidikan") || strings.Contains(text, "Disdik") || !strings.Contains(text, "600,0") || !strings.Contains(text, "HP hilang atau dicuri") {
		t.Errorf("%d rows: %s", rows.Length(), text)
	}
	if n, _ := figure(t, x.sari.get(thisWeeks+"&unit=tidak-dikenal"), tickets.Arrived.Label()); n != "0" {
		t.Error("of nobody in the roster: ", n)
	}
	if n, _ := figure(t, x.sari.get(thisWeeks+"&unit=Dinas+Pendidikan"), tickets.Arrived.Label()); n != "6" {
		t.Error("of the unit: ", n)
	}
}

// Units stand in the order that is asked for: a large one is not the worst.
func TestUnitsStandInTheOrderAskedFor(t *testing.T) {
	g := grouped{heads: map[string]int{"Besar": 1000, "Kecil": 10}}
	unit := func(name string, n int, median time.Duration) tickets.Group {
		return tickets.Group{Value: name, N: n, Spread: tickets.Spread{N: n, Median: median}}
	}
	groups := map[tickets.Dimension][]tickets.Group{tickets.ByUnit: {unit("Besar", 20, time.Hour), unit("Kecil", 9, 2*time.Hour), unit("", 6, 3*time.Hour)}}
	g.Sums = map[tickets.Figure]tickets.Sum{tickets.Arrived: {N: 35, Groups: groups}, tickets.FullWork: {N: 35, Groups: groups}}
	for order, want := range map[string]string{"": "Besar, Kecil, ", "nama": "Besar, Kecil, ", "per-100": "Kecil, Besar, ", "lama": ", Kecil, Besar"} {
		units := []string{"Besar", "Kecil", ""}
		g.order = order
		if slices.SortStableFunc(units, g.unitOrder); strings.Join(units, ", ") != want {
			t.Errorf("%q: %q", order, units)
		}
	}
}
