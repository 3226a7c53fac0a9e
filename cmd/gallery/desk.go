package main

import "pulih/views"

func deskScenes(site views.Site) []scene {
	page := func(title, path string) views.Page {
		return views.Page{Title: title, Path: path, Site: site, Staff: true, Who: sampleAgent()}
	}
	ticket := page("Siti Contoh", "/petugas/tiket/PUL-7K3M-9QXD")
	ticket.Back = "/petugas/antrean"
	wrong, changed := ticket, sampleDesk()
	wrong.Errors = []views.FieldError{{Field: "pemeriksaan-otp", Text: "Kode OTP tidak cocok atau sudah dipakai. Tunggu kode berikutnya."}}
	changed.Changed = &views.Changed{Moments: []views.Moment{{Title: "Diambil alih", When: "23-11-2026 10.40", By: "Budi Contoh"}}}
	none := sampleQueue()
	none.Narrow, none.Rows, none.Pager = sampleNarrowing(2), nil, views.Pager{Older: "#"}
	none.EmptyTitle, none.EmptyText = "Tidak ada yang cocok dengan saringan", "Ubah atau hapus saringan di atas."
	empty := views.Queue{Tabs: sampleQueue().Tabs, Shown: "10.42 WITA", Self: "/petugas/antrean",
		EmptyTitle: "Belum ada permohonan yang terbukti", EmptyText: "Permohonan yang sudah terbukti tampil di sini.",
		Elsewhere: views.Link{Text: "2 permohonan belum terbukti", Href: "#"}}
	return []scene{
		{"queue", views.QueuePage(page("Antrean", "/petugas/antrean"), sampleQueue())},
		{"queue-narrowed", views.QueuePage(page("Antrean", "/petugas/antrean"), none)},
		{"bulk", views.BulkPage(page("Balas banyak permohonan", "/petugas/antrean/massal"), views.Bulk{Post: "#", Numbers: []string{"PUL-7K3M-9QXD", "PUL-2B4F-7K3M"}})},
		{"bulk-done", views.BulkDonePage(page("Hasil", "/petugas/antrean/massal"), views.BulkDone{Done: []string{"PUL-7K3M-9QXD"}, Waits: true, Waiting: "#",
			Not: []views.Row{{Key: "PUL-2B4F-7K3M", Value: "Permohonan ini sedang ditangani rekan lain."}}})},
		{"bulk-waiting", views.BulkWaitingPage(page("Balasan massal", "/petugas/balasan-massal"), []views.BulkItem{{Text: "Portal sudah pulih. Silakan coba masuk lagi.",
			People: 34, Numbers: []string{"PUL-7K3M-9QXD"}, By: "Rina Contoh, 23-11-2026 10.40", Href: "#"}})},
		{"bulk-item", views.BulkItemPage(page("Balasan massal", "/petugas/balasan-massal"), views.BulkItem{Text: "Portal sudah pulih. Silakan coba masuk lagi.",
			People: 34, Numbers: []string{"PUL-7K3M-9QXD"}, By: "Rina Contoh, 23-11-2026 10.40", Confirm: "#", End: "#"})},
		{"keys", views.KeysPage(page("Tombol pintas", "/petugas/tombol"), true)},
		{"saved", views.SavedRepliesPage(page("Balasan siap pakai", "/petugas/balasan"), sampleSaved())},
		{"search", views.SearchPage(page("Cari permohonan", "/petugas/cari"), views.Search{Words: "siti pendidikan", Asked: true, Rows: sampleQueue().Rows, Pager: views.Pager{Older: "#"}})},
		{"search-nip", views.SearchPage(page("Cari permohonan", "/petugas/cari"), views.Search{Asked: true, ByNIP: true, Rows: sampleQueue().Rows})},
		{"search-none", views.SearchPage(page("Cari permohonan", "/petugas/cari"), views.Search{Words: "siti", Asked: true})},
		{"queue-empty", views.QueuePage(page("Antrean", "/petugas/antrean"), empty)},
		{"desk", views.DeskPage(ticket, sampleDesk())},
		{"desk-wrong", views.DeskPage(wrong, changed)},
		{"desk-file-pdf", views.DeskFilePage(page("SK PNS dari Siti Contoh", "/petugas/tiket/PUL-7K3M-9QXD"), samplePDF())},
		{"desk-file", views.DeskFilePage(page("KTP dari Siti Contoh", "/petugas/tiket/PUL-7K3M-9QXD"), sampleDeskFile())},
		{"desk-counter", views.CounterPage(page("Catat pemohon di loket", "/petugas/tiket/baru"), sampleCounter())},
		{"incidents", views.IncidentPage(page("Gangguan portal", "/petugas/gangguan"), sampleIncidents())},
		{"desk-slip", views.SlipPage(page("Kartu pendaftaran", "/petugas/tiket/PUL-7K3M-9QXD"), sampleSlip(site))},
		{"summary", views.SummaryPage(page("Ringkasan mingguan", "/petugas/laporan"), sampleSummary())},
		{"summary-off", views.SummaryPage(page("Ringkasan mingguan", "/petugas/laporan"), views.Summary{Address: "sari@example.go.id", Holds: sampleSummary().Holds, Post: "#"})},
		{"report", views.ReportPage(page("Laporan", "/petugas/laporan"), sampleReport())},
	}
}

