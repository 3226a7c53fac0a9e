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

// A text that asks for a password comes back with what was typed, and is not
// sent.
func TestAMessageThatAsksForASecretComesBack(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	const bad = "Tolong kirim password dan kode OTP Anda"
	p := x.rina.act(number, "pertanyaan", "pertanyaan-teks", bad)
	p.mustSay(t, http.StatusUnprocessableEntity, "Petugas tidak pernah memintanya")
	if p.Find("#pertanyaan-teks").Text() != bad || strings.Contains(x.rina.open(number).body, bad) {
		t.Error("what was typed is lost, or was sent")
	}
	x.sari.fill(x.sari.get(savedPath), savedPath, "judul", "Salam", "teks", bad, "langkah", "simpan").
		mustSay(t, http.StatusUnprocessableEntity, "Petugas tidak pernah memintanya")
	x.rina.tick("balas", number)
	many := url.Values{"langkah": {"kirim"}, "teks": {bad}, chosenPrefix + number: {"ya"}}
	x.rina.post(bulkPath, many).mustSay(t, http.StatusUnprocessableEntity, "Petugas tidak pernah memintanya")
}

// The page of who cannot answer says why there is no form for a question.
func TestNoQuestionIsOfferedWhereNobodyCanAnswer(t *testing.T) {
	x := newStaffed(t)
	p := x.rina.open(x.rina.counter())
	p.mustSay(t, http.StatusOK, "tidak memegang tanda terima")
	if p.Find("#pertanyaan-teks").Length() != 0 || !strings.Contains(p.text(), "Tulis catatan internal") {
		t.Error(p.text())
	}
}

// Who only supervises gives a request back instead of holding it.
func TestASupervisorGivesARequestBack(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.mustGo(number, "pengambilan")
	if p := x.rina.open(number); strings.Contains(p.text(), "Ambil alih") {
		t.Error("who holds it may take it over")
	}
	p := x.sari.open(number)
	p.mustSay(t, http.StatusOK, "Kembalikan ke antrean")
	x.sari.mustGo(number, "pengambilalihan")
	p = x.sari.open(number)
	if strings.Contains(p.text(), "Kembalikan ke antrean") || strings.Contains(p.Find("dl").Text(), "Sari") {
		t.Error("she holds it: ", p.text())
	}
	x.rina.mustGo(number, "pengambilan")
}

// At BKN the person can be told something, and the reminder stands in the form.
func TestNewsFromBKNReachThePerson(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	day := x.clock.Now().Add(72 * time.Hour).In(x.Zone.Location).Format(time.DateOnly)
	x.rina.mustGo(number, "eskalasi", "eskalasi-nomor", "BKN-1", "eskalasi-pengingat", day)
	x.rina.mustGo(number, "pertanyaan", "pertanyaan-teks", "BKN sedang memeriksa.")
	p := x.rina.open(number)
	p.mustSay(t, http.StatusOK, "BKN sedang memeriksa.")
	if got := p.Find("#eskalasi-pengingat").AttrOr("value", ""); got != day || !strings.Contains(p.text(), "Menunggu jawaban BKN") {
		t.Errorf("reminder %q, want %s", got, day)
	}
}

// A request that took another in leads to it, and back.
func TestMergedRequestsLeadToEachOther(t *testing.T) {
	x := newStaffed(t)
	goes, ends := x.remote(tickets.Other).Number, x.remote(tickets.Other).Number
	x.rina.mustGo(ends, "penggabungan", "penggabungan-ke", goes)
	for from, to := range map[string]string{goes: ends, ends: goes} {
		if x.rina.open(from).Find(`a[href="`+ticketAddress(to)+`"]`).Length() == 0 {
			t.Errorf("%s does not lead to %s", from, to)
		}
	}
}

// Two people hand over half a code each, and each half has its field.
func TestStaffTypeTheTwoHalves_ST02(t *testing.T) {
	x := newTest(t)
	code := string(x.addStaff("197101052000011005", accounts.Agent))
	b := x.browser()
	p := b.submit(b.get("/petugas/aktivasi"), "kode", code[13:], "kode-kedua", code[:13], "sandi", clerkPassword)
	p.mustSay(t, http.StatusUnprocessableEntity, "urutan kedua bagian")
	p = b.submit(p, "kode", code[:4]+"-"+code[4:13], "kode-kedua", strings.ToLower(code[13:]), "sandi", clerkPassword)
	if p.status != http.StatusSeeOther {
		t.Fatal(p.status, p.text())
	}
}

// Whoever confirms sees what is in force, and can change nothing there.
func TestASupervisorSeesTheSettings(t *testing.T) {
	x := newStaffed(t)
	p := x.sari.get(settingsPath)
	for _, want := range []string{"Rina Petugas", "Kalender kerja", "Target waktu", "Jaringan loket", "Paket bukti", "7 jam"} {
		p.mustSay(t, http.StatusOK, want)
	}
	if p.Find("main form").Length() != 0 {
		t.Error("and may change something")
	}
}

// The card's short address leads to the form that asks for a new password too.
func TestTheCardsAddressLeadsToTheForm(t *testing.T) {
	x := newTest(t)
	if p := x.browser().get(cardPath); p.status != http.StatusSeeOther || !strings.Contains(p.header.Get("Location"), "kata-sandi=baru") {
		t.Error(p.status, p.header)
	}
}

// Many are offered the agency's texts too, but none that belongs to one
// request.
func TestSavedRepliesForMany(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	for title, text := range map[string]string{"Semua": "Salam dari {instansi}.", "Seorang": "Yth. {nama}"} {
		if p := x.sari.fill(x.sari.get(savedPath), savedPath, "judul", title, "teks", text, "langkah", "simpan"); p.status != http.StatusSeeOther {
			t.Fatal(p.text())
		}
	}
	p := x.rina.tick("balas", number)
	id := p.Find("#balasan option").AttrOr("value", "")
	if options := p.Find("#balasan").Text(); !strings.Contains(options, "Semua") || strings.Contains(options, "Seorang") {
		t.Fatal("offered: ", options)
	}
	p = x.rina.post(bulkPath, url.Values{"langkah": {"pakai"}, "teks": {""}, "balasan": {id}, chosenPrefix + number: {"ya"}})
	if got := p.Find("#teks").Text(); got != "Salam dari "+testAgency+"." {
		t.Errorf("%q", got)
	}
}
