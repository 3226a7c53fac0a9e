package main

import (
	"fmt"
	"time"

	"github.com/a-h/templ"

	"pulih/views"
)

// reportScenes shows what leads away from a report; the report itself is one of
// the desk's scenes.
func reportScenes(site views.Site) []scene {
	p := views.Page{Title: "Laporan", Path: "/petugas/laporan", Site: site, Staff: true, Who: sampleAgent()}
	return append(exportScenes(p), ikmScene(p))
}

func exportScenes(p views.Page) []scene {
	p.Title, p.Path = "Unduh laporan", "/petugas/laporan/ekspor"
	asked := views.ReportExport{Action: "#", Form: "xlsx", Columns: []string{"Nomor tiket", "Unit kerja", "Tanggal (WITA)"},
		Forms: []views.Option{{Value: "xlsx", Text: "Excel (.xlsx)", Hint: "Tanggal dan lama dapat dihitung."}, {Value: "csv", Text: "CSV untuk Excel Indonesia", Hint: "Titik koma, dan koma desimal."}},
		Rows: []views.Row{{Key: "Isi", Value: "Permohonan masuk"}, {Key: "Periode", Value: "1 Januari 2026 – 31 Desember 2026 (WITA)"},
			{Key: "Saringan", Value: "Tidak ada"}, {Key: "Jumlah baris", Value: "312.480"}}}
	file := views.ReportExportFile{Name: "laporan-masuk-2026-01-01-2026-12-31.xlsx", Back: "#", Count: 131_500, Percent: 42, Running: true, Href: "#", Until: "10.42"}
	ready, failed := file, file
	ready.Running, ready.Count, failed.Running, failed.Failed = false, 312_480, false, true
	job := p
	job.Title = "Berkas Excel"
	return []scene{{"report-export", views.ReportExportPage(p, asked)}, {"report-export-running", views.ReportExportFilePage(job, file)},
		{"report-export-ready", views.ReportExportFilePage(job, ready)}, {"report-export-failed", views.ReportExportFilePage(job, failed)}}
}

func sampleSections() []views.ReportSection {
	return []views.ReportSection{
		{ID: "kembali", Title: "Apakah orang kembali masuk?", Lead: "Yang masuk, yang selesai, dan yang masih menunggu.",
			Figures:  []views.Figure{sampleArrivals(), sampleMedian(), sampleAlone(), sampleFew()},
			Pictures: []templ.Component{views.BarChart(sampleBars), views.StackedChart(sampleEndings()), views.LineChart(sampleYear()), views.RowChart(sampleUnits())}},
		{ID: "cepat", Title: "Seberapa cepat?",
			Pictures: []templ.Component{views.LineChart(sampleSpans()), views.Histogram(sampleDrift()), views.BarChart(sampleMonth()), views.StackedChart(sampleWeeks())},
			Notes:    []string{"Kelompok di bawah lima permohonan tidak diberi angka."}},
		{ID: "sendiri", Title: "Tanpa petugas",
			Pictures: []templ.Component{views.FunnelChart(sampleFunnel()), views.BarChart(views.Chart{ID: "kosong", Title: "Kode per domain email", Unit: "kode", Labels: []string{"a"}, Series: []views.Series{{Name: "Kode"}}})}},
		{ID: "kapan", Title: "Kapan orang datang?", Pictures: []templ.Component{views.HeatMap(sampleHeat())},
			Tables: []views.Table{samplePairs()}},
	}
}

func sampleArrivals() views.Figure {
	return views.Figure{Label: "Permohonan masuk", Value: "1.042", Before: "938", Href: "#", Sheet: views.Sheet{
		Set: "Permohonan yang diajukan dalam periode ini.", Clock: "Waktu kalender.", Start: "Saat diajukan."}}
}

func sampleMedian() views.Figure {
	return views.Figure{Label: "Median penyelesaian, jam kerja", Value: "5 jam 20 mnt", Note: "dari 987 permohonan", Before: "6 jam 2 mnt", Href: "#", Sheet: views.Sheet{
		Set: "Permohonan yang selesai dalam periode ini, termasuk yang terlambat.", Clock: "Jam kerja.", Start: "Saat diajukan.",
		End: "Saat selesai untuk terakhir kali.", Calendar: "Kalender instansi tanpa hari libur."}}
}

func sampleAlone() views.Figure {
	return views.Figure{Label: "Pulih tanpa petugas", Value: "62%", Note: "dari 2.711 orang", Before: "58%", Sheet: views.Sheet{
		Set: "Orang yang memakai panduan atau kode email lalu tidak mengajukan permohonan dalam 72 jam."}}
}

func sampleFew() views.Figure {
	return views.Figure{Label: "Dugaan penipuan ditutup", Value: "–", Note: "kurang dari 5", Before: "kurang dari 5", Href: "#"}
}

// wave is a made-up course that looks like a working year.
func wave(n, low, swing int) []float64 {
	var all []float64
	for i := range n {
		all = append(all, float64(low+(i*37+i*i*11)%swing))
	}
	return all
}

func weeks(n int) []string {
	var all []string
	for i := range n {
		day := time.Date(2025, time.November, 24+7*i, 0, 0, 0, 0, time.UTC)
		all = append(all, fmt.Sprintf("%d %s", day.Day(), []string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}[day.Month()-1]))
	}
	return all
}

func sampleYear() views.Chart {
	return views.Chart{ID: "setahun", Title: "Masuk dan selesai, setahun", Unit: "permohonan", Axis: "Minggu",
		Desc: "Naik turun antara 20 dan 90 setiap minggu.", Labels: weeks(53),
		Series: []views.Series{{Name: "Masuk", Values: wave(53, 30, 61)}, {Name: "Selesai", Values: wave(53, 22, 47)}}}
}

