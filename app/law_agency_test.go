package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/views"
)

// twoAgencies are ours, with something of every sort, a colleague who has
// every role, and a stranger who has every role at another, with a request of
// his own.
type twoAgencies struct {
	council
	number, theirs      string
	decided, unproven   string            // checked by Rina and approved by the colleague; nobody's yet
	ids                 map[string]string // by route up to the parameter: an id of ours
	marks               []string          // what only our agency may read
	colleague, stranger *clerk
}

const otherAgency = "BKD Kota Lain"

func newTwoAgencies(x *test) twoAgencies {
	x.t.Helper()
	a := twoAgencies{council: x.council(), ids: map[string]string{}}
	x.enrolASN(testAgency)
	a.colleague = x.clerk("197001082000011008", "Wayan Semua", accounts.Roles...)
	a.stranger = x.clerkOf(otherAgency, "197001072000011007", "Umar Semua", accounts.Roles...)
	a.number = a.requestWithFile()
	a.rina.post(incidentPath, announcement(incidentText))
	a.adi.post(staffListPath, newcomerForm(accounts.Agent))
	a.sari.post(savedPath, url.Values{"judul": {"Salam kami"}, "teks": {"Teks balasan kami."}})
	a.sari.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"Datang ke loket"}, "dokumen": {seenNumber}})
	for prefix, query := range map[string]string{accessPath: `SELECT id FROM access_requests`, ticketAddress(":no") + "/bukti": `SELECT id FROM ticket_proofs`, ticketAddress(":no") + "/berkas": `SELECT id FROM attachments`,
		incidentPath: `SELECT id FROM incidents`, savedPath: `SELECT id FROM saved_replies`,
		settingsPath + "/usulan": `SELECT id FROM staff_proposals WHERE kind = 'staff.add'`, staffListPath: `SELECT id FROM staff WHERE nip = '` + a.rina.nip + `'`} {
		a.ids[prefix] = lawRows(x.t, x.DB, query, func(v []any) string { return v[0].(string) })[0]
	}
	a.unproven = x.remote(tickets.Lock).Number
	a.decided = x.checked(a.rina)
	a.colleague.mustGo(a.decided, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", a.colleague.otp())
	a.ids[bulkWaiting] = x.proposedBulk(a.rina, a.number)
	a.ids[exportPath] = a.colleague.sheet()
	a.theirs = x.requestElsewhere()
	a.sealed()
	a.marks = []string{a.number, a.decided, a.unproven, "Siti C.", incidentText, "Salam kami", "Teks massal kami.", a.rina.name, a.adi.name, "Baru Contoh", a.ids[staffListPath], a.ids[ticketAddress(":no")+"/berkas"]}
	return a
}

// requestWithFile has a document sent by the person, and one item of proof.
func (a twoAgencies) requestWithFile() string {
	a.t.Helper()
	f := a.reader(a.remote(tickets.MFA))
	f.upload(views.StatusPath(f.number, "berkas"), ktp, photo())
	a.rina.mustGo(f.number, "bukti", "ktp-nama", asn.Name, "ktp-lahir", "26-09-1986", "ktp-nomor", seenNumber, "ktp-cara", "video")
	return f.number
}

// requestElsewhere is a request of the other agency.
func (x *test) requestElsewhere() string {
	x.t.Helper()
	p := accounts.Person{ID: db.NewID(), NIP: "199001012015051003", Name: "Joko Lain", Unit: "Dinas Lain", Agency: otherAgency, Active: true}
	err := x.DB.Write(context.Background(), func(tx *db.Tx) error { return x.Accounts.AddPerson(context.Background(), tx, p) })
	if err != nil {
		x.t.Fatal(err)
	}
	return must(x.Desk.Open(context.Background(), tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: p.Unit, Problem: "HP hilang.",
		Kind: tickets.MFA, Channel: tickets.Remote}, audit.Actor{Kind: audit.Anonymous}))(x.t).Number
}

// paths are the addresses of a route with an id of ours in each place, alone
// and below a request of the stranger's own. A route whose id we have not is
// a fault of the test.
func (a twoAgencies) paths(r route) []string {
	ours := lawPath(r.Path, a.params(r, a.number))
	if strings.Contains(ours, "tidak-ada") {
		a.t.Errorf("%s %s: no id of ours is known", r.Method, r.Path)
	}
	if query := a.queries()[r.Path]; query != "" && r.Method == get {
		return []string{ours + query, ours}
	}
	if strings.Count(r.Path, ":") > 1 {
		return []string{ours, lawPath(r.Path, a.params(r, a.theirs))}
	}
	return []string{ours}
}

// queries are of the pages that show something only when they are asked.
func (a twoAgencies) queries() map[string]string {
	return map[string]string{savedPath: "?ubah=" + a.ids[savedPath], "/petugas/cari": "?kata=Siti", "/petugas/antrean": "?tampilan=belum-terbukti", auditPath: "?tindakan=ticket.open",
		"/petugas/laporan/daftar": "?angka=masuk&dari=2026-11-01&sampai=2026-11-30",
		pairsPath:                 "?" + strings.SplitAfter(thisWeeks, "?")[1] + "&pemeriksa=" + a.staffID(a.rina) + "&verifikator=" + a.staffID(a.colleague)}
}

