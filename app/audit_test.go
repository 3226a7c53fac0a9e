package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
)

// sealed has the log of a test indexed, as the server does each second.
func (x *test) sealed() {
	x.t.Helper()
	must(audit.Sealer{DB: x.DB, Where: tickets.Whose(testAgency)}.Seal(context.Background()))(x.t)
}

func auditRowsOf(p page) int { return p.Find("table.data tbody tr").Length() }

func TestASupervisorSearchesTheLog_AU06(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		number := x.remote(tickets.MFA).Number
		x.rina.mustGo(number, "pengambilan")
		x.rina.mustGo(number, "catatan", "catatan-teks", "Satu catatan.")
		x.sealed()
		rina := x.staffID(x.rina)
		for name, c := range map[string]struct {
			query url.Values
			says  string
			not   string
		}{
			"everything":   {url.Values{}, "Petugas masuk", "zzz"},
			"a ticket":     {url.Values{"nomor": {strings.ToLower(number)}}, "Permohonan: catatan internal", "Petugas mengetik OTP"},
			"an actor":     {url.Values{"pelaku": {rina}}, "Permohonan: diambil", "Petugas ditambah"},
			"a kind":       {url.Values{"pelaku": {"console"}}, "Petugas ditambah", "Permohonan: diambil"},
			"an action":    {url.Values{"tindakan": {"ticket.note"}}, "Permohonan: catatan internal", "ticket.claim ·"},
			"a bad result": {url.Values{"hasil": {"refused"}}, "Tidak ada peristiwa", "ticket.claim ·"},
			"a day before": {url.Values{"dari": {"2020-01-01"}, "sampai": {"2020-01-02"}}, "Tidak ada peristiwa", "ticket.claim ·"},
		} {
			p := x.sari.get(auditPath + "?" + c.query.Encode())
			p.mustSay(t, http.StatusOK, c.says)
			if strings.Contains(p.Find("table.data").Text(), c.not) {
				t.Errorf("%s: shows %q too", name, c.not)
			}
		}
		x.sari.get(auditPath+"?dari=2026-02-02&sampai=2026-01-01").mustSay(t, http.StatusUnprocessableEntity, "mendahului")
		x.sari.get(auditPath+"?nomor="+strings.ToLower(strings.ReplaceAll(number, "-", ""))).mustSay(t, http.StatusOK, number)
		x.sari.get(auditPath+"?nomor=PUL-0000-0000").mustSay(t, http.StatusUnprocessableEntity, "Tidak ada permohonan bernomor ini")
	})
}