func sampleQueue() views.Queue {
	row := views.QueueRow{Number: "PUL-7K3M-9QXD", Href: "#", Due: "sisa 1 j 20 m", DueTone: views.ToneWarn,
		Name: "Siti Contoh", Unit: "Dinas Pendidikan dan Kebudayaan", NIP: "••••1001", Kind: "Autentikator",
		Via: "Aplikasi terhapus", State: "Terbuka", Tone: views.ToneInfo, Last: "Pemohon · 5 m"}
	late := row
	late.Name, late.Unit = "Muhammad Abdurrahman Wahid Contoh", "RSUD Contoh"
	late.Due, late.DueTone, late.Owner = "lewat 2 j 5 m", views.ToneDanger, "Rina Contoh"
	waits := row
	waits.Due, waits.DueTone, waits.State, waits.Tone, waits.Last = "jeda", views.ToneWait, "Menunggu pemohon", views.ToneWait, "Petugas · 1 h 3 j"
	counter := row
	counter.Due, counter.DueTone, counter.Via, counter.Last = "sisa 1 h 2 j", views.ToneNeutral, "Loket", ""
	return views.Queue{
		Narrow: sampleNarrowing(0),
		View:   "belum-diambil", Shown: "10.42 WITA", Self: "/petugas/antrean", Live: "/petugas/acara", CanPull: true, CanOpen: true, Choose: true,
		Tabs: []views.Link{{Text: "Belum diambil", Count: "12", Here: true, Href: "#"}, {Text: "Milik saya", Count: "3", Href: "#"},
			{Text: "Menunggu pemohon", Count: "4", Href: "#"}, {Text: "Perlu verifikator", Count: "2", Href: "#"},
			{Text: "Belum terbukti", Count: "1.000+", Href: "#"}, {Text: "Selesai hari ini", Count: "9", Href: "#"}},
		Rows:  []views.QueueRow{late, row, waits, counter, counter, counter},
		Pager: views.Pager{Older: "#"},
	}
}

func sampleSaved() views.SavedReplies {
	text := "Yth. {nama},\n\nPermohonan {nomor} kami terima. Mohon bawa KTP asli ke loket."
	item := views.SavedReply{Title: "Minta datang ke loket", Text: text, By: "Wayan Contoh, 23-11-2026 08.12", Edit: "#", End: "#"}
	return views.SavedReplies{Write: true, Post: "#", Title: item.Title, Text: text, Preview: "Yth. Siti Contoh,\n\nPermohonan PUL-7K3M-9QXD kami terima.",
		Items: []views.SavedReply{item, item}}
}

func sampleNarrowing(on int) views.Narrowing {
	options := []views.Option{{Text: "Semua"}, {Value: "mfa", Text: "Autentikator"}, {Value: "other", Text: "Lainnya"}}
	field := func(name, label string, options []views.Option) views.Control {
		return views.Control{Field: views.Field{Name: name, Label: label, OneOf: true}, Options: options}
	}
	return views.Narrowing{View: "belum-diambil", Clear: "#", On: on, Fields: []views.Control{field("unit", "OPD", nil), field("jenis", "Jenis", options),
		field("tingkat", "Tingkat bukti", options), field("jalur", "Jalur", options), field("sebab", "Sebab", options)}}
}

