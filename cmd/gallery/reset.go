package main

import "pulih/views"

const sampleNIP = "19860926 201505 2 001"

func resetScenes(site views.Site) []scene {
	page := func(title, path string, wrong ...views.FieldError) views.Page {
		return views.Page{Title: title, Path: path, Back: "/", Site: site, Errors: wrong,
			Scripts: []string{"nip.js", "pow.js", "countdown.js", "password.js", "copy.js"}}
	}
	flow := views.ResetFlow{Path: "/pulihkan"}
	email := views.ResetEmailPage{Flow: flow, NIP: sampleNIP, Gate: views.Gate{CaptchaID: "contoh"}}
	odd := email
	odd.Warning, odd.Email, odd.Again = "Periksa angka ke-13 dan ke-14.", "siti.contoh@example.go.id", true
	spelling, bare := email, email
	spelling.Email, spelling.Other, spelling.Kept = "siti.contoh@gmial.com", "siti.contoh@gmail.com", "siti.contoh@gmial.com"
	bare.Gate.CaptchaID = ""
	code := views.ResetCodePage{Flow: flow, Email: "siti.contoh@example.go.id", Next: views.Countdown{
		Until: "2026-11-23T02:42:10Z", Left: 118, Shown: "10.42.10 WITA", Done: "Anda dapat meminta kode baru."}}
	closed := code
	closed.Closed, closed.Spent = true, true
	const set = "Buat kata sandi baru"
	return append(otherFlows(page, email, code), []scene{
		{"reset-nip", views.ResetNIP(page("Berapa NIP atau NI PPPK Anda?", "/pulihkan"), views.ResetNIPPage{Flow: flow})},
		{"reset-nip-wrong", views.ResetNIP(page("Berapa NIP atau NI PPPK Anda?", "/pulihkan",
			views.FieldError{Field: "nip", Text: "Itu tampaknya NIK (16 angka). Kami memerlukan NIP atau NI PPPK (18 angka)."}), views.ResetNIPPage{Flow: flow, NIP: "3204112609860001"})},
		{"reset-email", views.ResetEmail(page("Apa email yang terdaftar?", "/pulihkan/email"), email)},
		{"reset-email-again", views.ResetEmail(page("Apa email yang terdaftar?", "/pulihkan/email"), odd)},
		{"reset-email-spelling", views.ResetEmail(page("Apa email yang terdaftar?", "/pulihkan/email"), spelling)},
		{"reset-email-no-picture", views.ResetEmail(page("Apa email yang terdaftar?", "/pulihkan/email"), bare)},
		{"reset-code", views.ResetCode(page("Periksa email Anda", "/pulihkan/kode"), code)},
		{"reset-code-wrong", views.ResetCode(page("Periksa email Anda", "/pulihkan/kode",
			views.FieldError{Field: "kode", Text: "Kode tidak cocok. Periksa email terbaru dari kami. Sisa percobaan: 3."}), code)},
		{"reset-code-closed", views.ResetCode(page("Periksa email Anda", "/pulihkan/kode"), closed)},
		{"reset-link", views.ResetLink(page(set, "/pulihkan/tautan"), flow)},
		{"reset-over", views.ResetOver(page("Mulai lagi dari awal", "/pulihkan/kode"), flow,
			"Langkah ini tidak berlaku lagi di sini. Mungkin sudah dilanjutkan di HP atau komputer lain, atau waktunya habis.")},
		{"reset-password", views.ResetPassword(page(set, "/pulihkan/sandi"), views.ResetPasswordPage{Flow: flow, NIP: sampleNIP})},
		{"reset-password-wrong", views.ResetPassword(page(set, "/pulihkan/sandi",
			views.FieldError{Field: "sandi", Text: "Kata sandi paling sedikit 12 karakter. Anda mengetik 9. Tambahkan huruf besar, simbol."}), views.ResetPasswordPage{Flow: flow, NIP: sampleNIP, NeedsOTP: true})},
		{"reset-phrase", views.ResetPassword(page(set, "/pulihkan/sandi/usulan"), views.ResetPasswordPage{Flow: flow, NIP: sampleNIP, Phrase: "Kolam-teduh-perahu-jendela-41"})},
	}...)
}

