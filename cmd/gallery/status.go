package main

import "pulih/views"

func statusScenes(site views.Site) []scene {
	return []scene{
		{"status-find", views.StatusLookup(requestPage(site, "Cek status permohonan"), views.StatusFind{})},
		{"status-find-wrong", views.StatusLookup(requestPage(site, "Cek status permohonan",
			views.FieldError{Field: "kunci", Text: "Nomor dan kunci tidak cocok. Periksa keduanya."}), views.StatusFind{Number: sampleNumber})},
		{"status-open", views.StatusShow(requestPage(site, "Permohonan Anda menunggu petugas"), sampleOpen())},
		{"status-ready", views.StatusShow(requestPage(site, "Kode pendaftaran Anda siap"), sampleReady())},
		{"status-done", views.StatusShow(requestPage(site, "Masalah Anda sudah selesai"), sampleDone())},
		{"status-rated", views.StatusShow(requestPage(site, "Masalah Anda sudah selesai"), sampleRated())},
		{"status-survey", views.StatusSurvey(requestPage(site, "Bagaimana layanan kami?"), views.Survey{Number: sampleNumber, Questions: views.SurveyQuestions[:]})},
		{"status-refused", views.StatusShow(requestPage(site, "Permohonan ini belum bisa kami setujui"), sampleRefused())},
	}
}

func statusStepScenes(site views.Site) []scene {
	page := func(title string) views.Page { return requestPage(site, title) }
	return []scene{
		{"status-factor", views.StatusFactor(page("Tunjukkan bahwa ini Anda"), sampleNumber)},
		{"status-call", views.StatusCall(page("Ketik kode dari petugas"), sampleNumber)},
		{"status-take", views.StatusTake(page("Ambil kode pendaftaran"), sampleNumber, true)},
		{"status-pass", views.StatusPassShown(page("Kode pendaftaran Anda"), views.StatusPass{
			Number: sampleNumber, Code: "7K3M-9QXD-2PRT", Enrol: "/daftar-mfa",
			Place: "https://pulih.example.go.id/daftar-mfa", QR: qr("https://pulih.example.go.id/daftar-mfa"),
			Until: views.Countdown{Until: "2026-11-23T02:42:00Z", Left: 3540, Shown: "10.42 WITA", Done: "Kode pendaftaran sudah kedaluwarsa."},
		})},
		{"status-files", views.StatusFiles(page("Kirim foto dokumen"), sampleFiles())},
		{"status-cancel", views.StatusCancel(page("Batalkan permohonan ini?"), sampleNumber)},
		{"status-new-email", views.StatusNewEmail(page("Alamat email baru Anda"), sampleNumber, "")},
		{"status-email-change", views.StatusEmailChange(page("Ganti alamat email"), views.EmailChange{Number: sampleNumber,
			Email: "siti.baru@example.go.id", Factor: true, Ready: true})},
		{"status-reopen", views.StatusReopen(page("Buka kembali permohonan ini?"), sampleNumber, "", false)},
	}
}

func sampleFiles() views.Files {
	return views.Files{
		Action: "/tiket", Kinds: []views.Option{{Value: "ktp", Text: "KTP"}, {Value: "sk_pns", Text: "SK PNS"}, {Value: "lain", Text: "Dokumen lain"}}, CanSend: true, Voids: true,
		Rows: []views.FileRow{{Title: "KTP", Text: "212 KB · 23 November 2026, 09.10 WITA", Back: "/tiket"}, {Title: "SK PNS", Text: "1,4 MB · 23 November 2026, 09.12 WITA", Back: "/tiket"}},
		Privacy: []views.Row{{Key: "Untuk apa", Value: "Hanya untuk memeriksa identitas Anda pada permohonan ini."},
			{Key: "Berapa lama", Value: "Dihapus 30 hari setelah permohonan selesai, atau 7 hari bila ditolak."}},
	}
}

