package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const (
	onPhone    = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"
	onComputer = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0 Safari/537.36"
)

// clockBrowser is a browser on a phone, or another device.
func (x *test) clockBrowser(agent string) *browser {
	b := x.browser()
	b.client.Transport = withAgent{b.client.Transport, agent}
	return b
}

type withAgent struct {
	http.RoundTripper
	agent string
}

func (w withAgent) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", w.agent)
	return w.RoundTripper.RoundTrip(r)
}

func TestBrowserClockIsAdviceOnly(t *testing.T) {
	x := newTest(t)
	b, laptop := x.clockBrowser(onPhone), x.clockBrowser(onComputer)
	p := b.get("/cek-jam")
	b.follow(b.submit(p, "selisih", "-240123", "ragu", "90")).mustSay(t, http.StatusOK, "Jam HP Anda terlambat 4 menit")
	laptop.follow(laptop.submit(p, "selisih", "3600000", "ragu", "90")).mustSay(t, http.StatusOK, "Jam komputer ini lebih cepat tepat 1 jam")
	for _, bad := range []url.Values{
		{}, {"selisih": {"1"}}, {"selisih": {"1", "2"}, "ragu": {"1"}}, {"selisih": {"x"}, "ragu": {"1"}},
		{"selisih": {"1"}, "ragu": {"-1"}}, {"selisih": {"99999999999999999999"}, "ragu": {"1"}}, {"selisih": {"1\xff"}, "ragu": {"1"}},
	} {
		if got := b.post("/cek-jam/ukur", bad).status; got != http.StatusBadRequest {
			t.Errorf("%v: %d", bad, got)
		}
	}
}

func TestClockIsReadByEyeWithoutScript(t *testing.T) {
	x := newTest(t) // 10.00 WITA
	b := x.clockBrowser(onPhone)
	p := b.get("/cek-jam")
	p.mustSay(t, http.StatusOK, "09.00")
	p.mustSay(t, http.StatusOK, "11.00")
	for typed, want := range map[string]string{
		"10:00": "tampak cocok", "09:56": "terlambat", "22:00": "berbeda 12 jam", "11:00": "lebih cepat tepat 1 jam",
	} {
		b.follow(b.submit(p, "jam", typed, "zona", "WITA")).mustSay(t, http.StatusOK, want)
	}
	b.follow(b.submit(p, "jam", "11:00", "zona", "WIT")).mustSay(t, http.StatusOK, "tampak cocok")
	b.submit(p, "jam", "", "zona", "WITA").mustSay(t, http.StatusUnprocessableEntity, "Ketik jam dan menit")
	b.submit(p, "jam", "25:00", "zona", "WITA").mustSay(t, http.StatusUnprocessableEntity, "Ketik jam dan menit")
	b.submit(p, "jam", "10:00", "zona", "GMT").mustSay(t, http.StatusUnprocessableEntity, "Pilih zona waktu")
}

func TestVerdictNamesTheBrandsMenus(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.follow(b.post("/cek-jam/ukur", url.Values{"selisih": {"-240000"}, "ragu": {"50"}}))
	p.mustSay(t, http.StatusOK, "ketik tanggal di kotak pencarian")
	link, _ := p.Find(`nav.chips a:contains("Samsung")`).Attr("href")
	b.get(link).mustSay(t, http.StatusOK, "Manajemen umum")
	for _, bad := range []string{"", "?cara=kode", "?cara=browser&dari=5&sampai=1", "?cara=browser&dari=x&sampai=1", "?cara=browser&dari=-9e18&sampai=1"} {
		if got := b.get("/cek-jam/hasil" + bad).status; got != http.StatusNotFound {
			t.Errorf("%q: %d", bad, got)
		}
	}
	odd := b.get("/cek-jam/hasil?cara=browser&dari=-240000&sampai=-240000&merek=%22%3E%3Cscript%3E")
	if odd.status != http.StatusOK || strings.Contains(odd.body, "<script>") {
		t.Errorf("%d %s", odd.status, odd.text())
	}
}

func TestClockTimeIsTheServersAndNotStored(t *testing.T) {
	x := newTest(t)
	p := x.browser().get("/cek-jam/waktu?n=1")
	var now struct{ T1, T2 int64 }
	if err := json.Unmarshal([]byte(p.body), &now); err != nil {
		t.Fatal(err, p.body)
	}
	if want := x.clock.Now().UnixMilli(); now.T1 != want || now.T2 != want || p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%+v, %s", now, p.header.Get("Cache-Control"))
	}
}

func TestClockPagesAskForNoAccount(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	for _, p := range []page{b.get("/cek-jam"), b.practise()} {
		if p.Find(`[name=nip], [type=password], [autocomplete=one-time-code]`).Length() > 0 {
			t.Errorf("%s asks for an account", p.path)
		}
	}
	b.get("/cek-jam").mustSay(t, http.StatusOK, "tidak pernah meminta NIP")
}

func TestClockCheckIsLimitedByNetwork_clock46(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	var last page
	for range LimitPractice.Burst + 1 {
		last = b.post("/cek-jam/latihan", nil)
	}
	if last.status != http.StatusTooManyRequests || last.header.Get("Retry-After") == "" {
		t.Errorf("got %d", last.status)
	}
}
