package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
)

// asked writes down an access request of the test's person.
func (x *staffed) asked() string {
	x.t.Helper()
	p := x.sari.submit(x.sari.get(accessPath), "nip", string(asn.NIP), "dasar", "Datang ke loket")
	if p.status != http.StatusSeeOther {
		x.t.Fatal(p.status, p.text())
	}
	return p.header.Get("Location")
}

// Somebody asks for what is kept of him: it is due within 3 x 24 hours, handed
// over at the counter for a fresh code, and both are written down where he
// reads them himself (UU 27/2022, article 32).
func TestAnAccessRequestIsHandedOver_PR02(t *testing.T) {
	x := newStaffed(t)
	x.resolved(10 * time.Minute)
	at := x.asked()
	page := x.sari.get(at)
	page.mustSay(t, http.StatusOK, "Sisa 3 hari")
	for _, hidden := range []string{string(asn.NIP), asn.Name} {
		if strings.Contains(page.body, hidden) || strings.Contains(at, hidden) {
			t.Errorf("shows %q before it is handed over", hidden)
		}
	}
	x.sari.fill(page, at, "bentuk", "cetak", "asli", "", "otp", x.sari.otp()).mustSay(t, http.StatusUnprocessableEntity, "setelah melihat dokumen aslinya")
	x.sari.fill(page, at, "bentuk", "cetak", "asli", "ya", "otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP tidak cocok")
	printed := x.sari.fill(page, at, "bentuk", "cetak", "asli", "ya", "otp", x.sari.otp())
	printed.mustSay(t, http.StatusOK, asn.Name)
	printed.mustSay(t, http.StatusOK, "Petugas membuka permohonan Anda")
	for _, hidden := range []string{x.rina.name, string(asn.Email), "otpauth"} {
		if strings.Contains(printed.Find("main").Text(), hidden) {
			t.Errorf("the sheet names %q", hidden)
		}
	}
	x.sari.get(accessPath).mustSay(t, http.StatusOK, "Tidak ada yang menunggu")
	csv := x.sari.fill(x.sari.get(at), at, "bentuk", "csv", "asli", "ya", "otp", x.sari.otp())
	for _, want := range []string{"\ufeff", "Permintaan data pribadi Anda dicatat;Petugas;", "Data pribadi Anda diserahkan di loket;Petugas;", "Permohonan: dibuka"} {
		if csv.status != http.StatusOK || !strings.Contains(csv.body, want) {
			t.Errorf("%d, no %q:\n%s", csv.status, want, csv.body)
		}
	}
	for _, hidden := range []string{x.rina.name, x.sari.name, "127.0.0.0/24\r\n23-11-2026 10.02 WITA;Permintaan"} {
		if strings.Contains(csv.body, hidden) {
			t.Errorf("the file names %q", hidden)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'history.export' AND person <> ''`); n != 2 {
		t.Errorf("audited %d times", n)
	}
}

func TestALateAnswerIsSeen_PR02(t *testing.T) {
	x := newStaffed(t)
	x.asked()
	x.exec(`UPDATE access_requests SET asked_at = asked_at - 300000000000`)
	x.sari.get(accessPath).mustSay(t, http.StatusOK, "Lewat 11 jam")
}

// A history is shown at the counter, to nobody about himself, and to no other
// agency (impostor 16, ST-04, ST-05).
func TestAHistoryLeavesAtTheCounterOnly_impostor16(t *testing.T) {
	x := newStaffed(t)
	at := x.asked()
	form := func(g *clerk) url.Values {
		return url.Values{"asli": {"ya"}, "otp": {g.otp()}, "bentuk": {"csv"}}
	}
	umar := x.clerkOf(otherAgency, "197001072000011007", "Umar Penyelia", accounts.Supervisor)
	if p := umar.post(at, form(umar)); p.status != http.StatusNotFound {
		t.Error("another agency: ", p.status)
	}
	if p := umar.get(at); p.status != http.StatusNotFound {
		t.Error("another agency reads: ", p.status)
	}
	umar.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"Ingin tahu"}}).mustSay(t, http.StatusUnprocessableEntity, "Tidak ada orang dengan NIP ini")
	own := x.clerk(string(asn.NIP), asn.Name, accounts.Supervisor)
	if p := own.post(at, form(own)); p.status != http.StatusForbidden {
		t.Error("about himself: ", p.status)
	}
	if p := own.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"Ingin tahu"}}); p.status != http.StatusForbidden {
		t.Error("asks about himself: ", p.status)
	}
	x.exec(`UPDATE staff SET units = 'Dinas Lain' WHERE nip = '` + x.sari.nip + `'`)
	if p := x.sari.post(at, form(x.sari)); p.status != http.StatusNotFound {
		t.Error("of another unit: ", p.status)
	}
	x.exec(`UPDATE staff SET units = '' WHERE nip = '` + x.sari.nip + `'`)
	x.CounterNetworks = nil
	if p := x.sari.post(at, form(x.sari)); p.status != http.StatusForbidden || !strings.Contains(p.text(), tickets.ErrDesk.Text) {
		t.Error("away from the counter: ", p.status)
	}
	if n := x.countRows(`SELECT count(*) FROM access_requests WHERE handed_at > 0`); n != 0 {
		t.Error("it was handed over")
	}
}

func TestAReasonHoldsNoNumber_AU05(t *testing.T) {
	x := newStaffed(t)
	x.sari.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"NIP 19860926 201505 1 001"}}).mustSay(t, http.StatusUnprocessableEntity, "tanpa NIP")
}
