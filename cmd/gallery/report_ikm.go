package main

import "pulih/views"

// ikmScene is the index of a half-year, as an agency publishes it.
func ikmScene(p views.Page) scene {
	p.Title, p.Path = "Indeks Kepuasan Masyarakat", "/petugas/laporan"
	return scene{"report-ikm", views.ReportIKMPage(p, views.ReportIKM{Agency: "BKPSDM Kabupaten Contoh", Period: "Semester 1 2026", Counted: "1 Juli 2026",
		Periods: []views.Link{{Text: "Semester 1 2026", Href: "#", Here: true}, {Text: "Semester 2 2025", Href: "#"}, {Text: "Semester 1 2025", Href: "#"}, {Text: "Tahun 2025", Href: "#"}},
		Section: views.ReportSection{ID: "ikm", Title: "Semester 1 2026", Lead: "Survei 1 Januari 2026 – 30 Juni 2026, dibandingkan dengan semester 2 2025.",
			Figures: []views.Figure{{Label: "Nilai IKM", Value: "82,94 · B", Note: "baik, n = 412 survei lengkap", Before: "80,12 · B"},
				{Label: "Tingkat jawaban survei", Value: "23%", Note: "412 dari 1.791 permohonan", Before: "19%"},
				{Label: "Survei lengkap", Value: "412", Note: "diminta 317", Before: "288"}},
			Tables: []views.Table{sampleElements()},
			Notes:  []string{"Mutu: A 88,31–100, B 76,61–88,30, C 65,00–76,60, D 25,00–64,99. NRR adalah nilai rata-rata, 1 sampai 4."}}})}
}

func sampleElements() views.Table {
	t := views.Table{Caption: "Nilai sembilan unsur", Head: []views.Column{{Text: "Unsur"}, {Text: "NRR", Number: true}, {Text: "Bobot", Number: true},
		{Text: "NRR × bobot", Number: true}, {Text: "Nilai (× 25)", Number: true}, {Text: "Mutu"}, {Text: "Sebelumnya", Number: true}}}
	for _, row := range [][]string{
		{"1. Persyaratan", "3,43", "1/9", "0,381", "85,75", "B", "3,31"}, {"2. Sistem, mekanisme, dan prosedur", "3,14", "1/9", "0,349", "78,50", "B", "3,02"},
		{"3. Waktu penyelesaian", "2,71", "1/9", "0,301", "67,75", "C", "2,66"}, {"4. Biaya atau tarif", "3,86", "1/9", "0,429", "96,50", "A", "3,90"},
		{"5. Produk layanan", "3,43", "1/9", "0,381", "85,75", "B", "3,40"}, {"6. Kompetensi pelaksana", "3,57", "1/9", "0,397", "89,25", "A", "3,44"},
		{"7. Perilaku pelaksana", "3,86", "1/9", "0,429", "96,50", "A", "3,71"}, {"8. Penanganan pengaduan", "2,86", "1/9", "0,318", "71,50", "C", "2,80"},
		{"9. Sarana dan prasarana", "3,00", "1/9", "0,333", "75,00", "C", "2,91"}, {"IKM", "", "9/9", "3,318", "82,94", "B", ""},
	} {
		var cells []views.Cell
		for _, text := range row {
			cells = append(cells, views.Cell{Text: text})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