// A number is looked for by POST; neither address, page nor log holds it, and
// a name would be a reference value (impostor 22).
func TestANumberIsInNoAddress_AU05(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	x.rina.mustGo(number, "pengambilan")
	x.sealed()
	found := x.sari.submit(x.sari.get(auditPath), "nip", "19860926 201505 1 001")
	if found.status != http.StatusSeeOther || strings.Contains(found.header.Get("Location"), "1986") {
		t.Fatal(found.status, found.header)
	}
	p := x.sari.follow(found)
	p.mustSay(t, http.StatusOK, "Hanya peristiwa tentang satu orang")
	if auditRowsOf(p) == 0 {
		t.Fatal("nothing is found:\n", p.text())
	}
	for _, secret := range []string{string(asn.NIP), asn.Name, asn.Unit, string(asn.Email), "81234567890"} {
		if strings.Contains(p.body, secret) || strings.Contains(x.log.String(), secret) {
			t.Errorf("the page or the log holds %q", secret)
		}
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE detail LIKE '%` + secret + `%'`); n > 0 && secret == string(asn.NIP) {
			t.Errorf("the audit log holds %q", secret)
		}
	}
	x.sari.post(auditPath, url.Values{"nip": {"199001012015051003"}}).mustSay(t, http.StatusUnprocessableEntity, "Tidak ada orang dengan NIP ini")
	x.sari.post(auditPath, url.Values{"nip": {"123"}}).mustSay(t, http.StatusUnprocessableEntity, "Ketik 18 angka")
}

// Whatever somebody types into the address or the form of an incident: what is
// not known is refused, and gets into no log and no copy of one (AU-05).
func TestWhatIsTypedGetsIntoNoLog_AU05(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.MFA)
	typed := "198609262015051001"
	for _, name := range []string{"orang", "nomor", "pelaku", "tindakan", "hasil", "dari", "sampai"} {
		for _, value := range []string{typed, "Siti+Contoh"} {
			if p := x.sari.get(auditPath + "?" + name + "=" + value); p.status != http.StatusUnprocessableEntity || auditRowsOf(p) != 0 {
				t.Errorf("%s=%s: %d, %d rows", name, value, p.status, auditRowsOf(p))
			}
		}
	}
	x.sari.get(auditPath + "?posisi=" + typed + "." + typed)
	for _, name := range []string{"dari", "sampai", "pelaku", "tindakan", "jaringan"} {
		if p := x.sari.post(affectedPath, affectedFilled(x.sari, name, typed)); p.status != http.StatusUnprocessableEntity {
			t.Errorf("an incident of %s: %d", name, p.status)
		}
	}
	x.sealed()
	copied := filepath.Join(t.TempDir(), "audit.jsonl")
	must(must(audit.NewCopier(context.Background(), x.DB, copied))(t).Copy(context.Background()))(t)
	held := x.log.String() + string(must(os.ReadFile(copied))(t)) + fmt.Sprint(lawDump(t, x.DB, "audit_events", "audit_places"))
	for _, secret := range []string{typed, "Siti Contoh", "Siti+Contoh"} {
		if strings.Contains(held, secret) {
			t.Errorf("a log holds %q", secret)
		}
	}
	if !strings.Contains(held, string(audit.AuditRead)) {
		t.Fatal("nothing was looked at")
	}
}

// Who watches is watched: each page that is read is an event of its own.
func TestReadingTheLogIsAudited_AU03(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	x.sealed()
	x.sari.get(auditPath + "?nomor=" + number + "&tindakan=ticket.open")
	if n := x.countRows(`SELECT count(*) FROM audit_events e JOIN tickets t ON t.id = e.object WHERE e.action = 'audit.read' AND e.actor = '` +
		x.staffID(x.sari) + `' AND detail LIKE '%ticket.open%'`); n != 1 {
		t.Errorf("%d rows tell of it", n)
	}
	x.sari.follow(x.sari.post(auditPath, url.Values{"nip": {string(asn.NIP)}}))
	if n := x.countRows(`SELECT count(*) FROM audit_events e JOIN people p ON p.id = e.person WHERE e.action = 'audit.read'`); n != 1 {
		t.Errorf("%d rows tell of whom", n)
	}
	x.sari.get(auditPath + "?nomor=PUL-0000-0000")
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'audit.read'`); n != 2 {
		t.Errorf("%d rows; what shows nothing is no reading", n)
	}
}

func TestTheLogIsOfOnesOwnAgency_ST04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		umar := x.clerkOf(otherAgency, "197001072000011007", "Umar Penyelia", accounts.Supervisor)
		number := x.remote(tickets.MFA).Number
		x.rina.mustGo(number, "pengambilan")
		x.sealed()
		all := umar.get(auditPath)
		all.mustSay(t, http.StatusOK, "Umar Penyelia")
		for _, ours := range []string{"Permohonan: diambil", "Rina Petugas", x.staffID(x.rina), number} {
			if strings.Contains(all.Find("table.data").Text(), ours) || strings.Contains(all.body, "Rina Petugas") {
				t.Errorf("another agency reads %q", ours)
			}
		}
		umar.get(auditPath+"?nomor="+number).mustSay(t, http.StatusUnprocessableEntity, "Tidak ada permohonan bernomor ini")
		umar.get(auditPath+"?pelaku="+x.staffID(x.rina)).mustSay(t, http.StatusUnprocessableEntity, "Pilih pelaku dari daftar")
		person := lawRows(t, d, `SELECT id FROM people`, func(v []any) string { return v[0].(string) })[0]
		umar.get(auditPath+"?orang="+person).mustSay(t, http.StatusUnprocessableEntity, "tidak ada di instansi Anda")
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'audit.read' AND person = '` + person + `'`); n != 0 {
			t.Error("another agency writes into his history")
		}
		umar.post(auditPath, url.Values{"nip": {string(asn.NIP)}}).mustSay(t, http.StatusUnprocessableEntity, "Tidak ada orang dengan NIP ini")
	})
}

func TestOnlySupervisorsReadTheLog_ST10(t *testing.T) {
	x := newStaffed(t)
	for _, g := range []*clerk{x.rina, x.budi, x.adi} {
		for _, path := range []string{auditPath, chainPath} {
			if p := g.get(path); p.status != http.StatusForbidden {
				t.Errorf("%s reads %s: %d", g.name, path, p.status)
			}
		}
	}
}

