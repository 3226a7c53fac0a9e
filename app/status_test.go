package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

// filed is a request with the browser that filed it and saved its receipt.
type filed struct {
	*browser
	number, key string
}

func (x *test) filed(answers ...string) filed {
	x.t.Helper()
	b := x.browser()
	receipt := b.file(answers...)
	f := filed{b, receipt.Find("#nomor").Text(), strings.Join(strings.Fields(receipt.Find("#kunci").Text()), "")}
	b.submit(receipt)
	return f
}

func (f filed) page(what string) page { return f.get(views.StatusPath(f.number, what)) }

func TestEveryWrongPairGetsTheSameAnswer_EN09(t *testing.T) {
	x := newTest(t)
	mine, other := x.filed(), x.filed("nip", "199408172022211003")
	want := x.browser().post("/tiket", url.Values{"nomor": {mine.number}, "kunci": {other.key}})
	want.mustSay(t, http.StatusUnprocessableEntity, "Nomor dan kunci tidak cocok. Periksa keduanya.")
	for name, pair := range map[string][2]string{
		"no such request":    {"PUL-0000-0000", mine.key},
		"an impossible key":  {mine.number, "????"},
		"a short key":        {mine.number, mine.key[:15]},
		"a number of no one": {"bukan nomor", mine.key},
	} {
		got := x.browser().post("/tiket", url.Values{"nomor": {pair[0]}, "kunci": {pair[1]}})
		a := strings.ReplaceAll(want.body, mine.number, "…")
		b := strings.ReplaceAll(got.body, `value="`+pair[0]+`"`, `value="…"`)
		if got.status != want.status || pair[0] != "" && a != b || len(got.header["Set-Cookie"]) != 0 {
			t.Errorf("%s is told apart: %d", name, got.status)
		}
	}
}

func TestNumberAndKeyOpenTheStatusHoweverTheyAreTyped(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	b := x.browser()
	number := strings.ToLower(strings.ReplaceAll(f.number, "-", " "))
	key := " " + strings.ToLower(f.key[:8]) + " - " + f.key[8:]
	b.follow(b.post("/tiket", url.Values{"nomor": {number}, "kunci": {key}})).
		mustSay(t, http.StatusOK, "Permohonan Anda menunggu petugas")
}

func TestTheLinkMovesItsSecretIntoACookie_impostor10(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	b := x.browser()
	p := b.get(views.StatusPath(f.number, "") + "?kunci=" + f.key)
	if p.status != http.StatusSeeOther || strings.Contains(p.header.Get("Location"), f.key) || strings.Contains(p.body, f.key) {
		t.Errorf("%d to %q", p.status, p.header.Get("Location"))
	}
	if p.header.Get("Referrer-Policy") != "same-origin" || p.header.Get("Cache-Control") != "no-store" {
		t.Error("headers:", p.header)
	}
	for _, part := range []string{"__Host-tiket=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(p.header.Get("Set-Cookie"), part) {
			t.Errorf("the cookie lacks %s", part)
		}
	}
	b.follow(p).mustSay(t, http.StatusOK, "Permohonan Anda menunggu petugas")
}

func TestAReceiptOpensNoOtherRequest_impostor10(t *testing.T) {
	x := newTest(t)
	mine, other := x.filed(), x.filed("nip", "199408172022211003")
	for _, what := range []string{"", "bukti", "telepon", "kode", "pembatalan"} {
		if p := mine.get(views.StatusPath(other.number, what)); p.header.Get("Location") != "/tiket?nomor="+other.number {
			t.Errorf("GET %s: %d %q", what, p.status, p.header.Get("Location"))
		}
	}
	form := url.Values{"pesan": {"halo petugas"}, "sandi": {"x"}, "otp": {""}, "kode": {"ABC123"}}
	for _, what := range []string{"bukti", "telepon", "kode", "pesan", "pembatalan"} {
		if p := mine.post(views.StatusPath(other.number, what), form); p.header.Get("Location") != "/tiket?nomor="+other.number {
			t.Errorf("POST %s: %d %q", what, p.status, p.header.Get("Location"))
		}
	}
	other.page("").mustSay(t, http.StatusOK, "Permohonan Anda menunggu petugas")
}

