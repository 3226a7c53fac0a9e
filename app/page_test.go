package app

import (
	"net/http"
	"net/url"
	"testing"
)

// Going back to a page that a POST drew must not ask to send the form again.
func TestAPageDrawnFromAPostStandsForOneThatGetAnswers(t *testing.T) {
	b := newTest(t).browser()
	for posted, want := range map[string]string{
		"/daftar-mfa":                 "/daftar-mfa",
		"/daftar-mfa?kata-sandi=baru": "/daftar-mfa?kata-sandi=baru",
		"/daftar-mfa/perangkat":       "/daftar-mfa/perangkat",
		"/cek-jam/lihat":              "/cek-jam",
		"/tiket":                      "/tiket",
	} {
		p := b.post(posted, url.Values{"kode": {"1"}})
		if got := p.Find("body").AttrOr("data-address", ""); p.status < 400 || got != want {
			t.Errorf("%s answers %d and stands for %q, want %q", posted, p.status, got, want)
		}
		if b.get(want).status == http.StatusMethodNotAllowed {
			t.Errorf("%s has no GET", want)
		}
	}
	if _, has := b.get("/daftar-mfa").Find("body").Attr("data-address"); has {
		t.Error("a page of a GET replaces its address")
	}
}