func sampleOpen() views.Status {
	return views.Status{
		Number: sampleNumber, Tag: "Diajukan", Tone: views.ToneWait, Lead: "Belum ada yang perlu Anda lakukan.",
		Until: "Kami periksa paling lambat Selasa, 24 November 2026 pukul 10.00 WITA.", Updated: "10.42 WITA",
		Next:  []views.StatusNext{{Title: "Ingin didahulukan?", Text: "Buktikan dengan kata sandi atau perangkat lain.", Button: "Buktikan diri", Href: "/tiket"}},
		Steps: sampleWay(1), CanReply: true, CanCancel: true, CanAttach: true,
	}
}

func sampleReady() views.Status {
	return views.Status{
		Number: sampleNumber, Tag: "Siap", Tone: views.ToneSuccess, Lead: "Siapkan HP baru, lalu ambil kodenya.",
		Updated: "10.42 WITA", News: "Pesan Anda sudah terkirim.",
		Next:  []views.StatusNext{{Title: "Giliran Anda", Text: "Siapkan HP baru. Kode berlaku 60 menit.", Button: "Ambil kode pendaftaran", Href: "/tiket"}},
		Steps: sampleWay(4), CanReply: true, CanCancel: true, Files: "KTP, SK PNS",
		Messages: []views.Message{
			{By: "Petugas", When: "23 November 2026, 09.10 WITA", At: "2026-11-23T01:10:00Z", Text: "Selamat pagi. Bisa kirim nomor SK terakhir?\nTerima kasih."},
			{By: "Anda", When: "23 November 2026, 09.20 WITA", At: "2026-11-23T01:20:00Z", Text: "Baik, ini nomornya.", Mine: true},
		},
	}
}

func sampleRefused() views.Status {
	return views.Status{
		Number: sampleNumber, Tag: "Ditutup", Tone: views.ToneNeutral, Lead: "Tidak ada yang berubah pada akun Anda.",
		Until: "Alasan: Bukti belum cukup.", Updated: "10.42 WITA",
		Next: []views.StatusNext{{Title: "Masih perlu bantuan?", Text: "Anda boleh mengajukan lagi, atau datang ke loket dengan KTP dan SK asli.", Button: "Ajukan permohonan baru", Href: "/tiket/baru"}},
		Steps: []views.Moment{
			{Title: "Diajukan", When: "23 November 2026, 09.00 WITA", Tone: views.ToneSuccess},
			{Title: "Ditutup", When: "23 November 2026, 09.40 WITA", Tone: views.ToneNeutral, Now: true},
		},
	}
}

// sampleDone asks the two questions of the end.
func sampleDone() views.Status {
	return views.Status{
		Number: sampleNumber, Tag: "Selesai", Tone: views.ToneSuccess, Lead: "Autentikator baru Anda sudah aktif.", Updated: "10.42 WITA",
		Next:  []views.StatusNext{{Title: "Coba masuk sekarang", Text: "Pakai NIP, kata sandi, dan kode OTP.", Button: "Masuk", Href: "/masuk"}},
		Steps: sampleWay(6),
		Rating: &views.Rating{Solveds: []views.Option{{Value: "ya", Text: "Ya, selesai"}, {Value: "sebagian", Text: "Sebagian"}, {Value: "tidak", Text: "Belum"}},
			Helpeds: views.Scale("Tidak terbantu", "Kurang terbantu", "Terbantu", "Sangat terbantu")},
	}
}

// sampleRated offers nine more.
func sampleRated() views.Status {
	s := sampleDone()
	s.Rating, s.CanSurvey, s.News = nil, true, "Terima kasih atas penilaian Anda."
	return s
}

// sampleWay is the way of a request that stands at a step.
func sampleWay(here int) []views.Moment {
	titles := []string{"Diajukan", "Identitas diperiksa", "Disetujui petugas kedua", "Masa tunggu", "Kode pendaftaran", "Autentikator baru aktif"}
	var way []views.Moment
	for i, title := range titles {
		m := views.Moment{Title: title, Now: i == here, Later: i > here}
		switch {
		case i < here:
			m.Tone, m.When, m.At = views.ToneSuccess, "23 November 2026, 09.30 WITA", "2026-11-23T01:30:00Z"
		case i == here:
			m.Tone = views.ToneWait
		}
		way = append(way, m)
	}
	return way
}