func sampleDeskFile() views.DeskFile {
	form := sampleText("ktp", "Cocokkan KTP", "Nama pada dokumen", true)
	return views.DeskFile{
		Title: "KTP", Picture: qr("https://pulih.example.go.id"), Compare: &form,
		About:  []views.Row{{Key: "Dikirim", Value: "Senin, 23 November 2026 pukul 09.10 WITA"}, {Key: "Ukuran", Value: "212 KB"}},
		Others: []views.Link{{Text: "KTP", Href: "#", Here: true}, {Text: "SK PNS", Href: "#"}},
	}
}

func samplePDF() views.DeskFile {
	f := sampleDeskFile()
	f.Title, f.Picture, f.PDF, f.Mark = "SK PNS", "", "#", "HANYA UNTUK PEMULIHAN AKUN · 23-11-2026 · PUL-7K3M-9QXD"
	return f
}

func sampleDesk() views.Desk {
	return views.Desk{
		Number: "PUL-7K3M-9QXD",
		Tags: []views.Badge{{Tone: views.ToneInfo, Text: "Terbuka"}, {Tone: views.ToneWarn, Text: "sisa 1 j 20 m"},
			{Tone: views.ToneNeutral, Text: "Jarak jauh"}},
		Next: views.Next{Tone: views.ToneInfo, Title: "Lengkapi bukti", Text: "Masih kurang: telepon balik oleh pemeriksa.", Href: "#bukti", Link: "Cocokkan bukti"},
		Facts: []views.Row{{Key: "Jenis", Value: "Autentikator"}, {Key: "Diajukan", Value: "Senin, 23 November 2026 pukul 08.12 WITA"},
			{Key: "Batas", Value: "Senin, 23 November 2026 pukul 14.30 WITA"}, {Key: "Petugas", Value: "Rina Contoh"}},
		Answered: []views.Row{{Key: "Gejala", Value: "Kode OTP ditolak saat saya masuk"}, {Key: "Uji jam HP Anda", Value: "Jam saya meleset, 23-11-2026 08.05"},
			{Key: "Merek HP", Value: "Samsung"}},
		Measured: []views.Row{{Key: "Jam menurut kode latihan", Value: "Jam HP Anda terlambat 4 menit. Ketelitian ± 12 detik. Diukur 23-11-2026 08.04."}},
		Problem:  "HP saya hilang di angkot. Saya tidak bisa masuk sejak kemarin.",
		Thread: []views.Message{{By: "Pemohon", When: "23-11-2026 08.12", Text: "HP saya hilang."},
			{By: "Rina Contoh", When: "23-11-2026 08.40", Text: "Kapan Anda bisa ditelepon?", Mine: true},
			{By: "Rina Contoh", When: "23-11-2026 08.41", Text: "Suaranya ragu-ragu.", Note: true}},
		Handling: []views.Action{{ID: "pelepasan", Title: "Lepaskan tiket"}},
		Self:     "/petugas/tiket/PUL-7K3M-9QXD",
		Earlier:  []views.Cell{{Text: "Autentikator", Small: "Selesai · 12 Maret 2026"}, {Text: "Lainnya", Small: "Ditolak · 2 Juni 2026"}},
		Here:     "Sedang dibuka Tono Contoh",
		Saved:    []views.Option{{Value: "1", Text: "Minta datang ke loket"}, {Value: "2", Text: "Minta foto KTP"}},
		Replies:  []views.Action{sampleText("pertanyaan", "Kirim dan tunggu balasan", "Tulis kepada pemohon", true), sampleText("catatan", "Simpan catatan internal", "Catatan", false)},
		Claim:    []views.Row{{Key: "Nama", Value: "Siti Contoh"}, {Key: "OPD", Value: "Dinas Pendidikan"}, {Key: "NIP", Value: "••••1001"}, {Key: "Telepon", Value: "••••890"}},
		Flags:    []string{"Permintaan kedua dalam 30 hari."},
		Proofs:   []views.ProofRow{{Title: "KTP", By: "Panggilan video · Rina Contoh, 23-11-2026 09.05", NoFile: true, Result: views.Badge{Tone: views.ToneSuccess, Text: "Cocok"}}},
		Files:    []views.Cell{{Text: "KTP", Small: "212 KB · 23-11-2026 09.10", Href: "#"}, {Text: "SK PNS", Small: "Ditarik pemohon, 23-11-2026 09.12"}},
		Missing:  []string{"SK pengangkatan yang cocok", "Telepon balik oleh pemeriksa, dengan kode yang diketik pemohon"},
		Compare: []views.Action{sampleText("telepon", "Telepon balik", "Nomor telepon menurut SIASN", true),
			sampleText("sk_pns", "Cocokkan SK PNS", "Nama pada dokumen", false)},
		Actions: []views.Action{
			{ID: "pemeriksaan", Title: "Nyatakan identitas terbukti", Text: "Tiket lalu menunggu verifikator. Orang itu bukan Anda.", Open: true, Look: views.LookPrimary,
				Fields: []views.Control{{Field: views.OTPField("pemeriksaan-otp", "Kode OTP Anda sendiri")}}},
			sampleText("penolakan", "Tolak permohonan", "Alasan", false)},
		Closed:   []views.Closed{{Titles: []string{"Selesaikan"}, Why: "Permohonan ini sedang ditangani rekan lain."}},
		Identity: true,
		History:  []views.Moment{{Title: "Diajukan", When: "23-11-2026 08.12"}, {Title: "Diambil", When: "23-11-2026 08.30", By: "Rina Contoh"}},
	}
}