func sampleWeeks() views.Chart {
	return views.Chart{ID: "setahun-akhir", Title: "Cara berakhir, setahun", Unit: "permohonan", Axis: "Minggu",
		Desc: "Sebagian besar selesai setiap minggu.", Labels: weeks(53),
		Series: []views.Series{{Name: "Selesai", Values: wave(53, 30, 61)}, {Name: "Ditolak", Values: wave(53, 2, 11)}, {Name: "Kedaluwarsa", Values: wave(53, 1, 7)}}}
}

func sampleEndings() views.Chart {
	c := sampleBars
	c.ID, c.Title, c.Desc = "akhir", "Cara berakhir per minggu", "Sebagian besar selesai; penolakan tetap sedikit."
	c.Series = []views.Series{
		{Name: "Selesai", Values: []float64{15, 21, 28, 29, 35, 39, 41, 43}}, {Name: "Ditolak", Values: []float64{3, 4, 3, 6, 5, 4, 7, 6}},
		{Name: "Dibatalkan pemohon", Values: []float64{2, 2, 5, 4, 3, 6, 4, 5}}, {Name: "Kedaluwarsa", Values: []float64{4, 3, 2, 5, 6, 3, 4, 4}},
		{Name: "Digabung", Values: []float64{1, 2, 1, 2, 3, 1, 2, 2}},
	}
	return c
}

func sampleSpans() views.Chart {
	c := sampleLines
	c.ID, c.Unit, c.Spans = "lama", "jam kerja", true
	c.Say = func(v float64) string { return fmt.Sprintf("%d j %d m", int(v)/60, int(v)%60) }
	c.Series = []views.Series{{Name: "Median", Values: []float64{360, 330, views.Untold(), 250, 240, 228, 186, 192}},
		{Name: "p90", Values: []float64{1800, 1680, 1320, 1500, 1080, 960, 900, 840}}, {Name: "Sasaran", Values: []float64{480, 480, 480, 480, 480, 480, 480, 480}}}
	return c
}

func sampleDrift() views.Chart {
	return views.Chart{ID: "selisih", Title: "Selisih jam HP yang diukur", Unit: "pengukuran", Axis: "Selisih", Desc: "Separuh jam cocok; satu dari sepuluh meleset tepat satu jam.",
		Labels: []string{"> 1 j lambat", "1 j lambat", "5–59 m lambat", "1–5 m lambat", "cocok", "1–5 m cepat", "5–59 m cepat", "1 j cepat", "> 1 j cepat"},
		Series: []views.Series{{Name: "Pengukuran", Values: []float64{4, 31, 12, 40, 170, 38, 9, 27, 2}}}}
}

func sampleMonth() views.Chart {
	c := views.Chart{ID: "sebulan", Title: "Masuk per hari", Unit: "permohonan", Axis: "Hari", Desc: "Hari kerja ramai, akhir pekan sepi.",
		Series: []views.Series{{Name: "Masuk", Values: wave(31, 4, 30)}, {Name: "Selesai", Values: wave(31, 0, 29)}}}
	for day := range 31 {
		c.Labels = append(c.Labels, fmt.Sprintf("%d/10", day+1))
	}
	return c
}

func sampleUnits() views.Chart {
	return views.Chart{ID: "unit", Title: "Permohonan menurut unit", Unit: "permohonan", Axis: "Unit", Desc: "Dinas Pendidikan paling banyak.",
		Labels: []string{"Dinas Pendidikan, Pemuda dan Olahraga", "RSUD Contoh", "Dinas Pemberdayaan Masyarakat dan Desa X", "Sekretariat Daerah", "Kecamatan Contoh Utara", "Satuan Polisi Pamong Praja"},
		Series: []views.Series{{Name: "Permohonan", Values: []float64{1342, 221, 96, 41, 7, 0}}},
		Hrefs:  [][]string{{"#", "#", "#", "#", "#"}}}
}

func sampleFunnel() views.Chart {
	return views.Chart{ID: "corong", Title: "Kode lewat email", Unit: "kode", Axis: "Langkah", Desc: "Dari seratus kode yang diminta, enam puluh delapan berujung kata sandi baru.",
		Labels: []string{"Kode diminta", "Diterima server email", "Kode diketik benar", "Kata sandi diganti"},
		Series: []views.Series{{Name: "Kode", Values: []float64{2810, 2702, 2040, 1911}}}}
}

func sampleHeat() views.Heat {
	h := views.Heat{ID: "jam", Title: "Permohonan masuk menurut hari dan jam", Unit: "permohonan", Corner: "Hari",
		Desc: "Paling ramai Senin pukul 08 sampai 10.", Rows: []string{"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"}}
	for hour := range 24 {
		h.Columns = append(h.Columns, fmt.Sprintf("%02d", hour))
	}
	for day := range h.Rows {
		values, hrefs := make([]int, 24), make([]string, 24)
		for hour := 6; hour < 22; hour++ {
			values[hour] = max(0, 46-7*day-(hour-9)*(hour-9)) + (day+hour)%3
			hrefs[hour] = "#"
		}
		h.Values, h.Hrefs = append(h.Values, values), append(h.Hrefs, hrefs)
	}
	return h
}

func sampleSummary() views.Summary {
	return views.Summary{Did: "Ringkasan mingguan dinyalakan.", On: true, Since: "Senin, 23 November 2026 pukul 10.42 WITA",
		Next: "Senin, 30 November 2026 pukul 07.00 WITA", Address: "sari.penyelia.contoh@bkpsdm.example.go.id", Post: "#",
		Holds: []string{"Permohonan masuk", "Permohonan selesai", "Masih terbuka di akhir periode", "Penyelesaian penuh, jam kerja"}}
}
