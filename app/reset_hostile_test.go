package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/secret"
)

func TestOnlyOneAddressMayBePosted_RC10(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	gate := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
	pow := url.Values{"pow": {solved(t, gate)}, "tantangan": {gate.value("tantangan")}, "captcha_id": {""}}
	for _, form := range []url.Values{
		{"email": {string(e.Email), "lain@contoh.test"}},
		{"email[]": {string(e.Email), "lain@contoh.test"}},
		{},
		{"email": {"\xff@contoh.test"}},
		{"email": {strings.Repeat("x", 9000)}},
	} {
		for k, v := range pow {
			form[k] = v
		}
		if p := b.post("/pulihkan/email", form); p.status != http.StatusBadRequest {
			t.Errorf("%v: %d", form["email"], p.status)
		}
	}
	r := must(http.NewRequest(http.MethodPost, x.url+"/pulihkan/email", strings.NewReader(`{"email":["a@b.test"]}`)))(t)
	r.Header.Set("Content-Type", "application/json")
	if p := b.do(r); p.status != http.StatusBadRequest {
		t.Errorf("JSON: %d", p.status)
	}
	x.sendCodes()
	if n := len(x.box.Messages()); n != 0 {
		t.Errorf("%d mails", n)
	}
}

// Links come from the settings, whatever the request says (RC-12).
func TestHostileHostsDoNotReachTheMail_RC12(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	gate := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
	form := url.Values{"email": {string(e.Email)}, "pow": {solved(t, gate)}, "tantangan": {gate.value("tantangan")}}
	r := must(http.NewRequest(http.MethodPost, x.url+"/pulihkan/email", strings.NewReader(form.Encode())))(t)
	r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "X-Forwarded-Host": {"evil.test"},
		"X-Forwarded-Proto": {"http"}, "Forwarded": {"host=evil.test"}, "X-Original-Url": {"http://evil.test/"}, "Origin": {x.url}}
	if p := b.do(r); p.status != http.StatusSeeOther || strings.Contains(p.header.Get("Location"), "evil") {
		t.Fatalf("%d %s", p.status, p.header)
	}
	x.sendCodes()
	m := x.mailTo(string(e.Email), "Kode untuk kata sandi baru")
	if strings.Contains(m.Text+m.HTML, "evil") || !strings.Contains(m.Text, x.url+"/pulihkan/kode/") {
		t.Error(m.Text)
	}
	evil := must(http.NewRequest(http.MethodGet, x.url+"/pulihkan", nil))(t)
	evil.Host = "evil.test"
	if p := b.do(evil); p.status < 400 {
		t.Errorf("an unknown host got %d", p.status)
	}
}

// Whatever is posted without its step is 409 and in the log (RC-09).
func TestStepsOutOfOrder_RC09(t *testing.T) {
	x := newTest(t)
	x.employee(sitiNIP)
	posts := map[string]url.Values{
		"/pulihkan/email": {"email": {"p@contoh.test"}, "jalur": {"lambat"}},
		"/pulihkan/kode":  {"kode": {"7K3M-9QXD"}},
		"/pulihkan/sandi": {"sandi": {newPassword}},
	}
	for path, form := range posts {
		if p := x.browser().post(path, form); p.status != http.StatusConflict {
			t.Errorf("%s without a flow: %d", path, p.status)
		}
		started := x.browser()
		started.submit(started.get("/pulihkan"), "nip", sitiNIP)
		if p := started.post(path, form); path != "/pulihkan/email" && p.status != http.StatusConflict {
			t.Errorf("%s right after the number: %d", path, p.status)
		}
	}
	for _, path := range []string{"/pulihkan/email", "/pulihkan/kode", "/pulihkan/sandi", "/pulihkan/sandi/usulan"} {
		if p := x.browser().get(path); p.status != http.StatusSeeOther || p.header.Get("Location") != "/pulihkan" {
			t.Errorf("GET %s: %d", path, p.status)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'flow.skip'`); n != 5 {
		t.Errorf("%d rows in the log", n)
	}
}

func FuzzResetCodeForm(f *testing.F) {
	for _, seed := range []string{"7K3M-9QXD", "", "\x00", strings.Repeat("A", 300), "Kode Anda: 7K3M-9QXD"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if code, ok := secret.ReadCode(typed, accounts.CodeLength); ok && len(code) != accounts.CodeLength {
			t.Fatalf("%q", typed)
		}
	})
}