func TestAForgedCookieIsAWrongPair(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	b := x.browser()
	at := must(url.Parse(x.url))(t)
	for _, value := range []string{f.number + "." + strings.Repeat("0", 16), f.number + ".", f.number, ".", "%00"} {
		b.client.Jar.SetCookies(at, []*http.Cookie{{Name: cookieTicket, Value: value, Secure: true, Path: "/"}})
		if p := b.get(views.StatusPath(f.number, "")); p.header.Get("Location") != "/tiket?nomor="+f.number {
			t.Errorf("%q: %d %s", value, p.status, p.header.Get("Location"))
		}
	}
}

func TestWrongPairsAreLimitedByNetwork_impostor10(t *testing.T) {
	b := newTest(t).browser()
	var p page
	for range LimitFollow.Burst + 1 {
		p = b.post("/tiket", url.Values{"nomor": {"PUL-0000-0000"}, "kunci": {"0000"}})
	}
	if p.status != http.StatusTooManyRequests {
		t.Errorf("after %d tries: %d", LimitFollow.Burst+1, p.status)
	}
	p = b.follow(b.get("/tiket/PUL-0000-0000?kunci=0000000000000000"))
	if p.status != http.StatusTooManyRequests {
		t.Errorf("a link goes round the limit: %d", p.status)
	}
}

func TestTheStatusShowsNothingOfTheRecord_EN08(t *testing.T) {
	x := newTest(t)
	x.employee("198609262015051001")
	f := x.filed("nama", "Penipu Ulung", "unit", "Kantor Palsu")
	for _, word := range []string{"Siti", "Dinas Contoh", "Penipu", "Kantor Palsu", "198609262015051001"} {
		if strings.Contains(f.page("").body, word) {
			t.Errorf("the status says %q", word)
		}
	}
}

// asked is a request about which the desk has a question.
func (x *test) asked() filed {
	x.t.Helper()
	f := x.filed()
	checker, _ := testOfficers(x)
	x.claim(checker, f.number)
	must(x.Desk.Ask(context.Background(), checker.By, f.number, x.version(checker, f.number), "Apa <i>merek</i> HP Anda?"))(x.t)
	return f
}

func TestMessagesGoBothWays(t *testing.T) {
	f := newTest(t).asked()
	p := f.page("")
	p.mustSay(t, http.StatusOK, "Apa <i>merek</i> HP Anda?")
	p.mustSay(t, http.StatusOK, "Jawab sebelum Senin, 30 November 2026 pukul 10.00 WITA.")
	if strings.Contains(p.text(), "Petugas 1975") {
		t.Error("a stranger with a receipt learns who works here")
	}
	f.follow(f.submit(p, "pesan", "Kapan <b>selesai</b>?\n\nTerima kasih.")).
		mustSay(t, http.StatusOK, "Pesan Anda sudah terkirim.")
	again := f.page("")
	again.mustSay(t, http.StatusOK, "Kapan <b>selesai</b>?")
	if strings.Contains(again.text(), "sudah terkirim") || again.Find(".thread b b, .thread i").Length() > 0 {
		t.Error("the news is repeated, or text became markup")
	}
	for n := range 4 { // nobody has answered yet
		f.follow(f.submit(f.page(""), "pesan", fmt.Sprint("sekali lagi, ", n))).mustSay(t, http.StatusOK, "sudah terkirim")
	}
	if f.page("").Find("textarea").Length() > 0 {
		t.Error("a sixth message in a row is offered")
	}
	f.post(views.StatusPath(f.number, "pesan"), url.Values{"pesan": {"sekali lagi"}}).
		mustSay(t, http.StatusConflict, "Lima pesan Anda menunggu jawaban")
}

func TestABadMessageIsNotLost(t *testing.T) {
	f := newTest(t).asked()
	f.submit(f.page(""), "pesan", " ").mustSay(t, http.StatusUnprocessableEntity, "Pesan belum diisi.")
	long := strings.Repeat("a", maxReply+1)
	p := f.submit(f.page(""), "pesan", long)
	p.mustSay(t, http.StatusUnprocessableEntity, "terlalu panjang")
	if p.Find("[name=pesan]").Text() != long {
		t.Error("what was typed is lost")
	}
	for name, form := range map[string]url.Values{
		"missing": {}, "doubled": {"pesan": {"satu", "dua"}}, "not UTF-8": {"pesan": {"\xff"}},
	} {
		if p := f.post(views.StatusPath(f.number, "pesan"), form); p.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, p.status)
		}
	}
}

