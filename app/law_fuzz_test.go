package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"pulih/secret"
)

// lawFuzzed has every kind of field that our forms have.
type lawFuzzed struct {
	NIP      string `form:"nip"`
	Password string `form:"sandi,raw"`
	OTP      string `form:"otp,optional"`
	GateForm
}

// Whatever stands in a body: bind panics never, and what it lets through is
// text of the body, once, at most 8 KiB, and trimmed unless it is a password
// (RC-10, GHSA-hp5w-3hxx-vmwf).
func FuzzForms(f *testing.F) {
	for _, body := range []string{"nip=198609262015052001&sandi=+a+&otp=123456", "nip=1&nip=2&sandi=", "nip[]=1&sandi=x", "nip=%ff&sandi=%00",
		"nip=1;sandi=2", "sandi=x", "nip=1&sandi=2&jalur=lambat&pow=1&tantangan=a.b.c", "%", "nip=" + strings.Repeat("1", maxField+1) + "&sandi="} {
		f.Add(body, "nip=9&otp=9")
	}
	f.Fuzz(func(t *testing.T, body, query string) {
		r := httptest.NewRequest(http.MethodPost, "/masuk", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", echo.MIMEApplicationForm)
		var form lawFuzzed
		if bind(echo.New().NewContext(r, httptest.NewRecorder()), &form) != nil {
			return
		}
		sent, err := url.ParseQuery(body)
		if err != nil {
			t.Fatalf("%q is no form and was bound: %+v", body, form)
		}
		lawBound(t, sent["nip"], form.NIP, strings.TrimSpace)
		lawBound(t, sent["sandi"], form.Password, func(s string) string { return s })
		lawBound(t, append(sent["otp"], "")[:1], form.OTP, strings.TrimSpace)
		lawBound(t, append(sent["tantangan"], "")[:1], form.Challenge, strings.TrimSpace)
	})
}

func lawBound(t *testing.T, sent []string, got string, tidied func(string) string) {
	t.Helper()
	if len(sent) != 1 || tidied(sent[0]) != got || len(got) > maxField || !utf8.ValidString(got) || strings.ContainsRune(got, 0) {
		t.Fatalf("sent %q, bound %q", sent, got)
	}
}

// Whatever stands in a Cookie header is a token or none, a receipt opens only
// the request in its address, and what is shown once is what was left.
func FuzzCookies(f *testing.F) {
	for _, header := range []string{cookieTicket + "=PUL-7K3M-9QXD.7K3M9QXD7K3M9QXD", cookieShown + "=kode%3APUL-7K3M-9QXD.X", cookieGate + "=x",
		cookieReset + `="a;b"`, "=;==", cookieTicket + "=.", cookieShown + "=%", cookieTicket + "=PUL-7K3M-9QXD.7K3M-9QXD-7K3M-9QXD; " + cookieTicket + "=x"} {
		f.Add(header, "pul7k3m9qxd")
	}
	f.Fuzz(func(t *testing.T, header, number string) {
		r := httptest.NewRequest(http.MethodGet, "/tiket/x", nil)
		r.Header.Set("Cookie", header)
		c := echo.New().NewContext(r, httptest.NewRecorder())
		c.SetParamNames("no")
		c.SetParamValues(number)
		if held, ok := receiptOf(c); ok {
			asked, _ := readNumber(number)
			if held.Number != asked || len(held.Secret) != receiptSecret || len(asked) != len("PUL-7K3M-9QXD") {
				t.Fatalf("%q opens %q with %q", header, number, held.Number)
			}
		}
		if _, ok := shownOnce(c, shownPass); ok && cookie(c, cookieShown) == "" {
			t.Fatal("something is shown that nobody left")
		}
		if token := gateBrowser(c); len(token) < 40 || strings.ContainsAny(string(token), "; \r\n") {
			t.Fatalf("the gate's browser is %q", string(token))
		}
	})
}

// No challenge that this server did not make for this browser is one, and no
// nonce solves more than there is.
func FuzzProofOfWork(f *testing.F) {
	keys, err := secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey())
	if err != nil {
		f.Fatal(err)
	}
	a := &App{Keys: keys}
	for _, seed := range []string{"", ".", "a.b.c.d", "zzzzzzzzzzzzzzzz.99.x.y", strings.Repeat(".", 300)} {
		f.Add(seed, "1")
	}
	f.Fuzz(func(t *testing.T, challenge, nonce string) {
		c := echo.New().NewContext(httptest.NewRequest(http.MethodPost, "/", nil), httptest.NewRecorder())
		if _, _, ok := a.readPow(c, gateReset, challenge); ok {
			t.Fatalf("%q was never made", challenge)
		}
		if solves(challenge, nonce, 300) {
			t.Fatal("more zeros than there are bits")
		}
	})
}
