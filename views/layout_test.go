package views_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"pulih/static"
	"pulih/views"
)

// questions is a form with one field of each kind, every one of them wrong.
func questions() (views.Page, templ.Component) {
	p := views.Page{Title: "Identitas", Path: "/x", Back: "/", Site: testSite, Scripts: []string{"nip.js"}}
	for _, name := range []string{"nip", "sandi", "cerita", "merek", "masalah", "setuju", "berkas"} {
		p.Errors = append(p.Errors, views.FieldError{Field: name, Text: "Perbaiki " + name + "."})
	}
	choices := []views.Option{{Value: "a", Text: "A"}, {Value: "b", Text: "B", Hint: "Petunjuk"}}
	fields := templ.Join(
		views.Input(p, views.NIPField("123")),
		views.PasswordInput(p, views.NewPasswordField("sandi")),
		views.Textarea(p, views.Field{Name: "cerita", Label: "Cerita"}),
		views.Select(p, views.Field{Name: "merek", Label: "Merek", Value: "b"}, choices),
		views.Radios(p, views.Field{Name: "masalah", Label: "Masalah", Value: "b"}, choices),
		views.Checkbox(p, views.Field{Name: "setuju", Label: "Setuju"}),
		views.FileInput(p, views.Field{Name: "berkas", Label: "Berkas"}, "image/png", true),
	)
	return p, fields
}

// within draws children inside a layout, as a page does.
func within(t *testing.T, p views.Page, children templ.Component) *goquery.Document {
	t.Helper()
	return render(t, around(views.Layout(p), children))
}

// around draws one component inside another, as templ does with braces.
func around(outer, inner templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, inner), w)
	})
}

func TestErrorsComeFirstAndLeadToTheirFields_wcag331(t *testing.T) {
	p, fields := questions()
	page := within(t, p, fields)
	if title := page.Find("title").Text(); !strings.HasPrefix(title, "Kesalahan: Identitas – ") {
		t.Errorf("title %q", title)
	}
	first := page.Find("main").Children().First()
	if first.AttrOr("role", "") != "alert" || first.AttrOr("autofocus", "none") == "none" || first.AttrOr("tabindex", "") != "-1" {
		t.Error("the summary must be the first thing in main and take the focus without JavaScript")
	}
	links := first.Find("a")
	if links.Length() != len(p.Errors) {
		t.Fatalf("%d links for %d errors", links.Length(), len(p.Errors))
	}
	links.Each(func(i int, link *goquery.Selection) {
		target := page.Find("main " + link.AttrOr("href", ""))
		if !target.Is("input, textarea, select") {
			t.Errorf("%q leads to no control", link.Text())
		}
		if said := page.Find("#" + p.Errors[i].Field + "-error").Text(); !strings.Contains(said, link.Text()) {
			t.Errorf("summary says %q, field says %q", link.Text(), said)
		}
	})
}

func TestEveryControlHasALabelAndItsErrorIsDescribed_wcag131(t *testing.T) {
	p, fields := questions()
	page := within(t, p, fields)
	page.Find("main input, main textarea, main select").Each(func(_ int, control *goquery.Selection) {
		id := control.AttrOr("id", "")
		if page.Find("label[for='"+id+"']").Length() != 1 {
			t.Errorf("%s has no label", id)
		}
		if control.Is("input") && control.AttrOr("type", "") == "" {
			t.Errorf("%s has no explicit type", id)
		}
	})
	page.Find("[aria-describedby]").Each(func(_ int, described *goquery.Selection) {
		for id := range strings.FieldsSeq(described.AttrOr("aria-describedby", "")) {
			if page.Find("#"+id).Length() != 1 {
				t.Errorf("aria-describedby names %s, which is not there once", id)
			}
		}
	})
	for _, id := range []string{"nip", "sandi", "cerita", "merek", "berkas"} {
		control := page.Find("#" + id)
		if control.AttrOr("aria-invalid", "") != "true" || !strings.Contains(control.AttrOr("aria-describedby", ""), id+"-error") {
			t.Errorf("%s does not tell of its error", id)
		}
	}
}

