package views_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"pulih/views"
)

// testSite is an agency that does not exist.
var testSite = views.Site{
	Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
	Portal: "ASN Digital", PortalAddress: "https://portal.example.go.id",
	Hours: "Senin–Jumat, 08.00–16.00 WITA", Phone: "(0401) 555 0100",
	Address: "Jl. Contoh No. 1, Kabupaten Contoh", Zone: "WITA",
}

func startPage() views.Page {
	return views.Page{Title: "Tidak bisa masuk ASN Digital?", Path: "/", Site: testSite}
}

// render draws a view and parses what came out.
func render(t *testing.T, view templ.Component) *goquery.Document {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(markup(t, view)))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func markup(t *testing.T, view templ.Component) string {
	t.Helper()
	var html strings.Builder
	if err := view.Render(context.Background(), &html); err != nil {
		t.Fatal(err)
	}
	return html.String()
}

// golden compares what a view draws into main with testdata/name.txt, an
// outline that does not change with white space. UPDATE_GOLDEN=1 writes it anew.
func golden(t *testing.T, name string, view templ.Component) {
	t.Helper()
	compare(t, name, render(t, view).Find("main"))
}

func compare(t *testing.T, name string, element *goquery.Selection) {
	t.Helper()
	var got strings.Builder
	outline(&got, element, "")
	file := filepath.Join("testdata", name+".txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}

func outline(to *strings.Builder, element *goquery.Selection, indent string) {
	to.WriteString(indent + goquery.NodeName(element) + attributes(element) + "\n")
	element.Contents().Each(func(_ int, child *goquery.Selection) {
		if goquery.NodeName(child) != "#text" {
			outline(to, child, indent+"  ")
			return
		}
		if text := strings.Join(strings.Fields(child.Text()), " "); text != "" {
			to.WriteString(indent + "  " + text + "\n")
		}
	})
}

func attributes(element *goquery.Selection) string {
	var all []string
	for _, a := range element.Nodes[0].Attr {
		if a.Key == "d" {
			a.Val = "…" // a drawing is looked at, not read
		}
		all = append(all, " "+a.Key+"="+a.Val)
	}
	slices.Sort(all)
	return strings.Join(all, "")
}

// TestTheFrameIsAsAgreed holds what stands around main, once for all pages.
func TestTheFrameIsAsAgreed(t *testing.T) {
	p := startPage()
	p.Back, p.Demo, p.Scripts = "/", true, []string{"nip.js"}
	p.Who = views.Who{Name: "Rina Contoh", Role: "Petugas", Out: "/keluar", Nav: []views.Link{{Text: "Antrean", Href: "/", Count: "3"}}}
	page := render(t, views.Layout(p))
	page.Find("main").Children().Remove()
	compare(t, "frame", page.Find("html"))
}

func TestStartIsAsAgreed(t *testing.T) {
	golden(t, "start", views.Start(startPage(), views.StartPage{}))
}

func TestErrorIsAsAgreed(t *testing.T) {
	p := views.Page{Title: "Layanan sedang terganggu", Site: testSite}
	e := views.ErrorPage{Status: 500, Text: "Halaman ini belum bisa ditampilkan.", RequestID: "7K3M9QXD"}
	golden(t, "error", views.Error(p, e))
}
