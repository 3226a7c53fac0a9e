package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
	"pulih/tickets"
)

const exportMonth = exportPath + "?dari=2026-11-01&sampai=2026-11-30"

func exportFilled(g *clerk, form tickets.ExportForm) url.Values {
	return url.Values{"bentuk": {string(form)}, "otp": {g.otp()}}
}

// table reads a CSV, its heading first.
func table(t *testing.T, p page, form tickets.ExportForm) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(p.body, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	if form == tickets.ExportExcel {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil || p.status != http.StatusOK || marked != (form == tickets.ExportExcel) {
		t.Fatalf("%d, %v:\n%.500s", p.status, err, p.body)
	}
	return rows
}

// excel asks for an Excel file, and reads it when it is there.
func (x *staffed) excel(g *clerk, address string) (*excelize.File, page) {
	x.t.Helper()
	sent := g.post(address, exportFilled(g, tickets.ExportXLSX))
	job := g.follow(sent)
	x.Wait()
	ready := g.get(job.path)
	ready.mustSay(x.t, http.StatusOK, "Berkas siap")
	file := g.get(ready.Find(`a[href$="/berkas"]`).AttrOr("href", "/"))
	book, err := excelize.OpenReader(strings.NewReader(file.body))
	if err != nil {
		x.t.Fatalf("%d, %v: %.300q", file.status, err, file.body)
	}
	return book, file
}

// sheet asks for an Excel file of this month, and waits until it is there.
func (g *clerk) sheet() (id string) {
	g.x.t.Helper()
	sent := g.post(exportMonth, exportFilled(g, tickets.ExportXLSX))
	if sent.status != http.StatusSeeOther {
		g.x.t.Fatal(sent.status, sent.text())
	}
	g.x.Wait()
	return strings.TrimPrefix(sent.header.Get("Location"), exportPath+"/")
}

func column(t *testing.T, rows [][]string, head string) int {
	t.Helper()
	i := slices.Index(rows[0], head)
	if i < 0 {
		t.Fatalf("no column %q in %q", head, rows[0])
	}
	return i
}

// The figures of the report, of both sorts of CSV and of the Excel file are
// the same, on both engines.
func TestExportsHaveTheReportsFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		for i := range 5 {
			x.resolved(time.Duration(1+i) * 30 * time.Minute)
		}
		x.remote(tickets.Lock)
		report := x.sari.get("/petugas/laporan?dari=2026-11-01&sampai=2026-11-30")
		n, _ := figure(t, report, tickets.FullWall.Label())
		if n != "1 jam 30 mnt" {
			t.Fatal(n)
		}
		for f, want := range map[tickets.Figure]int{tickets.Arrived: 6, tickets.Resolved: 5, tickets.Backlog: 1} {
			address := exportMonth + "&angka=" + string(f)
			for _, form := range []tickets.ExportForm{tickets.ExportExcel, tickets.ExportPlain} {
				if rows := table(t, x.sari.post(address, exportFilled(x.sari, form)), form); len(rows) != want+1 {
					t.Errorf("%s, %s: %d rows, want %d", f, form, len(rows)-1, want)
				}
			}
			book, _ := x.excel(x.sari, address)
			if rows := must(book.GetRows("Laporan"))(t); len(rows) != want+1 {
				t.Errorf("%s, xlsx: %d rows, want %d", f, len(rows)-1, want)
			}
		}
		x.mediansAgree(t)
	})
}

// mediansAgree reckons the median of 30 to 150 minutes from each file.
func (x *staffed) mediansAgree(t *testing.T) {
	address := exportMonth + "&angka=" + string(tickets.FullWall)
	book, _ := x.excel(x.sari, address)
	raw := must(book.GetRows("Laporan", excelize.Options{RawCellValue: true}))(t)
	excel := table(t, x.sari.post(address, exportFilled(x.sari, tickets.ExportExcel)), tickets.ExportExcel)
	plain := table(t, x.sari.post(address, exportFilled(x.sari, tickets.ExportPlain)), tickets.ExportPlain)
	for name, rows := range map[string][][]string{"xlsx": raw, "csv": excel, "plain": plain} {
		at, hours := column(t, rows, "Penyelesaian penuh (jam kalender)"), []float64(nil)
		for _, row := range rows[1:] {
			text := row[at]
			if name == "csv" {
				text = strings.Replace(text, ",", ".", 1)
			}
			hours = append(hours, must(strconv.ParseFloat(text, 64))(t))
		}
		slices.Sort(hours)
		if len(hours) != 5 || hours[2] != 1.5 || hours[0] != 0.5 {
			t.Errorf("%s: %v", name, hours)
		}
	}
}

