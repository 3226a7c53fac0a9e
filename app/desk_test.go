package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
)

func TestOneCounterTicketFromOpenToSlip(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) { counterTicket(t, staffedOf(newTestOn(t, d, clock))) })
}

func counterTicket(t *testing.T, x *staffed) {
	number := x.checked(x.rina)
	x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "sk/12/2015", "persetujuan-otp", x.budi.otp())
	x.tick()
	if list := x.sari.get("/petugas/antrean?tampilan=siap-terbit"); !strings.Contains(list.body, number) {
		t.Error("who checked may be on leave: the ticket has to be in everybody's list of what is ready")
	}
	ready := x.rina.open(number)
	slip := x.rina.fill(ready, ticketAddress(number)+"/penerbitan", "penerbitan-otp", x.rina.otp())
	slip.mustSay(t, http.StatusOK, "Kartu pendaftaran")
	code := slip.Find(".slip-code").Text()
	if len(strings.ReplaceAll(code, "-", "")) != 12 {
		t.Fatalf("the slip shows %q, want 12 characters", code)
	}
	if !strings.Contains(slip.text(), x.BaseURL.Host+"/kartu") || !strings.Contains(slip.text(), "dan kata sandi baru") {
		t.Error("no factor is left, and the slip leads to the form that asks for one")
	}
	after := x.rina.open(number)
	after.mustSay(t, http.StatusOK, "Menunggu pemohon mendaftar")
	if strings.Contains(after.body, code) {
		t.Fatal("the pass is shown a second time")
	}
	again := x.rina.fill(ready, ticketAddress(number)+"/penerbitan", "penerbitan-otp", x.rina.otp())
	again.mustSay(t, http.StatusConflict, "Kartu sudah pernah tampil.")
	if again.status != http.StatusConflict || again.Find(".slip").Length() > 0 {
		t.Fatalf("a replayed issue answered %d:\n%s", again.status, again.text())
	}
}

func TestAgentSeesNothingOfTheRecordBeforeTheCheck_impostor22(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	secretValues := []string{"siti.contoh@", "dinas.test", "81234567890", "8123-4567", "812 3456 7890", "198609262015051001",
		"19860926", "1986-09-26", "26-09-1986", "26/09/1986", "26 September 1986", asn.Name, asn.Unit}
	scan := func(step string, p page) {
		t.Helper()
		for _, value := range secretValues {
			if strings.Contains(p.body, value) {
				t.Errorf("%s: the page holds %q", step, value)
			}
		}
	}
	scan("queue", x.rina.get("/petugas/antrean?tampilan=belum-terbukti"))
	scan("unclaimed", x.rina.open(number))
	x.rina.mustGo(number, "pengambilan")
	scan("claimed", x.rina.open(number))
	scan("wrong document", x.rina.act(number, "bukti", "ktp-cara", "video", "ktp-nama", "Orang Lain", "ktp-lahir", "1-1-1970", "ktp-nomor", "1"))
	scan("wrong call", x.rina.act(number, "telepon", "telepon-nomor", "0811000000"))
	scan("right call", x.rina.act(number, "telepon", "telepon-nomor", "+62 8"+"12345 67890"))
	scan("mine", x.rina.get("/petugas/antrean?tampilan=milik-saya"))
	scan("approver", x.budi.open(number))
	scan("supervisor", x.sari.open(number))
	scan("report", x.sari.get("/petugas/laporan/daftar?angka=masuk&dari=2026-11-01&sampai=2026-11-30"))
}

func TestRecordIsShownAfterTheCheck(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	x.budi.open(number).mustSay(t, http.StatusOK, "19860926 201505 1 001")
}

func TestTwoAgentsOnOneTicketAtOnce(t *testing.T) {
	x := newStaffed(t)
	dewi := x.clerk("197001052000011005", "Dewi Petugas", accounts.Agent)
	number := x.remote(tickets.MFA).Number
	seen := dewi.open(number)
	x.rina.mustGo(number, "pengambilan")
	late := dewi.fill(seen, ticketAddress(number)+"/pertanyaan", "pertanyaan-teks", "Kapan HP hilang?")
	for _, words := range []string{"Permohonan ini berubah saat Anda mengetik", "Diambil petugas", "Rina Petugas", "Kapan HP hilang?"} {
		late.mustSay(t, http.StatusConflict, words)
	}
	if x.rina.open(number).Find(".thread").Length() > 0 {
		t.Error("the late question was sent all the same")
	}
	dewi.forge(number, "pengambilan").mustSay(t, http.StatusConflict, "sedang ditangani rekan lain")
}

func TestReplayedFormsDoNothingTwice(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	seen := x.rina.open(number)
	first := x.rina.fill(seen, ticketAddress(number)+"/catatan", "catatan-teks", "Satu kali.")
	second := x.rina.fill(seen, ticketAddress(number)+"/catatan", "catatan-teks", "Satu kali.")
	if first.status != http.StatusSeeOther || second.status != http.StatusConflict {
		t.Fatalf("the same form answered %d and %d", first.status, second.status)
	}
	if n := x.rina.open(number).Find(".thread > li").Length(); n != 1 {
		t.Errorf("%d notes, want 1", n)
	}
}

func TestQueueSaysWhoWroteLast(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.get("/petugas/antrean?tampilan=belum-terbukti").mustSay(t, http.StatusOK, "Pemohon · ")
	x.rina.mustGo(number, "catatan", "catatan-teks", "Hanya untuk kita.")
	x.rina.get("/petugas/antrean?tampilan=belum-terbukti").mustSay(t, http.StatusOK, "Pemohon · ")
	x.rina.mustGo(number, "pertanyaan", "pertanyaan-teks", "Sejak kapan?")
	x.rina.get("/petugas/antrean?tampilan=menunggu").mustSay(t, http.StatusOK, "Petugas · 0 m")
}

func TestSupervisorTakesOver(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.mustGo(number, "pengambilan")
	x.sari.mustGo(number, "pengambilalihan")
	x.rina.open(number).mustSay(t, http.StatusOK, "Sari Penyelia")
}

func TestClaimNextTakesTheOldest(t *testing.T) {
	x := newStaffed(t)
	first := x.remote(tickets.Other).Number
	x.clock.Advance(time.Minute)
	x.remote(tickets.Other)
	taken := x.rina.post("/petugas/antrean/pengambilan", map[string][]string{"tampilan": {"belum-terbukti"}})
	if got := taken.header.Get("Location"); got != ticketAddress(first) {
		t.Errorf("took %q, want %s", got, first)
	}
	dry := x.rina.post("/petugas/antrean/pengambilan", map[string][]string{"tampilan": {"belum-diambil"}})
	x.rina.follow(dry).mustSay(t, http.StatusOK, "Permohonan yang sudah terbukti tampil di sini.")
	x.rina.follow(dry).mustSay(t, http.StatusOK, "1 permohonan belum terbukti")
}

func TestStaffSeesNothingOfHisOwnTicket(t *testing.T) {
	x := newStaffed(t)
	own := x.clerk(string(asn.NIP), asn.Name, accounts.Agent, accounts.Supervisor)
	own.open(x.remote(tickets.MFA).Number).mustSay(t, http.StatusForbidden, "tentang Anda sendiri")
}