// otherFlows are the shared pages as the other mailed codes word them.
func otherFlows(page func(string, string, ...views.FieldError) views.Page, email views.ResetEmailPage, code views.ResetCodePage) []scene {
	first, open := views.ResetFlow{Path: "/aktivasi"}, views.ResetFlow{Path: "/buka-kunci"}
	email.Flow, code.Flow = first, first
	return []scene{
		{"activation-nip", views.ResetNIP(page("Berapa NIP atau NI PPPK Anda?", "/aktivasi"), views.ResetNIPPage{Flow: first})},
		{"activation-email", views.ResetEmail(page("Apa email yang terdaftar?", "/aktivasi/email"), email)},
		{"activation-code", views.ResetCode(page("Periksa email Anda", "/aktivasi/kode"), code)},
		{"activation-link", views.ResetLink(page("Aktifkan akun", "/aktivasi/tautan"), first)},
		{"activation-password", views.ResetPassword(page("Aktifkan akun", "/aktivasi/sandi"), views.ResetPasswordPage{Flow: first, NIP: sampleNIP})},
		{"activation-phrase", views.ResetPassword(page("Aktifkan akun", "/aktivasi/sandi/usulan"),
			views.ResetPasswordPage{Flow: first, NIP: sampleNIP, Phrase: "Kolam-teduh-perahu-jendela-41"})},
		{"unlock-nip", views.ResetNIP(page("Berapa NIP atau NI PPPK Anda?", "/buka-kunci"), views.ResetNIPPage{Flow: open})},
		{"unlock-link", views.ResetLink(page("Buka kunci", "/buka-kunci/tautan"), open)},
	}
}

func accountScenes(site views.Site) []scene {
	page := func(title, path string, wrong ...views.FieldError) views.Page {
		return views.Page{Title: title, Path: path, Back: "/", Site: site, Errors: wrong, Scripts: []string{"nip.js", "password.js"}}
	}
	home := page("Akun Anda", "/akun")
	home.Back, home.Who = "", views.Who{Name: "Siti Contoh", Out: "/keluar"}
	return []scene{
		{"signin", views.SignIn(page("Masuk", "/masuk"), views.SignInPage{Renewed: true})},
		{"signin-late", views.SignIn(page("Masuk", "/masuk", views.FieldError{Field: "otp",
			Text: "Kode OTP sudah lewat. Ketik kode yang sedang tampil. Jika terulang, jam HP Anda terlambat."}),
			views.SignInPage{NIP: sampleNIP, Help: []views.Link{{Text: "Periksa jam HP Anda", Href: "/cek-jam"}}})},
		{"signin-paused", views.SignIn(page("Masuk", "/masuk", views.FieldError{Text: "Terlalu banyak percobaan. Coba lagi pukul 10.42.30 WITA."}),
			views.SignInPage{NIP: sampleNIP, Help: []views.Link{{Text: "Ingat kata sandi: buka kunci lewat email", Href: "/buka-kunci"},
				{Text: "Lupa kata sandi: buat yang baru lewat email", Href: "/pulihkan"}}})},
		{"signin-unlocked", views.SignIn(page("Masuk", "/masuk"), views.SignInPage{Unlocked: true})},
		{"signin-backup", views.SignIn(page("Masuk", "/masuk", views.FieldError{Field: "cadangan",
			Text: "Kode cadangan ini sudah dipakai. Pakai kode lain dari lembar Anda."}), views.SignInPage{NIP: sampleNIP, Backup: true})},
		{"account", views.Account(home, sampleAccount())},
		{"disown", views.Disown(page("Apakah ini Anda?", "/bukan-saya/contoh"), views.DisownPage{
			About: "Kata sandi akun Anda diganti.", When: "Senin, 23 November 2026 pukul 10.42 WITA",
			Will: []string{"Kata sandi baru itu kami hentikan.", "Semua sesi kami akhiri.", "Permohonan jarak jauh kami tahan 7 hari."}})},
		{"disown-before", views.Disown(page("Apakah ini Anda?", "/bukan-saya/contoh"), views.DisownPage{
			About: "Ada permohonan pemulihan untuk akun Anda.", When: "Senin, 23 November 2026 pukul 10.42 WITA", Number: "PUL-7K3M-9QXD", Done: true})},
		{"disowned", views.Disowned(page("Laporan Anda kami terima", "/bukan-saya/contoh"), views.DisownedPage{
			Done: []string{"Kata sandi baru itu tidak bisa dipakai lagi.", "Semua sesi akun Anda sudah berakhir."},
			Next: []string{"Buat kata sandi baru lewat email. Kami juga akan meminta kode OTP Anda."}, Mail: true, Desk: true})},
		{"disown-dead", views.DisownDead(page("Tautan ini sudah tidak berlaku", "/bukan-saya/contoh"))},
	}
}

