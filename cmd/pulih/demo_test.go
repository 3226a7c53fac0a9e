package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// A visitor sees each part of the report with something in it, at any date.
func TestEverySectionOfTheDemosReportIsFilled(t *testing.T) {
	w := newWorld(t, "")
	first := time.Now().In(db.WITA.Location).AddDate(0, 0, -time.Now().In(db.WITA.Location).Day()).AddDate(0, 0, 1)
	month := "?dari=" + first.AddDate(0, -1, 0).Format("2006-01") + "-01&sampai=" + first.AddDate(0, 0, -1).Format(time.DateOnly)
	report := w.look(t, "/petugas/laporan"+month)
	if n := report.Find("main section.section").Length(); n < 14 {
		t.Errorf("%d sections", n)
	}
	report.Find("main section.section").Each(func(_ int, s *goquery.Selection) {
		name := s.Find("h2").Text()
		s.Find(".figures li b").Each(func(_ int, b *goquery.Selection) {
			if strings.HasPrefix(b.Text(), "–") {
				t.Errorf("%s: no figure for %s", name, b.Parent().Find("a, span").First().Text())
			}
		})
		s.Find("figure").Each(func(_ int, f *goquery.Selection) {
			if f.Find("svg rect, svg path.line").Length() == 0 && !strings.Contains(f.Find("figcaption b").Text(), "terbuka") { // it may well be none
				t.Errorf("%s: nothing is drawn in %s", name, f.Find("figcaption").Text())
			}
		})
		if s.Find("table").Length()+s.Find(".figures li").Length()+s.Find("figure").Length() == 0 {
			t.Errorf("%s is empty", name)
		}
		s.Find("table").Each(func(_ int, table *goquery.Selection) {
			if table.Find("tbody tr").Length() == 0 {
				t.Errorf("%s: no row in %s", name, table.Find("caption").Text())
			}
		})
	})
	if !strings.Contains(report.Text(), "Periksa: kurang dari 2 menit") {
		t.Error("no pair stands out")
	}
}

// The first page of a supervisor's report has something to show.
func TestTheDemosReportOpensOnAWeekWithFigures(t *testing.T) {
	w := newWorld(t, "")
	page := w.look(t, "/petugas/laporan")
	if empty := page.Find("#arus").Parent().Find(".figures li b").FilterFunction(func(_ int, b *goquery.Selection) bool { return b.Text() == "0" }); empty.Length() > 2 {
		t.Error(page.Find("#arus").Parent().Text())
	}
	due := 0
	w.look(t, "/petugas/retensi").Find("table").First().Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		if !strings.HasPrefix(strings.TrimSpace(row.Find("td").Eq(1).Text()), "0") {
			due++
		}
	})
	if due == 0 {
		t.Error("nothing is due")
	}
}

// look is what a supervisor sees at an address.
func (w *world) look(t *testing.T, path string) *goquery.Document {
	t.Helper()
	var token secret.Token
	err := w.server.db.Write(context.Background(), func(tx *db.Tx) error {
		members, err := w.server.app.Accounts.MembersOf(context.Background(), demoAgency)
		for _, m := range members {
			if m.NIP == secret.NIP(w.play("penyelia", 0).NIP) {
				token, err = w.server.app.Accounts.NewSession(context.Background(), tx,
					accounts.Session{Kind: accounts.StaffSession, Owner: m.ID, Network: "127.0.0.0/24", Agent: "test"})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodGet, w.Base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", "__Host-petugas="+string(token))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || answer.Request.URL.Path != strings.Split(path, "?")[0] {
		t.Fatal(answer.StatusCode, answer.Request.URL, err)
	}
	return page
}
