package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/tickets"
)

const exportsBegun = `SELECT count(*) FROM audit_events WHERE action = 'report.export' AND result = 'begun'`

// One code lets one file out, of either form, however many ask at once.
func TestOneCodeLetsOneFileOut_SE07(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Other)
	code := x.sari.otp()
	var all sync.WaitGroup
	for i := range 8 {
		form := []tickets.ExportForm{tickets.ExportExcel, tickets.ExportXLSX}[i%2]
		all.Go(func() { x.sari.post(exportMonth, url.Values{"bentuk": {string(form)}, "otp": {code}}) })
	}
	all.Wait()
	x.Wait()
	if n := x.countRows(exportsBegun); n != 1 {
		t.Errorf("%d files for one code", n)
	}
	x.sari.post(affectedPath, affectedFilled(x.sari, "otp", code)).mustSay(t, http.StatusUnprocessableEntity, "tidak cocok")
}

// A file does not outlive the session, the account, the agency, the role or
// the units for which it was made.
func TestAFileGoesWithItsSupervisor_ST04(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(*staffed)
		status  int
	}{
		"signed out": {func(x *staffed) { x.sari.post("/petugas/keluar", nil) }, http.StatusSeeOther},
		"disabled":   {func(x *staffed) { x.disable(x.sari) }, http.StatusSeeOther},
		"back again": {func(x *staffed) { x.sari.post("/petugas/keluar", nil); x.sari.signsInAgain() }, http.StatusNotFound},
		"other role": {func(x *staffed) { x.exec(`UPDATE staff SET roles = 'petugas' WHERE nip = '` + x.sari.nip + `'`) }, http.StatusForbidden},
		"fewer":      {func(x *staffed) { x.exec(`UPDATE staff SET units = 'RSUD Contoh' WHERE nip = '` + x.sari.nip + `'`) }, http.StatusNotFound},
		"moved": {func(x *staffed) {
			x.exec(`UPDATE staff SET agency = '` + otherAgency + `' WHERE nip = '` + x.sari.nip + `'`)
		}, http.StatusNotFound},
	} {
		x := newStaffed(t)
		x.remote(tickets.Other)
		job := exportPath + "/" + x.sari.sheet()
		c.happens(x)
		for _, address := range []string{job, job + "/berkas"} {
			if p := x.sari.get(address); p.status != c.status {
				t.Errorf("%s, %s: %d", name, strings.TrimPrefix(address, job), p.status)
			}
		}
	}
}

func (g *clerk) signsInAgain() {
	g.x.t.Helper()
	g.signsIn(g.nip, clerkPassword, g.otp()).mustSay(g.x.t, http.StatusSeeOther, "")
}

// meddler is a reader in the middle of whose file something happens.
type meddler struct {
	*httptest.ResponseRecorder
	pieces  int
	happens func()
}

func (m *meddler) Write(b []byte) (int, error) {
	if m.pieces++; m.pieces == 3 {
		m.happens()
	}
	return m.ResponseRecorder.Write(b)
}

// hourly files requests an hour apart, so that each is read by itself.
func (x *staffed) hourly(n int) {
	x.clock.Advance(-time.Duration(n) * time.Hour)
	for range n {
		f := tickets.Filing{NIP: asn.NIP, Name: "A", Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote}
		must(x.Desk.Open(context.Background(), f, audit.Actor{Kind: audit.Anonymous}))(x.t)
		x.clock.Advance(time.Hour)
	}
}

// as is a request that a clerk's browser would send.
func (g *clerk) as(address string, form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, g.x.url+address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", lawURLEncoded)
	for _, cookie := range g.client.Jar.Cookies(must(url.Parse(g.x.url))(g.x.t)) {
		r.AddCookie(cookie)
	}
	return r
}