// In an Excel file a date is a date and a duration is a number, and a text is
// never a formula.
func TestExcelCellsAreTyped(t *testing.T) {
	x := newStaffed(t)
	number := x.resolved(90 * time.Minute)
	x.exec(`UPDATE tickets SET unit = '=HYPERLINK("http://x.test")'`)
	book, file := x.excel(x.sari, exportMonth+"&angka=selesai")
	rows := must(book.GetRows("Laporan", excelize.Options{RawCellValue: true}))(t)
	cell := func(head string) string { return must(excelize.CoordinatesToCellName(column(t, rows, head)+1, 2))(t) }
	for head, want := range map[string]string{"Nomor tiket": number, "Unit kerja": `=HYPERLINK("http://x.test")`, "Penyelesaian penuh (jam kalender)": "1.5", "Siklus": "1", "NIP (disamarkan)": strings.Repeat("•", 14) + "1001"} {
		if got := must(book.GetCellValue("Laporan", cell(head), excelize.Options{RawCellValue: true}))(t); got != want {
			t.Errorf("%s is %q, want %q", head, got, want)
		}
	}
	for head, want := range map[string]excelize.CellType{"Unit kerja": excelize.CellTypeInlineString, "Penyelesaian penuh (jam kalender)": excelize.CellTypeUnset, "Tanggal (WITA)": excelize.CellTypeUnset} {
		if got := must(book.GetCellType("Laporan", cell(head)))(t); got != want {
			t.Errorf("%s has type %d, want %d", head, got, want)
		}
	}
	if formula := must(book.GetCellFormula("Laporan", cell("Unit kerja")))(t); formula != "" {
		t.Errorf("a formula: %q", formula)
	}
	day := must(excelize.ExcelDateToTime(must(strconv.ParseFloat(rows[1][column(t, rows, "Tgl selesai (WITA)")], 64))(t), false))(t)
	shown := x.sari.get("/petugas/laporan/daftar?angka=selesai&dari=2026-11-01&sampai=2026-11-30").text()
	if !strings.Contains(shown, day.Format("02-01-2006 15.04")) {
		t.Errorf("%s in the file:\n%s", day, shown)
	}
	if text := must(book.GetCellValue("Keterangan", "B1"))(t); text != tickets.Resolved.Label() {
		t.Errorf("explained as %q", text)
	}
	if h := file.header; h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; ") {
		t.Error(h)
	}
}

// A unit that would be a formula is a text in a CSV (OWASP).
func TestExportsInjectNothing(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Other)
	for _, hostile := range []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", " =1"} {
		x.exec(`UPDATE tickets SET unit = '` + strings.ReplaceAll(hostile, "'", "''") + `'`)
		for _, form := range []tickets.ExportForm{tickets.ExportExcel, tickets.ExportPlain} {
			x.exec(`DELETE FROM limits`)
			rows := table(t, x.sari.post(exportMonth, exportFilled(x.sari, form)), form)
			if got := rows[1][column(t, rows, "Unit kerja")]; got != "'"+hostile {
				t.Errorf("%q is %q", hostile, got)
			}
		}
	}
}

func TestACSVForIndonesianExcelHasDecimalCommas(t *testing.T) {
	x := newStaffed(t)
	x.resolved(30 * time.Minute)
	for form, want := range map[tickets.ExportForm]string{tickets.ExportExcel: "0,5", tickets.ExportPlain: "0.5"} {
		sent := x.sari.post(exportMonth, exportFilled(x.sari, form))
		rows := table(t, sent, form)
		if got := rows[1][column(t, rows, "Penyelesaian penuh (jam kalender)")]; got != want {
			t.Errorf("%s: %q", form, got)
		}
		if h := sent.header; h.Get("Cache-Control") != "no-store" || h.Get("Content-Disposition") != `attachment; filename="laporan-masuk-2026-11-01-2026-11-30.csv"` {
			t.Error(h)
		}
	}
}

