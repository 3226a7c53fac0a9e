package views_test

import (
	"testing"

	"github.com/a-h/templ"

	"pulih/views"
)

// TestPicturesAreAsAgreed holds one small picture of each kind.
func TestPicturesAreAsAgreed(t *testing.T) {
	for kind, draw := range kinds {
		c := twoSeries()
		c.Hrefs = [][]string{{"/daftar?angka=masuk"}}
		compare(t, "chart-"+kind, render(t, draw(c)).Find("figure"))
	}
	compare(t, "chart-heat", render(t, views.HeatMap(sampleHeat())).Find("figure"))
}

func TestAReportSectionIsAsAgreed(t *testing.T) {
	sections := []views.ReportSection{{
		ID: "cepat", Title: "Seberapa cepat?", Lead: "Dalam jam kerja.",
		Figures: []views.Figure{
			{Label: "Median", Value: "5 jam", Note: "dari 39 permohonan", Before: "6 jam", Href: "/daftar",
				Sheet: views.Sheet{Set: "Yang selesai.", Clock: "Jam kerja.", Start: "Saat diajukan.", End: "Saat selesai.", Calendar: "Kalender instansi."}},
			{Label: "Tanpa petugas", Value: "62%", Sheet: views.Sheet{Set: "Orang yang tidak mengajukan."}},
			{Label: "Dugaan penipuan", Value: "–", Note: "kurang dari 5"},
		},
		Pictures: []templ.Component{views.RowChart(twoSeries())},
		Tables:   []views.Table{{Caption: "Umur", Head: []views.Column{{Text: "Umur"}}, Rows: [][]views.Cell{{{Text: "0–4 jam"}}}}, {Caption: "Tanpa baris", Head: []views.Column{{Text: "Umur"}}}},
		Lists:    []views.List{{Lead: "Ditandai bila:", Items: []string{"Cepat.", "Selalu sama."}}},
		Notes:    []string{"Kelompok di bawah lima tidak diberi angka."},
	}}
	p := views.Page{Title: "Laporan", Path: "/petugas/laporan", Staff: true, Site: testSite}
	page := within(t, p, templ.Join(views.ReportPaper(views.PaperHead{Agency: "BKPSDM Contoh", Period: "16 – 22 November 2026 (WITA)",
		Narrowed: "Jalur: Loket", Counted: "23-11-2026 07.40 WITA", AsOf: "22-11-2026 10.15 WITA"}), views.ReportSections(sections)))
	compare(t, "report-section", page.Find("main"))
}

// TestOnlyReportsFetchTheirStylesheet keeps it off every other page.
func TestOnlyReportsFetchTheirStylesheet(t *testing.T) {
	for path, want := range map[string]int{"/petugas/laporan": 1, "/petugas/laporan/daftar": 1, "/petugas/antrean": 0, "/petugas/laporanku": 0} {
		page := render(t, views.Layout(views.Page{Path: path, Staff: true, Site: testSite}))
		if got := page.Find("link[href*=laporan]").Length(); got != want {
			t.Errorf("%s fetches it %d times", path, got)
		}
	}
	if render(t, views.Layout(views.Page{Path: "/petugas/laporan", Site: testSite})).Find("link[href*=laporan]").Length() > 0 {
		t.Error("a public page fetches it")
	}
}
