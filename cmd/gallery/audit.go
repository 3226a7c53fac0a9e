package main

import "pulih/views"

// auditScenes are how a supervisor reads the log.
func auditScenes(site views.Site) []scene {
	page := func(title, path string) views.Page {
		return views.Page{Title: title, Path: path, Site: site, Staff: true, Who: views.Who{Name: "Sari Contoh", Role: "Penyelia",
			Nav: []views.Link{{Text: "Laporan", Href: "/petugas/laporan"}, {Text: "Audit", Href: "/petugas/audit"}, {Text: "Antrean", Href: "/petugas/antrean"}}, Out: "/petugas/keluar"}}
	}
	return []scene{
		{"audit", views.AuditPage(page("Audit", "/petugas/audit"), sampleAudit())},
		{"audit-chain", views.AuditChainPage(page("Rantai catatan audit", "/petugas/audit/rantai"), sampleChain())},
		{"audit-chain-held", views.AuditChainPage(page("Rantai catatan audit", "/petugas/audit/rantai"), sampleHeld())},
		{"audit-access", views.AuditAccessPage(page("Permintaan data pribadi", "/petugas/audit/riwayat"), sampleAccess())},
		{"audit-hand-over", views.AuditHandOverPage(page("Serahkan data pribadi", "/petugas/audit/riwayat"), views.AuditHandOver{
			State: views.Badge{Tone: views.ToneWait, Text: "Sisa 2 hari 4 jam"}, Rows: []views.Row{{Key: "Dasar", Value: "PUL-7K3M-9QXD"}}, Action: "#"})},
		{"audit-incident", views.AuditIncidentPage(page("Daftar terdampak insiden", "/petugas/audit/insiden"), views.AuditIncident{Tabs: sampleAuditTabs(3),
			Actors: []views.Option{{Text: "Siapa saja"}}, Actions: []views.Option{{Text: "Apa saja"}}})},
	}
}

func sampleAuditTabs(here int) []views.Link {
	tabs := []views.Link{{Text: "Catatan", Href: "#"}, {Text: "Rantai", Href: "#"}, {Text: "Permintaan data", Href: "#"}, {Text: "Insiden", Href: "#"}}
	tabs[here].Here = true
	return tabs
}

func sampleAudit() views.AuditLog {
	details := []views.Row{{Key: "Waktu", Value: "23-11-2026 10.12.07 WITA"}, {Key: "Sebelumnya", Value: "Terbuka"}, {Key: "Sesudahnya", Value: "Perlu verifikator"},
		{Key: "Kode peristiwa", Value: "01a203f6-ff49-79ea-94ec-e7fac259876b"}}
	about := views.AuditAbout{Number: "PUL-7K3M-9QXD", Ticket: "#", Person: "Orang 2a9b5f", Events: "#"}
	return views.AuditLog{Tabs: sampleAuditTabs(0), Alarm: "Pemeriksaan 23-11-2026 02.00 WITA menemukan 1 hal.", Asked: true, Waiting: true,
		Actors: []views.Option{{Text: "Siapa saja"}}, Actions: []views.Option{{Text: "Apa saja"}, {Text: "Permohonan: identitas diperiksa (ticket.check)"}},
		Results: []views.Option{{Text: "Semua"}}, Pager: views.Pager{Older: "#"},
		Table: views.Table{Caption: "Peristiwa", Quiet: true, Head: []views.Column{{Text: "Waktu"}, {Text: "Peristiwa"}, {Text: "Pelaku"}, {Text: "Tentang"}, {Text: "Rincian", Hide: true}},
			Rows: [][]views.Cell{
				{{Text: "23-11-2026 10.12", Code: true}, {Text: "Permohonan: identitas diperiksa", Small: "ticket.check · Berhasil"}, {Text: "Rina Contoh", Small: "203.0.113.0/24"},
					{Body: views.AuditAboutCell(about)}, {Body: views.AuditDetails(details)}},
				{{Text: "23-11-2026 10.02", Code: true}, {Text: "Masuk", Small: "signin · Salah"}, {Text: "Pengunjung, belum terbukti", Small: "198.51.100.0/24"},
					{Body: views.AuditAboutCell(views.AuditAbout{Person: "Orang 2a9b5f", Events: "#"})}, {Body: views.AuditDetails(details)}},
			}}}
}

func sampleChain() views.AuditChain {
	return views.AuditChain{Tabs: sampleAuditTabs(1), Running: true, Percent: 37, Checks: []views.AuditCheck{
		{Title: "Senin, 23 November 2026 pukul 10.40 WITA", State: views.Badge{Tone: views.ToneWait, Text: "Berjalan"}, Rows: []views.Row{{Key: "Diminta", Value: "Sari Contoh"}}},
		{Title: "Senin, 23 November 2026 pukul 02.00 WITA", State: views.Badge{Tone: views.ToneDanger, Text: "Tidak cocok"},
			Findings: []string{"Peristiwa nomor 1042 diubah setelah dikunci."}, Rows: []views.Row{{Key: "Diminta", Value: "Pulih sendiri"}, {Key: "Dalam rantai", Value: "20418 peristiwa"}}},
		{Title: "Minggu, 22 November 2026 pukul 02.00 WITA", State: views.Badge{Tone: views.ToneSuccess, Text: "Cocok"},
			Rows: []views.Row{{Key: "Diminta", Value: "Pulih sendiri"}, {Key: "Dalam rantai", Value: "19377 peristiwa"}, {Key: "Dalam salinan", Value: "19377 peristiwa"}}},
	}}
}

func sampleHeld() views.AuditChain {
	return views.AuditChain{Tabs: sampleAuditTabs(1), Again: "10.50 WITA", Checks: []views.AuditCheck{
		{Title: "Senin, 23 November 2026 pukul 10.40 WITA", State: views.Badge{Tone: views.ToneSuccess, Text: "Cocok"}, Rows: []views.Row{{Key: "Diminta", Value: "Sari Contoh"}}},
		{Title: "Senin, 23 November 2026 pukul 02.00 WITA", State: views.Badge{Tone: views.ToneDanger, Text: "Tidak cocok"},
			Findings: []string{"Salinan luar tidak ditambah lagi sampai pengelola server memeriksanya.", "17 temuan lain tidak ditampilkan."}}}}
}

func sampleAccess() views.AuditAccess {
	return views.AuditAccess{Tabs: sampleAuditTabs(2), Open: views.Table{Caption: "Menunggu diserahkan", Quiet: true,
		Head: []views.Column{{Text: "Diminta"}, {Text: "NIP"}, {Text: "Dasar"}, {Text: "Dicatat"}, {Text: "Keadaan"}},
		Rows: [][]views.Cell{{{Text: "20-11-2026 08.10 WITA", Href: "#"}, {Text: "••••••••••••••5001"}, {Text: "Datang ke loket"}, {Text: "Sari Contoh"}, {Body: views.Tag(views.ToneDanger, "Lewat 2 jam")}}}},
		Past: views.Table{Caption: "Sudah berakhir", Quiet: true, Head: []views.Column{{Text: "Diminta"}, {Text: "NIP"}, {Text: "Dasar"}, {Text: "Dicatat"}, {Text: "Keadaan"}},
			Rows: [][]views.Cell{{{Text: "02-10-2026 08.10 WITA", Href: "#"}, {Text: "••••••••••••••5001"}, {Text: "Datang ke loket"}, {Text: "Sari Contoh"}, {Body: views.Tag(views.ToneNeutral, "Tidak diambil")}}}}}
}