// Who is bound to units reads by the number of a request that he can see.
func TestABoundSupervisorReadsByNumberOnly_ST04(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	x.sealed()
	for unit, status := range map[string]int{"Dinas Pendidikan": http.StatusOK, "Dinas Lain": http.StatusUnprocessableEntity} {
		x.exec(fmt.Sprintf(`UPDATE staff SET units = '%s' WHERE nip = '%s'`, unit, x.sari.nip))
		free := x.sari.get(auditPath + "?tindakan=ticket.open")
		free.mustSay(t, http.StatusOK, "terikat pada unit")
		if auditRowsOf(free) != 0 {
			t.Error("reads without a number")
		}
		if p := x.sari.get(auditPath + "?nomor=" + number); p.status != status || (auditRowsOf(p) > 0) != (status == http.StatusOK) {
			t.Errorf("%s: %d, %d rows", unit, p.status, auditRowsOf(p))
		}
	}
}

func TestPagesOfTheLogLeadOn(t *testing.T) {
	x := newStaffed(t)
	for range auditSize + 5 {
		x.sari.get(auditPath)
	}
	x.sealed()
	first := x.sari.get(auditPath + "?tindakan=audit.read")
	next := first.Find(`a[rel="next"]`).AttrOr("href", "")
	second := x.sari.get(next)
	if auditRowsOf(first) != auditSize || auditRowsOf(second) != 5 || !strings.Contains(next, "tindakan=audit.read") {
		t.Errorf("%d and %d rows, %s", auditRowsOf(first), auditRowsOf(second), next)
	}
	if back := second.Find(`a[rel="prev"]`).AttrOr("href", ""); back != auditPath+"?tindakan=audit.read" {
		t.Error(back)
	}
}

// Every action of the code has words, or a supervisor reads a code.
func TestEveryActionHasWords(t *testing.T) {
	for file, pattern := range map[string]string{"../audit/actions.go": `Action = "([a-z.]+)"`, "../tickets/verb.go": `Verb = "([a-z]+)"`} {
		source := string(must(os.ReadFile(file))(t))
		found := regexp.MustCompile(pattern).FindAllStringSubmatch(source, -1)
		if len(found) < 40 {
			t.Fatal(file, len(found))
		}
		for _, m := range found {
			action := audit.Action(m[1])
			if strings.Contains(file, "verb") {
				action = audit.Ticket + action
			}
			if words := actionWords(action); words == string(action) && action != audit.Ticket {
				t.Errorf("%s has no words", action)
			}
		}
	}
}

// A check that is started from the page finds what was tampered with, shows it
// to supervisors on both pages, and is audited (impostor 26).
func TestTamperingIsShownOnThePage_AU01(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.MFA)
	x.sealed()
	if p := x.sari.submit(x.sari.get(chainPath)); p.status != http.StatusSeeOther {
		t.Fatal(p.status, p.text())
	}
	x.Wait()
	again := x.sari.get(chainPath)
	again.mustSay(t, http.StatusOK, "Cocok")
	again.mustSay(t, http.StatusOK, "Dapat diperiksa lagi pukul 10.1")
	x.sari.post(chainPath, nil).mustSay(t, http.StatusConflict, "baru saja diperiksa")
	x.clock.Advance(10 * time.Minute)
	x.exec(`DROP TRIGGER audit_events_no_update`)
	x.exec(`UPDATE audit_events SET actor = 'x' WHERE action = 'ticket.open'`)
	x.sari.submit(x.sari.get(chainPath))
	x.Wait()
	p := x.sari.get(chainPath)
	p.mustSay(t, http.StatusOK, "Tidak cocok")
	p.mustSay(t, http.StatusOK, "diubah setelah dikunci")
	p.mustSay(t, http.StatusOK, "Sari Penyelia")
	x.sari.get(auditPath).mustSay(t, http.StatusOK, "Catatan audit tidak cocok")
	if !strings.Contains(x.log.String(), "audit log does not agree") {
		t.Error("operators are not told")
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'audit.verify' AND actor = '` + x.staffID(x.sari) + `' AND result = 'begun'`); n != 2 {
		t.Errorf("%d checks are audited", n)
	}
}

func TestTheNightChecksByItself_AU01(t *testing.T) {
	x := newStaffed(t)
	for range 2 {
		if err := x.checkNightly(context.Background()); err != nil {
			t.Fatal(err)
		}
		x.Wait()
	}
	if n := x.countRows(`SELECT count(*) FROM audit_checks WHERE kind = 'clock' AND ended_at > 0`); n != 1 {
		t.Errorf("%d checks", n)
	}
	x.sari.get(chainPath).mustSay(t, http.StatusOK, "Pulih sendiri")
}