func TestNoExportWithoutAFreshCode_SE07(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Other)
	spent := exportFilled(x.sari, tickets.ExportExcel)
	table(t, x.sari.post(exportMonth, spent), tickets.ExportExcel)
	stale := exportFilled(x.sari, tickets.ExportExcel)
	x.clock.Advance(3 * time.Minute)
	for name, form := range map[string]url.Values{"replayed": spent, "stale": stale, "none": {"bentuk": {"csv"}, "otp": {""}}, "wrong": {"bentuk": {"xlsx"}, "otp": {"000000"}}} {
		if p := x.sari.post(exportMonth, form); p.status != http.StatusUnprocessableEntity || strings.Contains(p.body, "PUL-") {
			t.Errorf("%s: %d", name, p.status)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'report.export' AND result = 'begun'`); n != 1 {
		t.Errorf("%d exports are written down", n)
	}
}

func TestExportsAreOfOnesOwnAgencyAndUnits_ST04(t *testing.T) {
	x := newStaffed(t)
	umar := x.clerkOf(otherAgency, "197001072000011007", "Umar Penyelia", accounts.Supervisor)
	x.remote(tickets.Other)
	if p := x.rina.post(exportMonth, exportFilled(x.rina, tickets.ExportExcel)); p.status != http.StatusForbidden {
		t.Error("an agent: ", p.status)
	}
	if rows := table(t, umar.post(exportMonth, exportFilled(umar, tickets.ExportPlain)), tickets.ExportPlain); len(rows) != 1 {
		t.Error("another agency: ", rows)
	}
	x.exec(`UPDATE staff SET units = 'Dinas Lain' WHERE nip = '` + x.sari.nip + `'`)
	if rows := table(t, x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportPlain)), tickets.ExportPlain); len(rows) != 1 {
		t.Error("another unit: ", rows)
	}
	for _, query := range []string{"?angka=gaji", "?dari=x&sampai=y"} {
		if p := x.sari.get(exportPath + query); p.status != http.StatusNotFound {
			t.Errorf("%s: %d", query, p.status)
		}
	}
}

// An Excel file is for who asked for it, in the session in which he did, and
// for a quarter of an hour.
func TestAnExcelFileIsForItsOwnSession(t *testing.T) {
	x := newStaffed(t)
	tini := x.clerk("197001082000011008", "Tini Penyelia", accounts.Supervisor)
	x.remote(tickets.Other)
	job := x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportXLSX)).header.Get("Location")
	x.Wait()
	for name, g := range map[string]*clerk{"another supervisor": tini, "another session": x.again(x.sari)} {
		for _, address := range []string{job, job + "/berkas", exportPath + "/x/berkas"} {
			if p := g.get(address); p.status != http.StatusNotFound {
				t.Errorf("%s, %s: %d", name, address, p.status)
			}
		}
	}
	if p := x.sari.get(job + "/berkas"); p.status != http.StatusOK {
		t.Error("his own: ", p.status)
	}
	for range 3 {
		x.clock.Advance(5 * time.Minute)
		x.sari.get(thisWeeks)
	}
	x.sari.get(job+"/berkas").mustSay(t, http.StatusNotFound, "sudah dihapus")
	x.endSheets()
	if len(x.sheets.all) != 0 {
		t.Error("it is kept")
	}
}

// again signs the same member of staff in with another browser.
func (x *staffed) again(g *clerk) *clerk {
	x.t.Helper()
	other := &clerk{browser: x.browser(), nip: g.nip, name: g.name, secret: g.secret}
	in := other.post("/petugas/masuk", url.Values{"nip": {g.nip}, "sandi": {clerkPassword}, "otp": {other.otp()}})
	if in.status != http.StatusSeeOther {
		x.t.Fatal(in.status, in.text())
	}
	return other
}

// Nothing of an Excel file stays in the directory of temporary files, and what
// is there while it is made is nobody else's to read.
func TestAnExcelFileLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	x := newStaffed(t)
	x.remote(tickets.Other)
	x.excel(x.sari, exportMonth)
	if left := must(filepath.Glob(filepath.Join(dir, "*")))(t); len(left) != 0 {
		t.Error(left)
	}
	file := must(keepSheet(dir, must(newSheetFile(dir, []string{"a"}, db.WITA))(t)))(t)
	defer file.Close()
	if info := must(file.Stat())(t); info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
}

// A full sheet is followed by another, and rows beyond excelize's own buffer
// wait in files that only we may read.
func TestALongExcelFileGoesOn(t *testing.T) {
	dir := t.TempDir()
	s := must(newSheetFile(dir, exportHeads(asked{days: days{Zone: db.WITA}}), db.WITA))(t)
	s.most = 20_000
	row := tickets.Counted{Ticket: tickets.Ticket{Number: "PUL-1", Unit: strings.Repeat("Dinas ", 40)}, Measure: tickets.Measure{Cycle: 1, Created: x2026}, At: x2026}
	for range 50_000 {
		if err := s.row(exportCells(row)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range must(filepath.Glob(filepath.Join(dir, "*")))(t) {
		if info := must(os.Stat(name))(t); info.Mode().Perm() != 0o600 {
			t.Error(name, info.Mode())
		}
	}
	var b bytes.Buffer
	if err := s.save(&b); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	book := must(excelize.OpenReader(&b))(t)
	for name, want := range map[string]int{"Laporan": 20_001, "Laporan 2": 20_001, "Laporan 3": 10_001} {
		if rows := must(book.GetRows(name))(t); len(rows) != want {
			t.Errorf("%s has %d rows", name, len(rows))
		}
	}
}

const x2026 = db.Time(1_764_000_000_000_000)

// One at a time, and twenty a day.
func TestExportsAreLimited(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Other)
	x.exporting.begin(x.staffID(x.sari), 1)
	x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportExcel)).mustSay(t, http.StatusUnprocessableEntity, "masih berjalan")
	x.exporting.end(x.staffID(x.sari))
	for range sheetsAtOnce {
		x.sheets.add(&sheetJob{id: db.NewID(), staff: accounts.Staff{ID: db.NewID()}}, x.DB.Now())
	}
	x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportXLSX)).mustSay(t, http.StatusUnprocessableEntity, "Tiga berkas Excel")
	for range LimitExport.Burst {
		table(t, x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportExcel)), tickets.ExportExcel)
	}
	x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportExcel)).mustSay(t, http.StatusUnprocessableEntity, "Batas ekspor harian")
	if x.exporting.begin(x.staffID(x.sari), 1) == false {
		t.Error("a refused export is still running")
	}
}

// gone is a reader who goes away after the first piece.
type gone struct {
	*httptest.ResponseRecorder
	pieces int
	most   int
}

func (g *gone) Write(b []byte) (int, error) {
	if g.pieces++; g.pieces > g.most {
		return 0, fmt.Errorf("gone")
	}
	return g.ResponseRecorder.Write(b)
}

// Whoever goes away in the middle leaves a row that says so, and may export
// again.
func TestABrokenLineEndsAnExport_AU03(t *testing.T) {
	x := newStaffed(t)
	for i := range 60 {
		f := tickets.Filing{NIP: secret.NIP(fmt.Sprintf("198609262011011%03d", i)), Name: "A", Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote}
		must(x.Desk.Open(context.Background(), f, audit.Actor{Kind: audit.Anonymous}))(t)
	}
	for most := range 4 {
		r := httptest.NewRequest(http.MethodPost, x.url+exportMonth, strings.NewReader(exportFilled(x.sari, tickets.ExportExcel).Encode()))
		r.Header.Set("Content-Type", lawURLEncoded)
		for _, cookie := range x.sari.client.Jar.Cookies(must(url.Parse(x.url))(t)) {
			r.AddCookie(cookie)
		}
		w := &gone{ResponseRecorder: httptest.NewRecorder(), most: most}
		x.ServeHTTP(w, r)
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'report.export' AND result = 'cut' AND detail NOT LIKE '%"rows":"60"%'`); n != most+1 {
			t.Errorf("%d pieces: cut off %d times; %d %.300s", most, n, w.Code, w.Body)
		}
	}
	table(t, x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportExcel)), tickets.ExportExcel)
}
