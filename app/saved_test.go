package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pulih/tickets"
)

// A supervisor writes a text once; an agent begins a reply with it, reads it
// with the ticket's data in it, and may change it before he sends it.
func TestAReplyBeginsWithASavedText(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	page := x.sari.get(savedPath)
	shown := x.sari.fill(page, savedPath, "judul", "Salam", "teks", "Yth. {nama}, nomor {nomor}.", "langkah", "pratinjau")
	shown.mustSay(t, http.StatusOK, "Yth. Siti Contoh, nomor PUL-7K3M-9QXD.")
	if p := x.sari.fill(shown, savedPath, "langkah", "simpan"); p.status != http.StatusSeeOther {
		t.Fatalf("not saved: %d %s", p.status, p.text())
	}
	desk := x.rina.open(number)
	id := desk.Find(`#balasan option:contains("Salam")`).AttrOr("value", "")
	if id == "" || strings.TrimSpace(desk.Find("#pertanyaan-teks").Text()) != "" {
		t.Fatalf("the ticket offers no saved text:\n%s", desk.text())
	}
	filled := x.rina.get(ticketAddress(number) + "?balasan=" + id)
	if got := filled.Find("#pertanyaan-teks").Text(); got != "Yth. Siti C., nomor "+number+"." {
		t.Errorf("begins with %q", got)
	}
	if p := x.rina.get(ticketAddress(number) + "?balasan=x"); p.status != http.StatusOK || strings.TrimSpace(p.Find("#pertanyaan-teks").Text()) != "" {
		t.Error("a made-up one: ", p.status)
	}
}

func TestASavedTextIsChangedAndTakenAway(t *testing.T) {
	x := newStaffed(t)
	x.sari.fill(x.sari.get(savedPath), savedPath, "judul", "Salam", "teks", "Halo {nama}", "langkah", "simpan")
	edit := x.sari.get(savedPath).Find(`main .btn:contains("Ubah")`).AttrOr("href", "")
	form := x.sari.get(edit)
	post := form.Find(`main form[action^="/petugas/balasan/"]`).AttrOr("action", "")
	if p := x.sari.fill(form, post, "teks", "Buka evil.com", "langkah", "simpan"); p.status != http.StatusUnprocessableEntity || !strings.Contains(p.text(), tickets.ErrLink.Text) {
		t.Errorf("a link elsewhere: %d", p.status)
	}
	if p := x.sari.fill(form, post, "teks", "Selamat pagi, {nama}", "langkah", "simpan"); p.status != http.StatusSeeOther {
		t.Fatal(p.status, p.text())
	}
	if p := x.rina.get(savedPath); !strings.Contains(p.text(), "Selamat pagi") || p.Find("main form").Length() != 0 {
		t.Error("an agent reads them and changes none: ", p.text())
	}
	if p := x.rina.post(post, url.Values{"judul": {"x"}, "teks": {"x"}, "versi": {"2"}}); p.status != http.StatusForbidden {
		t.Errorf("an agent's own change: %d", p.status)
	}
	x.sari.fill(x.sari.get(savedPath), post+"/akhir")
	x.sari.get(edit).mustSay(t, http.StatusNotFound, tickets.ErrNoSaved.Text)
}

func TestAReplyWithALinkElsewhereComesBack_impostor24(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	p := x.rina.act(number, "pertanyaan", "pertanyaan-teks", "Buka bit.ly/asn untuk masuk")
	p.mustSay(t, http.StatusUnprocessableEntity, tickets.ErrLink.Text)
	if p.Find("#pertanyaan-teks").Text() != "Buka bit.ly/asn untuk masuk" {
		t.Error("what was typed is gone")
	}
}
