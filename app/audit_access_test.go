package app

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
)

const seenNumber = "7401 0001 2015"

// asked has an agent write down an access request of the test's person.
func (x *staffed) asked() string {
	x.t.Helper()
	p := x.rina.submit(x.rina.get(accessPath), "nip", string(asn.NIP), "dasar", "Datang ke loket", "dokumen", seenNumber)
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
	for _, none := range []string{"", "  ", "---", "12", strings.Repeat("1", 61)} {
		x.sari.fill(page, at, "bentuk", "cetak", "dokumen", none, "otp", x.sari.otp()).mustSay(t, http.StatusUnprocessableEntity, "Lihat dokumen aslinya")
	}
	x.sari.fill(page, at, "bentuk", "cetak", "dokumen", seenNumber, "otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP tidak cocok")
	x.sari.fill(page, at, "bentuk", "cetak", "dokumen", "7401 0001 2016", "otp", x.sari.otp()).mustSay(t, http.StatusUnprocessableEntity, tickets.ErrOriginal.Text)
	printed := x.sari.fill(page, at, "bentuk", "cetak", "dokumen", seenNumber, "otp", x.sari.otp())
	printed.mustSay(t, http.StatusOK, asn.Name)
	printed.mustSay(t, http.StatusOK, "Petugas membuka permohonan Anda")
	for _, hidden := range []string{x.rina.name, "otpauth", seenNumber} {
		if strings.Contains(printed.Find("main").Text(), hidden) {
			t.Errorf("the sheet names %q", hidden)
		}
	}
	printed.mustSay(t, http.StatusOK, string(asn.Email)) // his data, not their shadow
	printed.mustSay(t, http.StatusOK, string(asn.Phone))
	x.sari.get(accessPath).mustSay(t, http.StatusOK, "Tidak ada yang menunggu")
	if n := x.countRows(`SELECT count(*) FROM outbox WHERE kind IN ('notice.data.asked', 'notice.data.given')`); n != 2 {
		t.Errorf("%d letters", n)
	}
	csv := x.sari.fill(x.sari.get(at), at, "bentuk", "csv", "dokumen", seenNumber, "otp", x.sari.otp())
	for _, want := range []string{"\ufeff", `"Data pribadi";"NIP";"` + string(asn.NIP), `"Data pribadi";"Nama";"` + asn.Name, `"Data pribadi";"Email";"` + string(asn.Email), `"Data pribadi";"Telepon";"` + string(asn.Phone), `"Permintaan data pribadi Anda dicatat";"Petugas";`, `"Data pribadi Anda diserahkan di loket";"Petugas";`, "Data pribadi Anda tidak diserahkan: nomor dokumen lain", "Permohonan: dibuka"} {
		if csv.status != http.StatusOK || !strings.Contains(csv.body, want) {
			t.Errorf("%d, no %q:\n%s", csv.status, want, csv.body)
		}
	}
	for _, hidden := range []string{x.rina.name, x.sari.name, "127.0.0.0/24\r\n23-11-2026 10.02 WITA;Permintaan"} {
		if strings.Contains(csv.body, hidden) {
			t.Errorf("the file names %q", hidden)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'history.export' AND person <> '' AND detail LIKE '%"document":"typed"%"second":"` + x.staffID(x.rina) + `"%'`); n != 2 {
		t.Errorf("audited %d times", n)
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE detail LIKE '%74010001%' OR detail LIKE '%7401 0001%'`); n != 0 || strings.Contains(x.log.String(), seenNumber) {
		t.Error("the number of the original is kept")
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
		return url.Values{"dokumen": {seenNumber}, "otp": {g.otp()}, "bentuk": {"csv"}}
	}
	umar := x.clerkOf(otherAgency, "197001072000011007", "Umar Penyelia", accounts.Supervisor)
	if p := umar.post(at, form(umar)); p.status != http.StatusNotFound {
		t.Error("another agency: ", p.status)
	}
	if p := umar.get(at); p.status != http.StatusNotFound {
		t.Error("another agency reads: ", p.status)
	}
	umar.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"Ingin tahu"}, "dokumen": {seenNumber}}).mustSay(t, http.StatusUnprocessableEntity, "Tidak ada orang dengan NIP ini")
	own := x.clerk(string(asn.NIP), asn.Name, accounts.Supervisor)
	if p := own.post(at, form(own)); p.status != http.StatusForbidden {
		t.Error("about himself: ", p.status)
	}
	if p := own.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"Ingin tahu"}, "dokumen": {seenNumber}}); p.status != http.StatusForbidden {
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

// One bribed member of staff opens nobody's data: who writes the request down
// does not hand over, and an agent never does (impostor, variant C).
func TestOneAloneOpensNobodysData_impostor22(t *testing.T) {
	x := newStaffed(t)
	mine := x.sari.submit(x.sari.get(accessPath), "nip", string(asn.NIP), "dasar", "Datang ke loket", "dokumen", seenNumber).header.Get("Location")
	x.sari.get(mine).mustSay(t, http.StatusOK, tickets.ErrAsker.Text)
	form := func(g *clerk) url.Values {
		return url.Values{"dokumen": {seenNumber}, "otp": {g.otp()}, "bentuk": {"cetak"}}
	}
	x.rina.get(mine).mustSay(t, http.StatusOK, tickets.ErrRole.Text)
	for _, g := range []*clerk{x.sari, x.rina, x.budi, x.adi} {
		if p := g.post(mine, form(g)); p.status != http.StatusForbidden || strings.Contains(p.body, asn.Name) {
			t.Errorf("%s: %d", g.name, p.status)
		}
	}
	if p := x.budi.get(accessPath); p.status != http.StatusForbidden {
		t.Error("an approver reads the list: ", p.status)
	}
	if p := x.rina.get(accessPath); p.status != http.StatusOK || p.Find(`nav a[href="`+chainPath+`"]`).Length() != 0 {
		t.Error("an agent is led to the log: ", p.status)
	}
	second := x.clerk("197001092000011009", "Tuti Penyelia", accounts.Supervisor)
	second.post(mine, form(second)).mustSay(t, http.StatusOK, asn.Name)
	if n := x.countRows(`SELECT count(*) FROM access_requests WHERE handed_by <> asked_by AND handed_by = '` + x.staffID(second) + `'`); n != 1 {
		t.Error("handed over by ", n)
	}
}

// What is not listed is said.
func TestMoreRequestsThanAreListedAreSaid_PR02(t *testing.T) {
	x := newStaffed(t)
	x.asked()
	x.exec(`DROP INDEX access_requests_open`) // so many of one person
	for i := range tickets.AccessShown {
		x.exec(fmt.Sprintf(`INSERT INTO access_requests SELECT '%d', agency, person, unit, reason, asked_at + %d, asked_by, 0, '', 0, number_hash FROM access_requests WHERE length(id) > 9`, i, i+1))
	}
	x.sari.get(accessPath).mustSay(t, http.StatusOK, "Hanya 200 permintaan terlama")
}

func TestAReasonHoldsNoNumber_AU05(t *testing.T) {
	x := newStaffed(t)
	x.sari.post(accessPath, url.Values{"nip": {string(asn.NIP)}, "dasar": {"NIP 19860926 201505 1 001"}, "dokumen": {seenNumber}}).mustSay(t, http.StatusUnprocessableEntity, "tanpa NIP")
}

// One request is open for a person; a letter tells him of each.
func TestASecondRequestForOnePersonIsRefused_PR02(t *testing.T) {
	x := newStaffed(t)
	x.asked()
	p := x.sari.submit(x.sari.get(accessPath), "nip", string(asn.NIP), "dasar", "Datang ke loket", "dokumen", seenNumber)
	p.mustSay(t, http.StatusUnprocessableEntity, tickets.ErrAccessOpen.Text)
	x.exec(fmt.Sprintf(`UPDATE access_requests SET asked_at = asked_at - %d`, tickets.AccessWaits.Microseconds()))
	x.sari.get(accessPath).mustSay(t, http.StatusOK, "Tidak diambil")
}
