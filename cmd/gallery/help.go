package main

import (
	"pulih/guide"
	"pulih/views"
)

// helpScenes are the pages of the troubleshooter and of the guide.
func helpScenes(site views.Site) []scene {
	page := func(title string) views.Page {
		return views.Page{Title: title, Path: "/bantuan", Back: "/", Site: site, Scripts: []string{"copy.js", "print.js"}}
	}
	question, symptom, step := sampleHelp()
	found, helped, measured := question, step, step
	found.Asked, found.Found, found.Typed = true, question.Choices[:1], "Invalid authenticator code"
	helped.Helper = true
	verdict := guide.Judge(sampleFindings()["slow"])
	measured.Tool = views.HelpTool{Tool: guide.ClockTool, Clock: &verdict, ClockAt: "23-11-2026 10.27", Measured: guide.Failed}
	carried := []views.Row{{Key: "Gejala", Value: "Kode OTP ditolak"}, {Key: "Jam", Value: "Jam HP Anda terlambat 4 menit."}}
	return []scene{
		{"help", views.HelpAsk(page("Pesan apa yang muncul?"), question)},
		{"help-found", views.HelpAsk(page("Pesan apa yang muncul?"), found)},
		{"help-symptom", views.HelpTrouble(page("Kode OTP ditolak"), symptom)},
		{"help-print", views.HelpPrint(page("Kode OTP ditolak"), views.HelpSheet{Page: "https://pulih.example.go.id/bantuan/otp-tidak-valid", Warning: symptom.Warning, Escalate: symptom.Escalate,
			Steps: []views.HelpSheetStep{{Title: "Nyalakan waktu otomatis", Text: step.Text, Risk: step.Risk, Brands: true, Ways: []views.Prose{plain("Sudah menyala: lanjut ke langkah 2.")}}}})},
		{"help-step", views.HelpStepPage(page("Nyalakan waktu otomatis"), step)},
		{"help-step-helper", views.HelpStepPage(page("Nyalakan waktu otomatis"), helped)},
		{"help-step-clock", views.HelpStepPage(page("Uji jam HP Anda"), measured)},
		{"help-agent", views.HelpToAgent(page("Kirim permohonan ke petugas"), views.HelpEnd{Why: plain("Jam sudah hijau, tetapi kode tetap ditolak."), Request: "#", Carried: carried})},
		{"help-solved", views.HelpSolved(page("Berhasil"))},
		{"help-helper", views.HelpHelperPage(page("Membantu orang lain"), views.HelpHelper{})},
		{"guide", views.GuideList(page("Panduan dan tanya jawab"), views.GuideIndex{Pages: []views.Link{{Text: "Aktivasi", Href: "#"}},
			FAQ: []views.GuideFAQ{{Question: plain("Apakah perlu internet?"), Answer: []views.Prose{plain("Tidak.")}}}})},
		{"guide-page", views.GuideShow(page("Aktivasi"), views.GuidePage{Page: "https://pulih.example.go.id/panduan/aktivasi",
			Steps: []views.GuideStep{{Title: "Masuk tanpa OTP", Text: []views.Prose{plain("Kosongkan kolom OTP.")}, Symptom: views.Link{Text: "QR tidak muncul", Href: "#"}}}})},
	}
}

func plain(text string) views.Prose { return views.Prose{{Text: text}} }

func sampleHelp() (q views.HelpQuestion, s views.HelpSymptom, step views.HelpStep) {
	q = views.HelpQuestion{Hint: plain("Pilih yang paling mirip, atau tempel pesannya."), Paste: true, Choices: []views.HelpChoice{
		{Text: views.Prose{{Text: "Kode OTP ditolak: “"}, {Text: "Invalid authenticator code", English: true}, {Text: "”"}}, Href: "#"}, {Text: plain("Kata sandi ditolak"), Href: "#"}}}
	s = views.HelpSymptom{Causes: []views.Prose{plain("Jam di HP terlambat atau terlalu cepat.")}, Warning: plain("Jangan hapus entri dari aplikasi."),
		Steps: []views.HelpChoice{{Text: plain("Uji jam HP Anda"), Href: "#"}}, Print: "#", Escalate: plain("Jam sudah hijau, tetapi kode tetap ditolak."), HandOver: "#",
		Messages: []views.HelpMessage{{Text: "Invalid authenticator code.", Lang: "en", Meaning: plain("Kode ditolak.")}}}
	samsung, _ := guide.BrandByKey("samsung")
	step = views.HelpStep{Symptom: plain("Kode OTP ditolak"), Back: "#", Post: "#", No: 2, Of: 5, Text: []views.Prose{plain("Buka Setelan di HP. Cari kata “tanggal”.")},
		Risk: plain("Alarm di HP ikut bergeser."), Says: views.HelpSays{Worked: plain("Sudah menyala"), Failed: plain("Belum berhasil"), Cannot: plain("Saya tidak bisa")},
		Tool: views.HelpTool{Tool: guide.BrandTool, Brand: samsung, Brands: []views.Link{{Text: "Samsung", Href: "#", Here: true}, {Text: "iPhone", Href: "#"}}},
		Page: "https://pulih.example.go.id/bantuan/otp-tidak-valid/jam-otomatis", QR: qr("https://pulih.example.go.id/bantuan/otp-tidak-valid/jam-otomatis")}
	return q, s, step
}

func sampleIncidents() views.Incidents {
	return views.Incidents{Propose: true, Starts: "2026-11-23T10:00", Ends: "2026-11-23T12:00", Zone: "WITA", Items: []views.IncidentItem{
		{Text: "Portal sulit dibuka sejak pagi. Kata sandi Anda tidak bermasalah.", When: "23-11-2026 10.00 sampai 23-11-2026 12.00 WITA",
			State: views.Badge{Tone: views.ToneWait, Text: "Menunggu konfirmasi"}, People: "Diusulkan Rina Contoh", Confirm: "#", End: "#", EndText: "Tarik usulan"},
	}}
}