// Whoever is disabled in the middle of a file reads no further, and the file
// says that it is not whole.
func TestAFileEndsWithItsSupervisor_ST07(t *testing.T) {
	x := newStaffed(t)
	x.hourly(60)
	w := &meddler{ResponseRecorder: httptest.NewRecorder(), happens: func() { x.disable(x.sari) }}
	x.ServeHTTP(w, x.sari.as(exportMonth, exportFilled(x.sari, tickets.ExportPlain)))
	if rows := strings.Count(w.Body.String(), "PUL-"); w.pieces < 3 || rows == 0 || rows > 40 || !strings.HasSuffix(w.Body.String(), "\"Berkas ini terputus dan tidak lengkap.\"\r\n") {
		t.Errorf("%d pieces, %d rows: %.900s", w.pieces, rows, w.Body)
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'report.export' AND result = 'cut'`); n != 1 {
		t.Errorf("%d were cut", n)
	}
}

// The name of a file is made of what we know, whatever stands in the address.
func TestNoAddressNamesAFile(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.Other)
	for _, query := range []string{
		"?angka=masuk%0d%0aX-Evil:1", "?angka=masuk%22", "?dari=2026-11-01%0d%0aX-Evil:1&sampai=2026-11-30", "?dari=..%2f&sampai=2026-11-30",
		"?dari=9999-01-01&sampai=9999-12-31", "?angka=masuk&menurut=nama&nilai=Siti",
	} {
		p := x.sari.post(exportPath+query, exportFilled(x.sari, tickets.ExportExcel))
		if p.status < 400 || p.header.Get("X-Evil") != "" || p.header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %d, %v", query, p.status, p.header)
		}
	}
	p := x.sari.post(exportMonth+"&angka=masuk&menurut=unit&nilai=%0d%0aX-Evil:1%22&unit=%0d%0aX-Evil:1", exportFilled(x.sari, tickets.ExportExcel))
	if p.header.Get("X-Evil") != "" || p.header.Get("Content-Disposition") != `attachment; filename="laporan-masuk-2026-11-01-2026-11-30.csv"` {
		t.Error(p.status, p.header)
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE detail LIKE '%Evil%'`); n != 0 {
		t.Errorf("%d rows of the log", n)
	}
}

// stalled is a line on which each piece takes as long as its reader likes, until
// its deadline is set into the past.
type stalled struct {
	*httptest.ResponseRecorder
	dead chan struct{}
}

func (h stalled) SetWriteDeadline(at time.Time) error {
	if !at.IsZero() && at.Before(time.Now()) {
		close(h.dead)
	}
	return nil
}

// A reader may be slow, but one that takes nothing for half a minute is let go.
func TestADeadReaderIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := stalled{httptest.NewRecorder(), make(chan struct{})}
		c := echo.New().NewContext(httptest.NewRequest(http.MethodPost, "/", nil), h)
		line := newPatientLine(c)
		defer line.stop()
		for range 100 {
			time.Sleep(exportPatience - time.Second)
			_, _ = line.Write([]byte("x"))
		}
		synctest.Wait()
		select {
		case <-h.dead:
			t.Fatal("a slow one was let go")
		default:
		}
		time.Sleep(exportPatience + time.Second)
		synctest.Wait()
		select {
		case <-h.dead:
		default:
			t.Fatal("a dead one holds the export")
		}
	})
}

// Nobody but a supervisor finds out that there is a file.
func TestAFileIsForSupervisors(t *testing.T) {
	x := newStaffed(t)
	umar := x.clerkOf(otherAgency, "197001072000011007", "Umar Penyelia", accounts.Supervisor)
	x.remote(tickets.Other)
	job := exportPath + "/" + x.sari.sheet()
	for want, all := range map[int][]*browser{http.StatusForbidden: {x.rina.browser, x.budi.browser, x.adi.browser},
		http.StatusNotFound: {umar.browser}, http.StatusSeeOther: {x.browser()}} {
		for _, b := range all {
			for _, address := range []string{job, job + "/berkas"} {
				if p := b.get(address); p.status != want || p.header.Get("Refresh") != "" {
					t.Errorf("%s: %d, want %d", address, p.status, want)
				}
			}
		}
	}
}