// ownScenes are the pages below /akun.
func ownScenes(site views.Site) []scene {
	page := func(title, path string, wrong ...views.FieldError) views.Page {
		return views.Page{Title: title, Path: path, Back: "/akun", Site: site, Errors: wrong,
			Who: views.Who{Name: "Siti Contoh", Out: "/keluar"}, Scripts: []string{"password.js", "copy.js", "print.js"}}
	}
	device, address := sampleAccount().Devices[0], sampleAccount().Addresses[0]
	late := views.FieldError{Field: "otp", Text: "Kode OTP ini sudah dipakai. Tunggu kode berikutnya."}
	return []scene{
		{"account-device", views.AccountDeviceNew(page("Tambah autentikator", "/akun/autentikator"), false)},
		{"account-device-most", views.AccountDeviceNew(page("Tambah autentikator", "/akun/autentikator"), true)},
		{"account-device-remove", views.AccountDeviceRemove(page("Hapus autentikator", "/akun/autentikator/1", late), device, false)},
		{"account-device-last", views.AccountDeviceRemove(page("Hapus autentikator", "/akun/autentikator/1"), device, true)},
		{"account-backup", views.AccountBackupNew(page("Buat kode cadangan", "/akun/kode-cadangan"), views.AccountBackup{Left: 2})},
		{"account-backup-shown", views.AccountBackupShown(page("Kode cadangan Anda", "/akun/kode-cadangan"), sampleCodes(site))},
		{"account-password", views.AccountNewPassword(page("Ganti kata sandi", "/akun/sandi"), views.AccountPassword{NIP: sampleNIP,
			Weak: []string{"Kata sandi memuat nama Anda. Orang lain bisa menebaknya."}})},
		{"account-phrase", views.AccountNewPassword(page("Ganti kata sandi", "/akun/sandi/usulan"), views.AccountPassword{NIP: sampleNIP, Phrase: "Kolam-teduh-perahu-jendela-41"})},
		{"account-email", views.AccountEmailNew(page("Tambah email", "/akun/email"), views.AccountEmail{})},
		{"account-email-full", views.AccountEmailNew(page("Tambah email", "/akun/email"), views.AccountEmail{Full: true})},
		{"account-email-code", views.AccountEmailProve(page("Periksa email tambahan Anda", "/akun/email/kode"),
			views.AccountEmailCode{Email: "siti.pribadi@example.go.id", Until: "11.12 WITA"})},
		{"account-email-remove", views.AccountEmailRemove(page("Hapus email tambahan", "/akun/email/1"), address)},
	}
}

func sampleCodes(site views.Site) views.AccountCodes {
	codes := views.AccountCodes{Name: "Siti Contoh", Agency: site.Agency, Made: "23 November 2026"}
	for i := range 10 {
		codes.Codes = append(codes.Codes, "7K3M-9QXD-2PRT-4VW"+string(rune('0'+i)))
	}
	return codes
}

func sampleAccount() views.AccountPage {
	return views.AccountPage{
		Name: "Siti Contoh", NIP: sampleNIP, Unit: "Dinas Pendidikan dan Kebudayaan",
		Email: "s•••@dinas.example.go.id", Backup: 2,
		Addresses: []views.AccountAddress{{ID: "1", Email: "siti.pribadi@example.go.id", Since: "1 Agustus 2026"}},
		Devices:   []views.AccountDevice{{ID: "1", Name: "HP pribadi", State: "Aktif", Tone: views.ToneSuccess, Since: "2 Maret 2026", Used: "23 November 2026, 10.40 WITA"}},
		Sessions: []views.AccountSession{
			{Here: true, Began: "23 November 2026, 10.40 WITA", Seen: "10.42 WITA", Network: "203.0.113.0/24", Browser: "Chrome di Android"},
			{Began: "23 November 2026, 10.12 WITA", Seen: "10.35 WITA", Network: "198.51.100.0/24", Browser: "Firefox di Windows"},
		},
		History: []views.Moment{
			{Title: "Masuk", When: "23 November 2026, 10.40 WITA", Text: "Alamat jaringan 203.0.113.0/24", Tone: views.ToneSuccess},
			{Title: "Percobaan masuk: kata sandi salah", When: "23 November 2026, 10.38 WITA", Text: "Alamat jaringan 198.51.100.0/24", Tone: views.ToneWarn},
			{Title: "Kata sandi diganti lewat email", When: "22 November 2026, 08.15 WITA", Text: "Alamat jaringan 203.0.113.0/24", Tone: views.ToneInfo},
		},
	}
}