func TestWithdrawingAsksFirstAndEndsTheRequest(t *testing.T) {
	f := newTest(t).filed()
	ask := f.page("pembatalan")
	f.page("").mustSay(t, http.StatusOK, "menunggu petugas") // GET changes nothing (law 8)
	f.follow(f.submit(ask)).mustSay(t, http.StatusOK, "Permohonan ini dibatalkan")
	for _, what := range []string{"pembatalan", "pesan"} {
		if p := f.post(views.StatusPath(f.number, what), url.Values{"pesan": {"halo"}}); p.status != http.StatusConflict {
			t.Errorf("%s after the end: %d", what, p.status)
		}
	}
	if p := f.page(""); p.Find("textarea").Length() > 0 || !strings.Contains(p.text(), "Ajukan permohonan baru") {
		t.Error("an ended request offers a form, or no way on")
	}
}

func TestATakenRequestSaysSoAndNotByWhom(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	x.claim(x.officer("198001012005011001", accounts.Agent), f.number)
	f.page("").mustSay(t, http.StatusOK, "Petugas sedang memeriksa permohonan Anda")
}

func TestClosingForgetsTheRequestInThisBrowser(t *testing.T) {
	f := newTest(t).filed()
	f.post(views.StatusPath(f.number, "tutup"), nil)
	if p := f.page(""); p.header.Get("Location") != "/tiket?nomor="+f.number {
		t.Error(p.status)
	}
}

func TestTwoQuestionsAtTheEnd(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	if strings.Contains(f.page("").text(), "Bagaimana layanan kami?") {
		t.Error("asked before the end")
	}
	checker, _ := testOfficers(x)
	must(x.Desk.Resolve(context.Background(), checker.By, f.number, x.version(checker, f.number), tickets.ByClock, ""))(t)
	ask := f.page("")
	ask.mustSay(t, http.StatusOK, "Bagaimana layanan kami?")
	if n := x.countRows(`SELECT count(*) FROM ticket_ratings`); n != 0 {
		t.Error("looking at the page records something")
	}
	f.submit(ask, "selesai", "").mustSay(t, http.StatusUnprocessableEntity, "Pilih apakah masalah Anda selesai.")
	f.submit(ask, "selesai", "ya", "terbantu", "9").mustSay(t, http.StatusUnprocessableEntity, "Pilih seberapa terbantu Anda.")
	f.follow(f.submit(ask, "selesai", "ya", "terbantu", "4")).mustSay(t, http.StatusOK, "Terima kasih atas penilaian Anda.")
	f.submit(ask, "selesai", "tidak", "terbantu", "1").mustSay(t, http.StatusConflict, "Penilaian Anda sudah kami terima.")
	if strings.Contains(f.page("").text(), "Bagaimana layanan kami?") {
		t.Error("asked twice")
	}
}

func TestTheReceiptPrints(t *testing.T) {
	p := newTest(t).browser().file()
	for what, selector := range map[string]string{"a button": "[data-print][hidden]", "the QR": ".qr img", "a script": `script[src*="print"]`} {
		if p.Find(selector).Length() != 1 {
			t.Errorf("no %s", what)
		}
	}
	p.mustSay(t, http.StatusOK, "WITA") // the target, in words and with its zone
}

// What looks like a password or a code is handed back once, and kept nowhere;
// whoever insists that there is none is believed.
func TestAMessageWithASecretComesBackOnce(t *testing.T) {
	x := newTest(t)
	f := x.asked()
	p := f.submit(f.page(""), "pesan", "kata sandi saya Kapal123")
	p.mustSay(t, http.StatusUnprocessableEntity, "Tampaknya ada kata sandi atau kode di sini.")
	if n := x.countRows(`SELECT count(*) FROM ticket_messages WHERE side = 'pemohon'`); n != 0 {
		t.Fatal("it was kept")
	}
	f.follow(f.submit(p, "pesan", "otp 123456", "yakin", "ya")).mustSay(t, http.StatusOK, "Pesan Anda sudah terkirim.")
}

func TestAnEmptyFormNamesWhatIsMissing(t *testing.T) {
	b := newTest(t).browser()
	b.submit(b.get("/tiket"), "nomor", "", "kunci", "").mustSay(t, http.StatusUnprocessableEntity, "Ketik nomor permohonan Anda.")
}
