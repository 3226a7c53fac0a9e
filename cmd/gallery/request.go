package main

import (
	"slices"
	"strings"

	"pulih/views"
)

const (
	sampleNumber = "PUL-7K3M-9QXD"
	sampleURI    = "otpauth://totp/ASN%20Digital:198609262015051001?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ASN%20Digital&algorithm=SHA1&digits=6&period=30"
)

// requestScenes are the pages around a request, from filing to enrolment.
func requestScenes(site views.Site) []scene {
	return slices.Concat(filingScenes(site), statusScenes(site), statusStepScenes(site), enrolScenes(site))
}

func requestPage(site views.Site, title string, wrong ...views.FieldError) views.Page {
	return views.Page{
		Title: title, Path: "/tiket", Back: "/", Site: site, Errors: wrong,
		Scripts: []string{"nip.js", "password.js", "copy.js", "countdown.js", "pow.js"},
	}
}

func filingScenes(site views.Site) []scene {
	page := func(title string, wrong ...views.FieldError) views.Page { return requestPage(site, title, wrong...) }
	missing := page("Siapa Anda?",
		views.FieldError{Field: "nip", Text: "NIP harus 18 angka. Anda mengetik 17 angka."})
	hostile := sampleRequest()
	hostile.Name, hostile.Problem = "<script>alert(1)</script>\u202egpj.exe", strings.Repeat("Wxyz", 500)
	return []scene{
		{"request", views.RequestTasks(page("Ajukan permohonan ke petugas"), views.Tasks{Tasks: sampleTasks(false)})},
		{"request-tasks", views.RequestTasks(page("Ajukan permohonan ke petugas"), views.Tasks{Begun: true, Next: "#", Tasks: sampleTasks(true)})},
		{"request-identity", views.RequestPart(missing, "identitas", views.RequestForm{NIP: "1986092620150510"})},
		{"request-problem", views.RequestPart(page("Apa yang terjadi?"), "masalah", sampleRequest())},
		{"request-contact", views.RequestPart(page("Bagaimana kami menghubungi Anda?"), "kontak", sampleRequest())},
		{"request-evidence", views.RequestPart(page("Kapan Anda menunjukkan dokumen?"), "bukti", sampleRequest())},
		{"request-gate", views.RequestGate(page("Satu langkah sebelum mengunggah"), sampleRequest().Gate)},
		{"request-files", views.RequestFiles(page("Unggah foto dokumen"), sampleFiles(), "#")},
		{"request-resume", views.RequestResume(page("Lanjutkan isian tadi?"))},
		{"request-check", views.RequestCheck(page("Periksa jawaban Anda"), sampleRequest())},
		{"request-hostile", views.RequestCheck(page("Periksa jawaban Anda"), hostile)},
		{"request-receipt", views.RequestReceipt(page("Permohonan Anda kami terima"), views.Receipt{
			Number: sampleNumber, Secret: "7K3M9QXD2PRTA8ZC", Next: sampleReceiptSteps(), Danger: true,
			QR: qr("https://pulih.example.go.id/tiket/PUL-7K3M-9QXD?kunci=7K3M9QXD2PRTA8ZC"), Site: "https://pulih.example.go.id/tiket", Done: "/tiket",
		})},
	}
}

var sampleCauses = []views.Option{
	{Value: "hilang", Text: "HP hilang atau dicuri"}, {Value: "ganti", Text: "Ganti HP"}, {Value: "lain", Text: "Masalah lain"},
}

func sampleTasks(begun bool) (tasks []views.Task) {
	for i, title := range []string{"Identitas", "Masalah", "Cara dihubungi", "Bukti"} {
		task := views.Task{Title: title, Done: begun && i == 0}
		if begun {
			task.Href = "#"
		}
		tasks = append(tasks, task)
	}
	return append(tasks, views.Task{Title: "Periksa dan kirim", Later: true})
}

func sampleRequest() views.RequestForm {
	return views.RequestForm{
		Cause: "hilang", Causes: sampleCauses, NIP: "19860926 201505 1 001", Name: "Siti Contoh", Unit: "Dinas Pendidikan",
		Problem: "HP jatuh di laut kemarin sore.\nSaya sudah coba HP lain.",
		Ways:    []views.Option{{Value: "wa", Text: "WhatsApp"}, {Value: "telepon", Text: "Telepon"}, {Value: "status", Text: "Saya periksa sendiri di halaman status"}},
		Via:     "wa", HoursList: []views.Option{{Text: "Kapan saja"}, {Value: "pagi", Text: "Pagi, 08.00–11.00"}},
		Times: []views.Option{{Value: "sekarang", Text: "Unggah sekarang", Hint: "Foto KTP atau SK dari HP atau komputer ini."},
			{Value: "nanti", Text: "Nanti, bila petugas memintanya"}, {Value: "loket", Text: "Tunjukkan di loket", Hint: "Bawa KTP dan SK asli pada jam layanan."}},
		Evidence: "sekarang", Files: "KTP", Counter: "Jl. Contoh No. 1, Kabupaten Contoh. Senin–Jumat, 08.00–16.00 WITA.",
		Gate: views.Gate{CaptchaID: "contoh", Pow: views.Pow{Challenge: "contoh", Bits: 15}},
	}
}

func enrolScenes(site views.Site) []scene {
	const title = "Daftarkan autentikator baru"
	page := func(wrong ...views.FieldError) views.Page { return requestPage(site, title, wrong...) }
	device := views.EnrolDevice{
		App: sampleURI, QR: qr(sampleURI), Key: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
		Issuer: "ASN Digital", Name: "HP pribadi", Until: "10.57 WITA", Phone: true,
	}
	laptop, late := device, device
	laptop.Phone, late.Late = false, true
	return []scene{
		{"enrol", views.EnrolStart(page(), views.EnrolOpen{})},
		{"enrol-password", views.EnrolStart(page(), views.EnrolOpen{NewPassword: true, Phrase: "Perahu-lontar-gerimis-42-jendela"})},
		{"enrol-device", views.EnrolSteps(page(), device)},
		{"enrol-device-laptop", views.EnrolSteps(page(), laptop)},
		{"enrol-device-late", views.EnrolSteps(page(views.FieldError{Field: "kode", Text: "Jam HP Anda terlambat sekitar 4 menit. Perbaiki jam, lalu ketik kode baru."}), late)},
		{"enrol-done", views.EnrolFinished(requestPage(site, "Autentikator baru sudah aktif"), views.EnrolDone{Device: "HP pribadi", Issuer: "Pulih BKPSDM Contoh", Next: views.Link{Text: "Masuk sekarang", Href: "/masuk"}})},
	}
}

func sampleReceiptSteps() []views.Moment {
	return []views.Moment{
		{Title: "Anda membuktikan diri", Text: "Caranya ada di halaman status. Yang terbukti kami periksa lebih dahulu."},
		{Title: "Petugas memeriksa", Text: "Paling lambat Selasa, 24 November 2026 pukul 10.00 WITA.", Later: true},
		{Title: "Petugas kedua menyetujui", Text: "Dua orang memeriksa, agar akun Anda aman.", Later: true},
		{Title: "Anda mendaftarkan autentikator baru", Text: "Kode pendaftaran muncul di halaman status.", Later: true},
	}
}
