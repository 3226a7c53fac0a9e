package main

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"pulih/views"
)

// scene is one view with one set of made-up data.
type scene struct {
	name string
	view templ.Component
}

func sampleSite(asset func(string) string) views.Site {
	return views.Site{
		Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
		Portal: "ASN Digital", PortalAddress: "https://portal.example.go.id",
		Hours: "Senin–Jumat, 08.00–16.00 WITA", Phone: "(0401) 555 0100",
		Address: "Jl. Contoh No. 1, Kabupaten Contoh", Zone: "WITA", Asset: asset,
	}
}

// scenes lists everything there is to look at.
func scenes(site views.Site) []scene {
	return slices.Concat(startScenes(site), kitScenes(site), clockScenes(site), helpScenes(site), resetScenes(site), accountScenes(site), ownScenes(site), aloneScenes(site), mailboxScenes(site), requestScenes(site), deskScenes(site), staffScenes(site), settingScenes(site), reportScenes(site), auditScenes(site))
}

func startScenes(site views.Site) []scene {
	start := views.Page{Title: "Tidak bisa masuk ASN Digital?", Path: "/", Site: site}
	demo := start
	demo.Demo = true
	notice := views.StartPage{Notices: []views.Notice{{Title: "Gangguan di ASN Digital",
		Text: "Sejak pukul 08.15 WITA portal sulit dibuka. Kata sandi Anda tidak perlu diganti.", Until: "Senin, 23 November 2026 pukul 12.00 WITA"}},
	}
	return []scene{
		{"start", views.Start(start, views.StartPage{})},
		{"start-notice", views.Start(demo, notice)},
		{"error-404", errorScene(site, http.StatusNotFound, "Halaman tidak ditemukan", "Alamat ini tidak ada di layanan kami.")},
		{"error-429", errorScene(site, http.StatusTooManyRequests, "Terlalu banyak percobaan", "Coba lagi pukul 11.05 WITA, atau ajukan permohonan ke petugas.")},
		{"error-500", errorScene(site, http.StatusInternalServerError, "Layanan sedang terganggu", "Halaman ini belum bisa ditampilkan.")},
	}
}

func errorScene(site views.Site, status int, title, text string) templ.Component {
	p := views.Page{Title: title, Site: site}
	return views.Error(p, views.ErrorPage{Status: status, Text: text, RequestID: "7K3M9QXD2F"})
}

func kitScenes(site views.Site) []scene {
	form := views.Page{
		Title: "Berapa NIP atau NI PPPK Anda?", Path: "/pulihkan", Back: "/", Site: site,
		Scripts: []string{"nip.js", "password.js", "countdown.js", "copy.js", "pow.js"},
	}
	wrong := form
	wrong.Errors = []views.FieldError{
		{Field: "nip", Text: "NIP harus 18 angka. Anda mengetik 17 angka."},
		{Field: "masalah", Text: "Pilih masalah Anda."},
		{Field: "sandi", Text: "Kata sandi kurang dari 12 huruf."},
	}
	staff := views.Page{Title: "Antrean", Path: "/petugas/antrean", Site: site, Staff: true, Who: sampleAgent()}
	return []scene{
		{"kit-form", kitForm(form)},
		{"kit-form-wrong", kitForm(wrong)},
		{"kit-public", kitPublic(views.Page{Title: "Permohonan PUL-7K3M-9QXD", Back: "/tiket", Path: "/tiket/x", Site: site, Scripts: form.Scripts})},
		{"kit-staff", kitStaff(staff)},
		{"kit-report", kitReport(views.Page{Title: "Laporan", Path: "/petugas/laporan", Site: site, Staff: true, Who: sampleAgent()})},
	}
}

func sampleAgent() views.Who {
	return views.Who{
		Name: "Rina Contoh", Role: "Petugas", Out: "/petugas/keluar",
		Nav: []views.Link{
			{Text: "Antrean", Href: "/petugas/antrean", Count: "14"},
			{Text: "Laporan", Href: "/petugas/laporan"},
			{Text: "Audit", Href: "/petugas/audit"},
		},
	}
}
