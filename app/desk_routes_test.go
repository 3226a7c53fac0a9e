package app

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/tickets"
)

// concrete fills in the parameters of a route.
func concrete(path, number string) string {
	return strings.NewReplacer(":no", url.PathEscape(number), ":bukti", "x", ":berkas", "x").Replace(path)
}

// call opens a route; a POST comes with an empty form. A stream would not end.
func call(b *browser, r route, number string) page {
	path := concrete(r.Path, number)
	if r.Method == post {
		return b.post(path, url.Values{})
	}
	return b.get(path)
}

func staffRoutes() []route {
	return slices.DeleteFunc(slices.Clone(routes), func(r route) bool {
		return !strings.HasPrefix(r.Guard.name, "staff:") || r.Path == "/petugas/keluar" || r.Path == streamPath
	})
}

func TestEveryStaffRouteAsEveryRole_law9(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	people := map[accounts.Role]*clerk{accounts.Agent: x.rina, accounts.Approver: x.budi, accounts.Supervisor: x.sari, accounts.Admin: x.adi}
	for _, r := range staffRoutes() {
		allowed := strings.Split(strings.TrimPrefix(r.Guard.name, "staff:"), ",")
		for role, g := range people {
			got := call(g.browser, r, number)
			refused := got.status == http.StatusForbidden && strings.Contains(got.text(), "tidak berwenang")
			if refused == slices.Contains(allowed, string(role)) {
				t.Errorf("%s %s as %s: %d", r.Method, r.Path, role, got.status)
			}
		}
		nobody := call(x.browser(), r, number)
		if nobody.status != http.StatusSeeOther || nobody.header.Get("Location") != "/petugas/masuk" {
			t.Errorf("%s %s as nobody: %d", r.Method, r.Path, nobody.status)
		}
	}
}

func TestOtherAgencysTicketIsNotThere_ST04(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	all := x.clerkOf("BKPSDM Kota Lain", "197001092000011009", "Lina Lain", accounts.Agent, accounts.Approver, accounts.Supervisor)
	filled := filledForm()
	for _, r := range staffRoutes() {
		if !strings.Contains(r.Path, ":no") {
			continue
		}
		path := concrete(r.Path, number)
		got := all.get(path)
		if r.Method == post {
			got = all.post(path, filled(all))
		}
		if got.status != http.StatusNotFound || strings.Contains(got.body, "Siti") {
			t.Errorf("%s %s: %d, want 404", r.Method, r.Path, got.status)
		}
	}
	for _, view := range tickets.Views {
		if p := all.get(queueAddress(tickets.List{View: view})); strings.Contains(p.body, number) {
			t.Errorf("%s of another agency shows the ticket", view)
		}
	}
	if p := all.get("/petugas/laporan/daftar?angka=masuk&dari=2026-11-01&sampai=2026-11-30"); strings.Contains(p.body, number) {
		t.Error("another agency's report lists the ticket")
	}
	events := must(x.Desk.Look(context.Background(), tickets.By{Staff: accounts.Staff{Agency: testAgency}}, number))(t).Events
	if len(events) != 1 {
		t.Errorf("%d events after all that, want the opening only", len(events))
	}
}

// filledForm has every field of every form of the ticket's page.
func filledForm() func(*clerk) url.Values {
	return func(g *clerk) url.Values {
		otp := g.otp()
		return url.Values{
			"versi": {"1"}, "pertanyaan-teks": {"x"}, "catatan-teks": {"x"}, "pengembalian-teks": {"x"}, "pencabutan-teks": {"x"},
			"penolakan-alasan": {"bukti"}, "penyelesaian-cara": {"jam"}, "penyelesaian-teks": {""}, "jenis": {"ktp"}, "ktp-cara": {"video"},
			"ktp-nama": {"x"}, "ktp-lahir": {"1-1-1990"}, "ktp-nomor": {"1"}, "telepon-nomor": {"0812"},
			"email-alamat": {"a@contoh.test"}, "ganti-email-kode": {"7K3M9QXD"}, "ganti-email-otp": {otp}, "buka-kunci-teks": {""},
			"pembekuan-teks": {"x"}, "pembekuan-otp": {otp}, "usul-pembukaan-teks": {"x"}, "usul-pembukaan-otp": {otp}, "pembukaan-penahanan-otp": {otp},
			"nip-nip": {"198609262015052001"}, "jenis-jenis": {"other"}, "penggabungan-ke": {"PUL-7K3M-9QXD"}, "eskalasi-nomor": {"BKN-1"},
			"eskalasi-pengingat": {"2026-12-01"}, "jawaban-bkn-teks": {"x"}, "pembukaan-teks": {"x"},
			"pemeriksaan-otp": {otp}, "persetujuan-otp": {otp}, "persetujuan-dokumen": {"1"}, "penerbitan-otp": {otp}, "riwayat-otp": {otp},
		}
	}
}

func TestDamagedStaffForms(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	at := ticketAddress(number)
	for name, form := range map[string]struct {
		path   string
		values url.Values
		want   int
	}{
		"no version":                 {"/catatan", url.Values{"catatan-teks": {"x"}}, 400},
		"version not a number":       {"/catatan", url.Values{"versi": {"satu"}, "catatan-teks": {"x"}}, 400},
		"field missing":              {"/catatan", url.Values{"versi": {"1"}}, 400},
		"field doubled":              {"/catatan", url.Values{"versi": {"1"}, "catatan-teks": {"x", "y"}}, 400},
		"not UTF-8":                  {"/catatan", url.Values{"versi": {"1"}, "catatan-teks": {"\xff"}}, 400},
		"over the limit":             {"/catatan", url.Values{"versi": {"1"}, "catatan-teks": {strings.Repeat("x", 9000)}}, 400},
		"empty":                      {"/catatan", url.Values{"versi": {"1"}, "catatan-teks": {"  "}}, 422},
		"unknown document":           {"/bukti", url.Values{"versi": {"1"}, "jenis": {"paspor"}}, 400},
		"callback as document":       {"/bukti", url.Values{"versi": {"1"}, "jenis": {"callback"}}, 400},
		"no way chosen":              {"/bukti", url.Values{"versi": {"1"}, "jenis": {"ktp"}, "ktp-nama": {"x"}, "ktp-lahir": {"x"}, "ktp-nomor": {"x"}}, 422},
		"seen at a counter afar":     {"/bukti", url.Values{"versi": {"1"}, "jenis": {"ktp"}, "ktp-cara": {"loket"}, "ktp-nama": {"x"}, "ktp-lahir": {"1-1-1990"}, "ktp-nomor": {"x"}}, 409},
		"no reason":                  {"/penolakan", url.Values{"versi": {"1"}}, 422},
		"unknown reason":             {"/penolakan", url.Values{"versi": {"1"}, "penolakan-alasan": {"suka-suka"}}, 422},
		"solution nobody may choose": {"/penyelesaian", url.Values{"versi": {"1"}, "penyelesaian-cara": {"autentikator"}, "penyelesaian-teks": {""}}, 422},
		"step out of order":          {"/penerbitan", url.Values{"versi": {"1"}, "penerbitan-otp": {x.rina.otp()}}, 409},
	} {
		if got := x.rina.post(at+form.path, form.values); got.status != form.want {
			t.Errorf("%s: %d, want %d\n%s", name, got.status, form.want, got.text())
		}
	}
	if n := x.rina.open(number).Find(".timeline > li").Length(); n != 1 {
		t.Errorf("%d events, want the opening only", n)
	}
}
