package app

import (
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"pulih/guide"
)

// firstView is what travels before a page stands: itself and all that it asks
// for, from nobody else, and with no font.
func (x *test) firstView(path, agent string) (bytes, requests int) {
	x.t.Helper()
	page := x.clockBrowser(agent).get(path)
	bytes, requests = x.wire(path, agent), 1
	page.Find("link[href], script[src], img[src]").Each(func(_ int, s *goquery.Selection) {
		address := s.AttrOr("href", s.AttrOr("src", ""))
		if strings.HasPrefix(address, "data:") {
			return // part of the page
		}
		if !strings.HasPrefix(address, "/static/") || strings.Contains(address, "font") {
			x.t.Errorf("%s asks for %s", path, address)
			return
		}
		bytes, requests = bytes+x.wire(address, agent), requests+1
	})
	return bytes, requests
}

// wire is how many bytes of an answer travel.
func (x *test) wire(path, agent string) int {
	x.t.Helper()
	r := must(http.NewRequest(http.MethodGet, x.url+path, nil))(x.t)
	r.Header.Set("Accept-Encoding", "gzip") // set by hand: the body stays as it was on the wire
	r.Header.Set("User-Agent", agent)
	answer := must(x.cert.RoundTrip(r))(x.t)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Encoding") != "gzip" {
		x.t.Errorf("%s: %d, %q", path, answer.StatusCode, answer.Header.Get("Content-Encoding"))
	}
	return len(must(io.ReadAll(answer.Body))(x.t))
}

// On EDGE every request costs a second, and the tenth kilobyte another: the
// first view of the start page is at most 14 KB in at most 3 requests.
func TestFirstViewIsLight(t *testing.T) {
	x := newTest(t)
	bytes, requests := x.firstView("/", onPhone)
	if requests < 2 || requests > 3 || bytes > 14<<10 {
		t.Errorf("first view: %d bytes in %d requests", bytes, requests)
	}
	t.Logf("first view: %d bytes in %d requests", bytes, requests)
}

// So is each page of the troubleshooter and of the guide, on a laptop too,
// which draws a QR code more.
func TestTheTroubleshooterIsLight(t *testing.T) {
	x := newTest(t)
	heaviest := map[int]string{}
	for _, agent := range []string{onPhone, onComputer} {
		for _, path := range x.helpPages() {
			bytes, _ := x.firstView(path, agent)
			if heaviest[bytes] = path; bytes > 14<<10 {
				t.Errorf("%s: %d bytes", path, bytes)
			}
		}
	}
	most := slices.Max(slices.Collect(maps.Keys(heaviest)))
	t.Logf("heaviest: %s, %d bytes", heaviest[most], most)
}

// helpPages are the questions, symptoms, steps and guides of the catalogue.
func (x *test) helpPages() []string {
	pages := []string{"/bantuan", guidePath}
	for _, link := range x.browser().get("/bantuan").Find(`main a[href^="/bantuan/pilih/"]`).EachIter() {
		pages = append(pages, link.AttrOr("href", ""))
	}
	for _, g := range x.Catalogue.Guide() {
		pages = append(pages, guidePath+"/"+g.Key)
	}
	for _, s := range x.Catalogue.Symptoms() {
		pages = append(pages, symptomAddress(s.Key), printAddress(s.Key))
		for _, step := range s.Steps {
			pages = append(pages, stepAddress(guide.Place{Symptom: s.Key, Step: step.Key}))
		}
	}
	return pages
}
