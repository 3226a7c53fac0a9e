package app

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// On EDGE every request costs a second, and the tenth kilobyte another: the
// first view of the start page is at most 14 KB in at most 3 requests, from
// nobody else, and with no font.
func TestFirstViewIsLight(t *testing.T) {
	x := newTest(t)
	wire := func(path string) int {
		r := must(http.NewRequest(http.MethodGet, x.url+path, nil))(t)
		r.Header.Set("Accept-Encoding", "gzip") // set by hand: the body stays as it was on the wire
		answer := must(x.cert.RoundTrip(r))(t)
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: %d, %q", path, answer.StatusCode, answer.Header.Get("Content-Encoding"))
		}
		return len(must(io.ReadAll(answer.Body))(t))
	}
	bytes, requests := wire("/"), 1
	x.browser().get("/").Find("link[href], script[src], img[src]").Each(func(_ int, s *goquery.Selection) {
		address := s.AttrOr("href", s.AttrOr("src", ""))
		if !strings.HasPrefix(address, "/static/") || strings.Contains(address, "font") {
			t.Errorf("the start page asks for %s", address)
			return
		}
		bytes, requests = bytes+wire(address), requests+1
	})
	if requests < 2 || requests > 3 || bytes > 14<<10 {
		t.Errorf("first view: %d bytes in %d requests", bytes, requests)
	}
	t.Logf("first view: %d bytes in %d requests", bytes, requests)
}
