package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

// reader is the browser of who holds a receipt.
func (x *test) reader(r tickets.Receipt) filed {
	x.t.Helper()
	f := filed{x.browser(), r.Number, string(r.Secret)}
	f.follow(f.post("/tiket", url.Values{"nomor": {f.number}, "kunci": {f.key}}))
	return f
}

func TestAMistypedNumberIsCorrectedAtTheDesk_impostor22(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	x.employee("199408172022211003")
	x.rina.act(number, "nip", "nip-nip", "123").mustSay(t, http.StatusUnprocessableEntity, "18")
	x.rina.act(number, "nip", "nip-nip", string(asn.NIP)).mustSay(t, http.StatusUnprocessableEntity, "NIP ini sudah tercatat")
	x.rina.act(number, "nip", "nip-nip", "199001012015051001").mustSay(t, http.StatusUnprocessableEntity, "tidak ada di daftar pegawai aktif")
	x.rina.act(number, "nip", "nip-nip", x.rina.nip).mustSay(t, http.StatusForbidden, "tentang Anda sendiri")
	x.rina.mustGo(number, "nip", "nip-nip", "19940817 202221 1 003")
	after := x.rina.open(number)
	after.mustSay(t, http.StatusOK, "NIP dibetulkan")
	if strings.Contains(after.body, "199408172022211003") || strings.Contains(after.body, asn.Name) {
		t.Error("the page shows a value of the record")
	}
}

func TestAKindIsCorrectedAtTheDesk(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.act(number, "jenis").mustSay(t, http.StatusUnprocessableEntity, "Pilih satu jenis.")
	x.rina.mustGo(number, "jenis", "jenis-jenis", "mfa")
	x.rina.open(number).mustSay(t, http.StatusOK, "dari Lainnya menjadi Autentikator")
	x.rina.forge(number, "jenis", "jenis-jenis", "fraud").mustSay(t, http.StatusUnprocessableEntity, "Pilih satu jenis.")
}

func TestTwoOfOnePersonAreMergedAtTheDesk_impostor21(t *testing.T) {
	x := newStaffed(t)
	first, second := x.remote(tickets.MFA), x.remote(tickets.MFA)
	x.rina.act(first.Number, "penggabungan").mustSay(t, http.StatusUnprocessableEntity, "Pilih permohonan yang berlanjut.")
	x.rina.mustGo(first.Number, "penggabungan", "penggabungan-ke", second.Number)
	x.rina.open(first.Number).mustSay(t, http.StatusOK, "Berlanjut sebagai "+second.Number)
	x.rina.open(second.Number).mustSay(t, http.StatusOK, "Permohonan lain digabung ke sini")
	status := x.reader(first).page("")
	status.mustSay(t, http.StatusOK, "Permohonan ini digabung")
	if strings.Contains(status.body, second.Number) {
		t.Error("its filer reads the other's number")
	}
	if x.rina.open(second.Number).Find("#penggabungan").Length() != 0 {
		t.Error("there is nothing left to merge with")
	}
}

func TestARequestGoesToBKNAndComesBack(t *testing.T) {
	x := newStaffed(t)
	r := x.remote(tickets.Other)
	x.rina.act(r.Number, "eskalasi", "eskalasi-nomor", " ", "eskalasi-pengingat", "2026-12-01").mustSay(t, http.StatusUnprocessableEntity, "Ketik nomor laporan")
	x.rina.act(r.Number, "eskalasi", "eskalasi-nomor", "BKN-77", "eskalasi-pengingat", "besok").mustSay(t, http.StatusUnprocessableEntity, "Isi tanggal pengingat.")
	x.rina.act(r.Number, "eskalasi", "eskalasi-nomor", "BKN-77", "eskalasi-pengingat", "2020-12-01").mustSay(t, http.StatusUnprocessableEntity, "paling lama 90 hari")
	day := x.clock.Now().Add(72 * time.Hour).Format(time.DateOnly)
	x.rina.mustGo(r.Number, "eskalasi", "eskalasi-nomor", "BKN-77", "eskalasi-pengingat", day)
	x.rina.open(r.Number).mustSay(t, http.StatusOK, "Nomor di BKN: BKN-77")
	x.rina.get("/petugas/antrean?tampilan=di-bkn").mustSay(t, http.StatusOK, r.Number)
	x.reader(r).page("").mustSay(t, http.StatusOK, "diteruskan ke BKN")
	x.rina.mustGo(r.Number, "jawaban-bkn", "jawaban-bkn-teks", "Sudah dibetulkan.")
	x.rina.open(r.Number).mustSay(t, http.StatusOK, "Sudah dibetulkan.")
	if p := x.reader(r).page(""); strings.Contains(p.body, "Sudah dibetulkan.") {
		t.Error("the person reads what BKN wrote to staff")
	}
}

func TestTheOwnerOfARefusedRequestReopensIt_impostor21(t *testing.T) {
	x := newStaffed(t)
	r := x.remote(tickets.MFA)
	x.rina.mustGo(r.Number, "penolakan", "penolakan-alasan", "bukti")
	f := x.reader(r)
	f.page("").mustSay(t, http.StatusOK, "Buka kembali")
	f.submit(f.page("pembukaan"), "pesan", "").mustSay(t, http.StatusUnprocessableEntity, "belum diisi")
	f.follow(f.submit(f.page("pembukaan"), "pesan", "KTP saya sudah ada.")).mustSay(t, http.StatusOK, "Permohonan Anda dibuka kembali.")
	x.rina.open(r.Number).mustSay(t, http.StatusOK, "KTP saya sudah ada.")
	x.rina.mustGo(r.Number, "penolakan", "penolakan-alasan", "bukti")
	if f.page("").Find(`a[href="`+views.StatusPath(r.Number, "pembukaan")+`"]`).Length() != 0 {
		t.Error("it is offered twice")
	}
	f.submit(f.page("pembukaan"), "pesan", "Sekali lagi.").mustSay(t, http.StatusConflict, "tidak dapat dibuka kembali")
	x.rina.forge(r.Number, "pembukaan", "pembukaan-teks", "Ya").mustSay(t, http.StatusConflict, "tidak dapat dibuka kembali")
}

func TestStaffReopenASolvedQuestion(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.mustGo(number, "penyelesaian", "penyelesaian-cara", "portal")
	dewi := x.clerk("197001052000011005", "Dewi Petugas", accounts.Agent)
	dewi.mustGo(number, "pembukaan", "pembukaan-teks", "Ternyata belum.")
	dewi.open(number).mustSay(t, http.StatusOK, "Belum ada petugasnya")
}
