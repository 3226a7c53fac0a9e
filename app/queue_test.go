package app

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/tickets"
)

// The list that somebody narrowed is an address that he can give to a
// colleague, and that every tab keeps.
func TestFiltersStandInTheAddress(t *testing.T) {
	x := newStaffed(t)
	mfa, other := x.remote(tickets.MFA).Number, x.remote(tickets.Other).Number
	all := queueAddress(tickets.List{View: tickets.Unproven})
	narrow := all + "&jenis=other&unit=disdik&jalur=remote"
	p := x.rina.get(narrow)
	if !strings.Contains(p.body, other) || strings.Contains(p.body, mfa) {
		t.Fatalf("narrowed:\n%s", p.text())
	}
	if p.Find(".more[open] #jenis option[selected]").AttrOr("value", "") != "other" || p.Find("#unit").AttrOr("value", "") != "disdik" {
		t.Error("the form does not show what it did")
	}
	if p.Find(".tabs .count").Length() != 0 {
		t.Error("counts that say nothing of this list")
	}
	p.Find(".tabs a").Each(func(i int, a *goquery.Selection) {
		if q := must(url.Parse(a.AttrOr("href", "")))(t).Query(); q.Get("jenis") != "other" || q.Get("unit") != "disdik" {
			t.Errorf("tab %d forgets: %s", i, q.Encode())
		}
	})
	if p := x.rina.get(all + "&jenis=email"); strings.Contains(p.body, mfa) || !strings.Contains(p.text(), "Tidak ada yang cocok") {
		t.Error("an empty one says: ", p.text())
	}
}

func TestAMadeUpFilterIsNone(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	for _, made := range []string{"jenis=x", "tingkat=L9", "jalur='", "unit=" + strings.Repeat("x", 999), "posisi="} {
		if p := x.rina.get("/petugas/antrean?tampilan=belum-terbukti&" + made); p.status != http.StatusOK || !strings.Contains(p.body, number) {
			t.Errorf("%s: %d", made, p.status)
		}
	}
	if p := x.rina.get("/petugas/antrean?tampilan=x"); p.status != http.StatusNotFound {
		t.Errorf("a made-up view: %d", p.status)
	}
}

func TestWhatHappenedIsFoundAgain(t *testing.T) {
	x := newStaffed(t)
	b := x.browser()
	b.file()
	for cause, n := range map[string]int{"hilang": 1, "rusak": 0} {
		p := x.rina.get("/petugas/antrean?tampilan=belum-terbukti&sebab=" + cause)
		if got := p.Find("tbody tr").Length(); got != n {
			t.Errorf("%s: %d rows", cause, got)
		}
		if n == 1 && !strings.Contains(p.Find("tbody").Text(), "HP hilang") {
			t.Error("the row does not say what happened")
		}
	}
}

func TestTodayLeadsToAllThatIsClosed(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.mustGo(number, "penyelesaian", "penyelesaian-cara", string(tickets.ByPortal), "penyelesaian-teks", "")
	today := x.rina.get(queueAddress(tickets.List{View: tickets.Today}))
	more := today.Find(`main a[href*="tampilan=selesai"]:contains("Semua yang selesai")`).AttrOr("href", "")
	if !strings.Contains(today.body, number) || more == "" {
		t.Fatalf("today: %s", today.text())
	}
	if p := x.rina.get(more); !strings.Contains(p.body, number) {
		t.Error("all: ", p.text())
	}
}

func TestSearchLeadsToTheTicket(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	x.remote(tickets.Other)
	form := x.rina.get(queueAddress(tickets.List{View: tickets.Unproven})).Find(`form[action="/petugas/cari"]`)
	if form.Find("#kata").Length() != 1 || form.AttrOr("method", "") != "post" {
		t.Fatal("the queue has no search")
	}
	for _, words := range []string{"siti", number, string(asn.NIP), "HP hilang", "Disdik"} {
		p := x.rina.seeks(words)
		if p.status != http.StatusOK || !strings.Contains(p.body, ticketAddress(number)) || strings.Contains(p.Find("table").Text(), string(asn.NIP)) {
			t.Errorf("%q: %d %s", words, p.status, p.text())
		}
	}
	x.rina.get(searchAddress("tidakada", "")).mustSay(t, http.StatusOK, "Tidak ada yang cocok")
	x.rina.get(searchAddress(strings.Repeat("a", 999), "")).mustSay(t, http.StatusOK, "Cari permohonan")
	x.rina.get(searchAddress("<script>", "")).mustSay(t, http.StatusOK, "Tidak ada yang cocok")
	if p := x.adi.get(searchAddress("siti", "")); p.status != http.StatusForbidden {
		t.Errorf("an administrator searches: %d", p.status)
	}
	far := x.clerkOf("BKPSDM Kota Lain", "197001092000011009", "Lina Lain", accounts.Agent)
	if p := far.get(searchAddress(number, "")); strings.Contains(p.body, ticketAddress(number)) {
		t.Error("another agency finds it")
	}
}

// seeks types words into the search, and goes where it leads.
func (g *clerk) seeks(words string) page {
	g.x.t.Helper()
	return g.follow(g.post(searchPath, url.Values{"kata": {words}}))
}

// A number that is typed into the search stands in no address, and none in an
// address is looked for: that would be a guess that nobody counts.
func TestNoAddressHoldsANIP_impostor22(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	for _, typed := range []string{string(asn.NIP), accounts.Group(asn.NIP), "siti " + string(asn.NIP), " " + string(asn.NIP) + " "} {
		at := x.rina.post(searchPath, url.Values{"kata": {typed}}).header.Get("Location")
		p := x.rina.get(at)
		if !strings.Contains(p.body, ticketAddress(number)) || strings.Contains(at+p.body, string(asn.NIP)) || strings.Contains(at, string(asn.NIP)[:8]) {
			t.Errorf("%q leads to %s", typed, at)
		}
		p.mustSay(t, http.StatusOK, "NIP yang Anda ketik")
		if p := x.rina.get(searchAddress(typed, "")); strings.Contains(p.body, ticketAddress(number)) {
			t.Errorf("%q in an address finds it", typed)
		}
	}
	for i := range 30 {
		x.rina.seeks(fmt.Sprintf("1986092620150510%02d", 10+i)).mustSay(t, http.StatusOK, "Tidak ada yang cocok")
	}
	x.rina.post(searchPath, url.Values{"kata": {string(asn.NIP)}}).mustSay(t, http.StatusTooManyRequests, tickets.ErrGuesses.Text)
	if p := x.rina.seeks("siti"); !strings.Contains(p.body, ticketAddress(number)) {
		t.Error("words are searched no more: ", p.text())
	}
}

// Single keys are on until somebody switches them off, for himself only and
// on every page (WCAG 2.1.4).
func TestKeysAreSwitchedOffForGood_wcag214(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	has := func(g *clerk, path string) bool { return strings.Contains(g.get(path).body, "/static/keys") }
	pages := []string{queueAddress(tickets.List{View: tickets.Unproven}), searchPath, ticketAddress(number)}
	for _, on := range []bool{true, false, true} {
		for _, path := range pages {
			if has(x.rina, path) != on || !has(x.budi, path) {
				t.Errorf("%s: want %v", path, on)
			}
		}
		x.rina.submit(x.rina.get(keysPath), "tombol", map[bool]string{true: "mati", false: "hidup"}[on])
	}
}