func (a twoAgencies) params(r route, number string) map[string]string {
	params := map[string]string{"no": number}
	for prefix, id := range a.ids {
		if rest, ok := strings.CutPrefix(r.Path, prefix+"/:"); ok {
			name, _, _ := strings.Cut(rest, "/")
			params[name] = id
		}
	}
	return params
}

// form is a whole one for an address, with our number in every place where
// one may be named.
func (a twoAgencies) form(r route, path string) string {
	form, _ := lawForm(a.t, r.Path)
	for name, values := range form {
		if strings.HasPrefix(values[0], "PUL-") {
			form.Set(name, a.number)
		}
		if strings.HasPrefix(name, chosenPrefix) {
			form.Del(name)
			form.Set(chosenPrefix+a.number, "ya")
		}
	}
	if r.Path != bulkPath {
		form.Del("langkah") // a preview would change nothing anyway
	}
	if form.Has("versi") {
		number := a.number
		if strings.Contains(path, a.theirs) {
			number = a.theirs
		}
		form.Set("versi", fmt.Sprint(a.countRows(`SELECT version FROM tickets WHERE number = '`+number+`'`)))
	}
	return form.Encode()
}

// Whoever has every role at another agency reads nothing of ours, finds none
// of our ids, and changes no row of ours: on every route of staff (ST-04).
func TestEveryStaffRouteKeepsToItsAgency_ST04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		a := newTwoAgencies(newTestOn(t, d, clock))
		before, tried := a.ours(), 0
		for _, r := range isolatedRoutes() {
			for _, path := range a.paths(r) {
				a.exec(`DELETE FROM limits`)
				form := a.form(r, path)
				p := a.stranger.lawOpen(r.Method, path, form)
				tried++
				if (strings.Contains(r.Path, ":") || strings.Contains(path, a.ids[savedPath])) && p.status != http.StatusNotFound && (p.status < 400 || !strings.Contains(path, a.theirs)) {
					t.Errorf("%s %s: %d", r.Method, path, p.status)
				}
				a.reads(r, p, form)
			}
		}
		if tried < 50 {
			t.Errorf("tried %d routes", tried)
		}
		after := a.ours()
		for _, row := range before {
			if !slices.Contains(after, row) {
				t.Errorf("changed: %.200q", row)
			}
		}
	})
}

// The same requests find what they ask for when a colleague sends them, and
// he reads each of the marks somewhere: so the test above can fail.
func TestEveryStaffRouteServesItsOwnAgency(t *testing.T) {
	a := newTwoAgencies(newTest(t))
	read := map[string]bool{}
	for _, r := range isolatedRoutes() {
		path := a.paths(r)[0]
		p := a.colleague.lawOpen(r.Method, path, a.form(r, path))
		if p.status == http.StatusNotFound && r.Method == post { // settled by the route before
			a = newTwoAgencies(newTest(t))
			path = a.paths(r)[0]
			p = a.colleague.lawOpen(r.Method, path, a.form(r, path))
		}
		if p.status == http.StatusNotFound || p.status == http.StatusBadRequest || p.status >= 500 || r.Method == get && p.status >= 400 {
			t.Errorf("%s %s: %d\n%s", r.Method, path, p.status, p.text())
		}
		shows := false
		for i, mark := range a.marks {
			if strings.Contains(p.body, mark) {
				read[fmt.Sprint(i)], shows = true, true
			}
		}
		if r.Method == get && a.queries()[r.Path] != "" && !shows {
			t.Errorf("GET %s shows nothing of ours, so it could not fail", path)
		}
	}
	if len(read) != len(a.marks) {
		t.Errorf("he reads %v of %d marks", read, len(a.marks))
	}
}

// isolatedRoutes are those of staff, pages first: they change nothing.
func isolatedRoutes() []route {
	all := slices.DeleteFunc(slices.Clone(routes), func(r route) bool {
		return !strings.HasPrefix(r.Guard.name, "staff:") || r.Path == "/petugas/keluar"
	})
	slices.SortStableFunc(all, func(a, b route) int { return strings.Compare(a.Method, b.Method) })
	return all
}

// reads fails for a mark on a page, unless he has just sent it himself.
func (a twoAgencies) reads(r route, p page, form string) {
	a.t.Helper()
	for _, mark := range a.marks {
		if p.Document != nil && strings.Contains(p.body, mark) && !strings.Contains(form, mark) && !strings.Contains(p.path, mark) {
			a.t.Errorf("%s %s shows %q", r.Method, p.path, mark)
		}
	}
}

// ours are all rows of the domain but the stranger's own.
func (a twoAgencies) ours() []string {
	return slices.DeleteFunc(lawDump(a.t, a.DB, lawDomain...), func(row string) bool {
		return strings.Contains(row, a.stranger.nip) || strings.Contains(row, otherAgency) || strings.Contains(row, a.theirs)
	})
}