func TestAPasswordIsNeverSentBack(t *testing.T) {
	f := views.NewPasswordField("sandi")
	f.Value = "Kapal-Melati-7"
	if html := markup(t, views.PasswordInput(views.Page{}, f)); strings.Contains(html, "Kapal") {
		t.Error("the password came back in the page")
	}
}

func TestThePolicyFindsNothingInline(t *testing.T) {
	p, fields := questions()
	pages := []*goquery.Document{
		within(t, p, fields),
		render(t, views.Start(startPage(), views.StartPage{Notices: []views.Notice{{Title: "Gangguan", Text: "Sabar.", Until: "besok"}}})),
		render(t, views.Error(p, views.ErrorPage{Status: 404, Text: "Tidak ada."})),
		within(t, p, views.BarChart(twoSeries())),
	}
	for _, page := range pages {
		page.Find("*").Each(func(_ int, element *goquery.Selection) {
			for _, a := range element.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("<%s %s=…> breaks the policy", goquery.NodeName(element), a.Key)
				}
			}
		})
		if page.Find("style, script:not([src])").Length() > 0 {
			t.Error("a style or script element stands in the page")
		}
	}
}

func TestTheOrderIsTheSameOnEveryPage_wcag326(t *testing.T) {
	p, fields := questions()
	var got []string
	within(t, p, fields).Find(".skip, header, .back, main, .help, footer").Each(func(_ int, s *goquery.Selection) {
		got = append(got, strings.TrimSpace(goquery.NodeName(s)+" "+s.AttrOr("class", "")))
	})
	want := "a skip, header top, a back, main, section help, footer foot"
	if strings.Join(got, ", ") != want {
		t.Errorf("order is %v", got)
	}
}

func TestHostileWordsStayWords(t *testing.T) {
	evil := `"><script>alert(1)</script>`
	p := views.Page{Title: evil, Back: "javascript:alert(1)", Site: views.Site{Agency: evil, ShortAgency: evil, Phone: evil}}
	p.Who = views.Who{Name: evil, Nav: []views.Link{{Text: evil, Href: evil}}}
	page := within(t, p, views.Input(p, views.Field{Name: "a", Label: evil, Value: evil, Hint: evil}))
	if page.Find("script").Length() > 0 {
		t.Error("markup was let through")
	}
	if href := page.Find(".back").AttrOr("href", ""); strings.HasPrefix(href, "javascript:") {
		t.Errorf("back leads to %s", href)
	}
}

func TestTheFirstViewOfStartWeighsAtMost14KB(t *testing.T) {
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := startPage()
	p.Site.Asset, p.Demo = assets.URL, true
	html := markup(t, views.Start(p, views.StartPage{}))
	sum, requests := packed(t, html), 1
	render(t, views.Start(p, views.StartPage{})).Find("link[href], script[src], img[src]").Each(func(_ int, s *goquery.Selection) {
		sum += fetch(t, assets, s.AttrOr("href", s.AttrOr("src", "")))
		requests++
	})
	t.Logf("%d bytes of HTML, %d compressed, %d in all, %d requests", len(html), packed(t, html), sum, requests)
	if sum > 14_000 || requests > 3 {
		t.Errorf("%d bytes in %d requests", sum, requests)
	}
}

func packed(t *testing.T, text string) int {
	t.Helper()
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, 5)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return small.Len()
}

func fetch(t *testing.T, assets http.Handler, url string) int {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, url, nil)
	request.Header.Set("Accept-Encoding", "gzip")
	answer := httptest.NewRecorder()
	assets.ServeHTTP(answer, request)
	if answer.Code != http.StatusOK {
		t.Fatalf("GET %s is %d", url, answer.Code)
	}
	return answer.Body.Len()
}