func sampleText(id, title, label string, open bool) views.Action {
	return views.Action{ID: id, Title: title, Open: open, Fields: []views.Control{{Area: true, Field: views.Field{Name: id + "-teks", Label: label, Rows: 3}}}}
}

func sampleCounter() views.CounterForm {
	return views.CounterForm{Kind: "mfa", Kinds: []views.Option{{Value: "mfa", Text: "Autentikator hilang atau rusak"}, {Value: "other", Text: "Masalah lain"}}}
}

func sampleSlip(site views.Site) views.Slip {
	return views.Slip{Agency: site.Agency, Name: "Siti Contoh", Number: "PUL-7K3M-9QXD", Code: "7K3M-9QXD-2B4F",
		Until: "10.52 WITA", Place: "pulih.example.go.id/daftar-mfa", Phone: site.Phone, Back: "#"}
}

func samplePairs() views.Table {
	return views.Table{Caption: "Siapa menyetujui siapa", Quiet: true,
		Head: []views.Column{{Text: "Pasangan"}, {Text: "Keputusan", Number: true}, {Text: "Ditolak", Number: true},
			{Text: "Dari pemeriksa", Number: true}, {Text: "Dari pemutus", Number: true}, {Text: "Tempo", Number: true}, {Text: "Penilaian"}},
		Rows: [][]views.Cell{
			{{Text: "Rina Wulandari", Small: "diputus Sari Melati"}, {Text: "23", Href: "#"}, {Text: "0"}, {Text: "96%"}, {Text: "71%"}, {Text: "41 dtk"},
				{Body: views.Tag(views.ToneWarn, "Periksa: kurang dari 2 menit")}},
			{{Text: "Tono Saputra", Small: "diputus Budi Verifikator"}, {Text: "11", Href: "#"}, {Text: "2"}, {Text: "58%"}, {Text: "100%"}, {Text: "25 m"}, {Text: "Tidak mencolok"}},
			{{Text: "Rina Wulandari", Small: "diputus Budi Verifikator"}, {Text: "1", Href: "#"}, {Text: "0"}, {Text: "–"}, {Text: "–"}, {Text: "–"}, {Text: "Terlalu sedikit untuk dinilai"}}}}
}

func sampleReport() views.Report {
	return views.Report{
		Agency: "BKPSDM Kabupaten Contoh", Periods: []views.Link{{Text: "Minggu ini", Here: true, Href: "#"}, {Text: "Bulan ini", Href: "#"}},
		From: "2026-11-16", Until: "2026-11-22", Period: "16 November 2026 – 22 November 2026 (WITA)", Previous: "9 November 2026 – 15 November 2026, minggu sebelumnya",
		Counted: "22-11-2026 15.10 WITA", AsOf: "22-11-2026 15.10 WITA", Behind: "1.204", Narrowed: "Jenis: Autentikator", Clear: "#",
		Exports:  []views.Link{{Text: "Unduh permohonan masuk", Href: "#"}, {Text: "Unduh permohonan selesai", Href: "#"}},
		Filters:  []views.Control{{Field: views.Field{Name: "jenis", Label: "Jenis", OneOf: true, Value: "mfa"}, Options: []views.Option{{Text: "Semua"}, {Value: "mfa", Text: "Autentikator"}}}},
		Sections: sampleSections(),
	}
}
