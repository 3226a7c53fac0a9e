package app

import (
	"net/http"
	"strings"
	"testing"

	"pulih/tickets"
)

// A person who cannot sign in reads his own account at the counter, after the
// check of his originals; he sees later that it was shown (PR-02, impostor 16).
func TestAnAccessRequestIsServedAtTheCounter_PR02(t *testing.T) {
	x := newStaffed(t)
	number := x.rina.counter()
	x.rina.seeOriginals(number)
	if p := x.rina.forge(number, "riwayat", "riwayat-otp", x.rina.otp()); p.status != http.StatusConflict || strings.Contains(p.body, "siti.contoh") {
		t.Fatal("shown before the check: ", p.status)
	}
	x.rina.mustGo(number, "pemeriksaan", "pemeriksaan-otp", x.rina.otp())
	if p := x.rina.forge(number, "riwayat", "riwayat-otp", "000000"); p.status != http.StatusUnprocessableEntity {
		t.Error("shown without a fresh code: ", p.status)
	}
	p := x.rina.forge(number, "riwayat", "riwayat-otp", x.rina.otp())
	for _, want := range []string{asn.Name, asn.Unit, "19860926 201505 1 001", "30 hari setelah permohonan berakhir", "Petugas membuka permohonan Anda"} {
		if p.status != http.StatusOK || !strings.Contains(p.text(), want) {
			t.Fatalf("%d, no %q:\n%s", p.status, want, p.text())
		}
	}
	for _, hidden := range []string{string(asn.Email), string(asn.Phone), "otpauth"} {
		if strings.Contains(p.body, hidden) {
			t.Errorf("shows %q", hidden)
		}
	}
	again := x.rina.forge(number, "riwayat", "riwayat-otp", x.rina.otp())
	if !strings.Contains(again.text(), "Riwayat akun ditunjukkan kepada Anda di loket") {
		t.Error("he is not told that it was shown:\n", again.text())
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'ticket.history' AND person <> ''`); n != 2 {
		t.Errorf("audited %d times", n)
	}
}

// What a person is told of how long his data are kept is what the rules do:
// each that may concern him, and no word besides.
func TestAPersonIsToldTheRules_PR02(t *testing.T) {
	x := newStaffed(t)
	told := map[string]string{}
	for _, row := range x.keptRows() {
		told[row.Key] = row.Value
	}
	concerned := 0
	for _, r := range Rules(0) {
		if r.Nameless {
			continue
		}
		concerned++
		if said := strings.ToLower(told[r.What]); said == "" || !r.Kept() && said != strings.ToLower(r.Period())+"." {
			t.Errorf("%s: told %q", r.Name, said)
		}
	}
	if len(told) != concerned || told["Sesi masuk pegawai dan petugas"] != "180 hari setelah sesi dimulai." {
		t.Errorf("%d of %d rules: %v", len(told), concerned, told)
	}
}

func TestARemoteRequestShowsNoHistory_PR02(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	if p := x.rina.forge(number, "riwayat", "riwayat-otp", x.rina.otp()); p.status != http.StatusConflict {
		t.Error(p.status, p.text())
	}
}
