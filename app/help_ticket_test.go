package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/guide"
	"pulih/tickets"
)

// walked is a phone that tried two steps and measured its clock.
func (x *test) walked() *browser {
	x.t.Helper()
	b := x.clockBrowser(onPhone)
	b.post(stepClock+"/jam", nil)
	b.post("/cek-jam/ukur", url.Values{"selisih": {"-240000"}, "ragu": {"1500"}})
	b.answer(stepClock, "belum")
	b.post("/bantuan/otp-tidak-valid/jam-otomatis", url.Values{"hasil": {"tidak-bisa"}, "merek": {"samsung"}})
	return b
}

// What the walk learned goes with the request, shown first, and the agent
// sees it apart from what the person says.
func TestTheAgentSeesWhatTheAppMeasured(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		b := x.walked()
		b.post("/bantuan/pendamping", url.Values{"pendamping": {"ya"}})
		form := b.follow(b.answer("/bantuan/otp-tidak-valid/jam-otomatis", "petugas"))
		if form.Find(`input[name="sebab"][value="ditolak"]`).Length() != 1 {
			t.Errorf("no cause is chosen:\n%s", form.text())
		}
		form.mustSay(t, http.StatusOK, "Catatan dari penelusur masalah")
		number := x.sendRequest(b)
		agent := x.clerk("197101012000011001", "Rina Contoh", accounts.Agent)
		seen := agent.open(number).Find("main")
		measured := seen.Find(`section.card:contains("Diukur aplikasi")`).Text()
		answered := seen.Find(`section.card:contains("Jawaban pemohon")`).Text()
		for _, fact := range []string{"terlambat 4 menit", "jam browser", "± 2 detik", "bukan bukti identitas"} {
			if !strings.Contains(measured, fact) || fact == "terlambat 4 menit" && strings.Contains(answered, fact) {
				t.Errorf("measured %q in:\n%s", fact, measured)
			}
		}
		for _, fact := range []string{x.symptomTitle("otp-tidak-valid"), "Uji jam HP Anda", x.outcomeWords(guide.StepOutcome{Place: lawPlace, Outcome: guide.Failed}), "Samsung", "Minta petugas", "Dibantu orang lain"} {
			if !strings.Contains(answered, fact) || strings.Contains(measured, fact) {
				t.Errorf("answered %q in:\n%s", fact, answered)
			}
		}
		if story := seen.Find(`section.card:contains("Kata pemohon")`).Text(); strings.Contains(story, "terlambat 4 menit") || !strings.Contains(story, "Hilang di angkot") {
			t.Errorf("what he says: %s", story)
		}
	})
}

// sendRequest files the usual request in b and returns its number.
func (x *test) sendRequest(b *browser, pairs ...string) string {
	x.t.Helper()
	check := b.fillIn("masalah", "Hilang di angkot")
	sent := b.send(check, pairs...)
	if sent.status != http.StatusSeeOther {
		x.t.Fatalf("%d %s", sent.status, sent.text())
	}
	return strings.TrimPrefix(sent.header.Get("Location"), "/tiket/")
}

// A walk is handed over once. A request from a browser without one, and one
// for which the person did not want it, carries nothing.
func TestAWalkGoesWithOneRequestOnly(t *testing.T) {
	x := newTest(t)
	b := x.walked()
	x.sendRequest(b)
	n := x.countRows(`SELECT count(*) FROM ticket_facts`)
	x.exec(`DELETE FROM limits`)
	x.sendRequest(b)
	if again := x.countRows(`SELECT count(*) FROM ticket_facts`); n == 0 || again != n {
		t.Errorf("%d facts, then %d", n, again)
	}
	shy := x.walked()
	x.exec(`DELETE FROM limits`)
	x.sendRequest(shy, "sertakan", "")
	if again := x.countRows(`SELECT count(*) FROM ticket_facts`); again != n {
		t.Errorf("%d facts after he left the tick out", again)
	}
}

// What came after the page that showed it is shown again first.
func TestNothingGoesThatWasNotShown(t *testing.T) {
	x := newTest(t)
	b := x.walked()
	check := b.fillIn()
	x.clock.Advance(time.Second)
	b.post("/cek-jam/ukur", url.Values{"selisih": {"3600000"}, "ragu": {"10"}})
	again := b.send(check)
	again.mustSay(t, http.StatusOK, "lebih cepat tepat 1 jam")
	if n := x.countRows(`SELECT count(*) FROM tickets`); n != 0 {
		t.Errorf("%d filed", n)
	}
	if p := b.send(again); p.status != http.StatusSeeOther || x.countRows(`SELECT count(*) FROM ticket_facts WHERE drift_ms = 3600000`) != 1 {
		t.Errorf("%d, or not carried", p.status)
	}
}

