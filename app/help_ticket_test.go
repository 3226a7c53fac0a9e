package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
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
		if form.Find(`input[name="sebab"][value="ditolak"][checked]`).Length() != 1 {
			t.Errorf("no cause is chosen:\n%s", form.text())
		}
		form.mustSay(t, http.StatusOK, "Ikut terkirim ke petugas")
		number := x.sendRequest(b)
		agent := x.clerk("197101012000011001", "Rina Contoh", accounts.Agent)
		seen := agent.open(number).Find("main")
		measured := seen.Find(`section.card:contains("Diukur aplikasi")`).Text()
		for _, fact := range []string{"Kode OTP ditolak saat saya masuk", "Uji jam HP Anda", "Belum berhasil", "Samsung",
			"terlambat 4 menit", "jam browser", "± 2 detik", "bukan bukti identitas", "Minta petugas", "Dibantu orang lain"} {
			if !strings.Contains(measured, fact) {
				t.Errorf("the agent does not see %q in:\n%s", fact, measured)
			}
		}
		if story := seen.Find(`section.card:contains("Kata pemohon")`).Text(); strings.Contains(story, "terlambat 4 menit") || !strings.Contains(story, "Hilang di angkot") {
			t.Errorf("what he says: %s", story)
		}
	})
}

// sendRequest files the usual request in b and returns its number.
func (x *test) sendRequest(b *browser) string {
	x.t.Helper()
	check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "masalah", "Hilang di angkot", "langkah", "periksa")...)
	sent := b.send(check)
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
	shy.follow(shy.submit(shy.get("/tiket/baru"))).mustSay(t, http.StatusOK, "Ajukan permohonan")
	x.exec(`DELETE FROM limits`)
	x.sendRequest(shy)
	if again := x.countRows(`SELECT count(*) FROM ticket_facts`); again != n {
		t.Errorf("%d facts after he took them back", again)
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
		check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "nip", nip, "langkah", "periksa")...)
		before := x.DB.Statements()
		b.send(check)
		return x.DB.Statements() - before
	}
	if known, unknown := count(sitiNIP), count("199408172022211003"); known != unknown {
		t.Errorf("%d statements for a known number, %d for an unknown one", known, unknown)
	}
	for _, row := range lawDump(t, x.DB, "ticket_facts") {
		if strings.Contains(row, sitiNIP) || strings.Contains(row, "127.0.0") {
			t.Errorf("%q", row)
		}
	}
}
