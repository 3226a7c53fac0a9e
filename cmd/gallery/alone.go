package main

import "pulih/views"

// aloneScenes are the ways to a new authenticator without staff.
func aloneScenes(site views.Site) []scene {
	page := func(title, path string, wrong ...views.FieldError) views.Page {
		return views.Page{Title: title, Path: path, Back: "/", Site: site, Errors: wrong, Scripts: []string{"nip.js", "password.js"}}
	}
	const (
		first   = "Autentikator hilang atau rusak"
		running = "Masa tunggu berjalan"
		over    = "Masa tunggu selesai"
		time    = "Selasa, 24 November 2026 pukul 10.42 WITA"
	)
	barred := views.AloneBarredPage{Why: []string{"Kata sandi Anda dibuat lewat email. Karena itu kode email saja belum cukup."},
		Second: true, NIP: sampleNIP}
	guarded := barred
	guarded.Why, guarded.Second, guarded.Counter = []string{"Akun ini sedang dijaga.", "Permohonan jarak jauh untuk akun ini sedang ditahan."}, false, true
	return []scene{
		{"alone", views.Alone(page(first, "/pulihkan-mfa"), views.AlonePage{Takes: "24 jam"})},
		{"alone-ready", views.Alone(page(first, "/pulihkan-mfa"), views.AlonePage{Wait: views.AloneWaitPage{Ready: time, Here: true}})},
		{"alone-wrong", views.Alone(page(first, "/pulihkan-mfa", views.FieldError{Field: "cadangan",
			Text: "Kode cadangan tidak cocok atau sudah dipakai. Kosongkan kolom ini untuk cara lain."}), views.AlonePage{NIP: sampleNIP, Takes: "24 jam"})},
		{"alone-begin", views.AloneBegin(page("Satu langkah lagi", "/pulihkan-mfa/mulai"), "24 jam")},
		{"alone-queued", views.AloneWait(page(running, "/pulihkan-mfa/tunggu"), views.AloneWaitPage{Here: true})},
		{"alone-waiting", views.AloneWait(page(running, "/pulihkan-mfa/tunggu"), views.AloneWaitPage{Until: time, Here: true})},
		{"alone-over", views.AloneWait(page(over, "/pulihkan-mfa/tunggu"), views.AloneWaitPage{Ready: time, Here: true})},
		{"alone-elsewhere", views.AloneWait(page(over, "/pulihkan-mfa"), views.AloneWaitPage{Ready: time})},
		{"alone-ended", views.AloneWait(page("Masa tunggu berakhir", "/pulihkan-mfa/tunggu"),
			views.AloneWaitPage{Ended: "Ada yang masuk dengan autentikator lama, jadi penggantian ini batal.",
				Next: views.Link{Text: "Mulai lagi", Href: "/pulihkan-mfa"}})},
		{"alone-barred", views.AloneBarred(page("Perlu bantuan petugas", "/pulihkan-mfa"), barred)},
		{"alone-counter", views.AloneBarred(page("Perlu bantuan petugas", "/pulihkan-mfa"), guarded)},
	}
}