// The next person at a shared computer files his own request, not another's
// notes: an old walk waits for a tick, one that ended well is over.
func TestAnOldWalkGoesOnlyWhenOwned_impostor25(t *testing.T) {
	x := newTest(t)
	facts := func() int { x.exec(`DELETE FROM limits`); return x.countRows(`SELECT count(*) FROM ticket_facts`) }
	b := x.walked()
	x.clock.Advance(31 * time.Minute)
	x.sendRequest(b)
	if n := facts(); n != 0 {
		t.Errorf("%d facts of somebody else", n)
	}
	b = x.walked()
	x.clock.Advance(31 * time.Minute)
	x.sendRequest(b, "sertakan", "ya")
	n := facts()
	if n == 0 {
		t.Error("not even when he says they are his")
	}
	b = x.walked()
	b.answer("/bantuan/otp-tidak-valid/kode-baru", "berhasil")
	x.sendRequest(b)
	if again := facts(); again != n {
		t.Errorf("%d facts of a walk that ended well", again-n)
	}
}

// The clock of the app is not lost behind a weaker look at the phone's
// (clock.md §4.1): each method stands there.
func TestEachMethodIsHandedOver_clock41(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	b.post(stepClock+"/jam", nil)
	app := x.scan(b.practise(), -4*time.Minute)
	b.submit(b.get(practicePath), "kode", app.code())
	x.clock.Advance(time.Second)
	b.post("/cek-jam/ukur", url.Values{"selisih": {"0"}, "ragu": {"10"}})
	x.sendRequest(b)
	methods := lawRows(t, x.DB, `SELECT method FROM ticket_facts WHERE kind = 'jam' ORDER BY place`, func(v []any) string { return v[0].(string) })
	if !slices.Equal(methods, []string{"browser", "code"}) {
		t.Errorf("carried %v", methods)
	}
}

// A symptom alone goes along too, with a cause that fits its kind.
func TestASymptomGoesAlong(t *testing.T) {
	x := newTest(t)
	causes := map[string]bool{}
	for _, o := range requestCauses {
		causes[o.Value] = true
	}
	kinds := []tickets.Kind{tickets.MFA, tickets.Email, tickets.Lock, tickets.Activation, tickets.Fraud, tickets.Other}
	for _, s := range x.Catalogue.Symptoms() {
		if !slices.Contains(kinds, tickets.Kind(s.Kind)) || !causes[causeOf(s)] {
			t.Errorf("%s: kind %q, cause %q", s.Key, s.Kind, causeOf(s))
		}
	}
	b := x.browser()
	form := b.get("/tiket/baru?gejala=penipuan")
	b.submit(form)
	for _, part := range requestParts {
		if part.key == "masalah" {
			continue // the troubleshooter knows it
		}
		b.savePart(part.key)
	}
	if p := b.send(b.get(requestCheckPath)); p.status != http.StatusSeeOther {
		t.Fatalf("%d %s", p.status, p.text())
	}
	if n := x.countRows(`SELECT count(*) FROM ticket_facts WHERE kind = 'gejala' AND symptom = 'penipuan'`); n != 1 {
		t.Errorf("%d symptoms carried", n)
	}
}

// Facts hold no secret, and are the same work for a known and an unknown
// number (law 10).
func TestFactsHoldNoSecretAndTellNothing(t *testing.T) {
	x := newTest(t)
	x.employee(sitiNIP)
	count := func(nip string) int64 {
		b := x.walked()
		x.exec(`DELETE FROM limits`)
		check := b.fillIn("nip", nip)
		before := x.DB.Statements()
		b.send(check)
		return x.DB.Statements() - before
	}
	least := func(nip string) int64 { return min(count(nip), count(nip), count(nip)) } // a busy machine may add one
	if known, unknown := least(sitiNIP), least("199408172022211003"); known != unknown {
		t.Errorf("%d statements for a known number, %d for an unknown one", known, unknown)
	}
	for _, row := range lawDump(t, x.DB, "ticket_facts") {
		if strings.Contains(row, sitiNIP) || strings.Contains(row, "127.0.0") {
			t.Errorf("%q", row)
		}
	}
}
