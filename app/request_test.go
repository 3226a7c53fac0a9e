package app

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulih/views"
)

// answers fill the request form; the NIP is made up.
var requestAnswers = []string{
	"sebab", "hilang", "nip", "198609262015051001", "nama", "Siti Contoh", "unit", "Dinas Pendidikan",
	"hp", "0812 3456 7890", "masalah", "HP jatuh di laut.",
}

// file goes from the form to the receipt, as a person without scripts who
// solves the proof of work by hand.
func (b *browser) file(answers ...string) page {
	b.x.t.Helper()
	check := b.submit(b.get("/tiket/baru"), append(slices.Concat(requestAnswers, answers), "langkah", "periksa")...)
	check.mustSay(b.x.t, http.StatusOK, "Permohonan belum terkirim.")
	return b.follow(b.send(check))
}

func (b *browser) send(check page, more ...string) page {
	b.x.t.Helper()
	return b.submit(check, append([]string{"sebab", check.value("sebab"), "langkah", "kirim", "pow", solved(b.x.t, check)}, more...)...)
}

// value is what a hidden field carries.
func (p page) value(name string) string {
	return p.Find(`main [name="`+name+`"]`).AttrOr("value", "")
}

// solved finds the nonce that pow.js finds in a browser.
func solved(t testing.TB, p page) string {
	t.Helper()
	form := p.Find("form[data-pow-challenge]")
	n := must(strconv.Atoi(form.AttrOr("data-pow-bits", "")))(t)
	challenge := form.AttrOr("data-pow-challenge", "")
	for nonce := range 1 << 24 {
		if solves(challenge, strconv.Itoa(nonce), n) {
			return strconv.Itoa(nonce)
		}
	}
	t.Fatal("no nonce found")
	return ""
}

func TestFilingEndsWithAReceiptThatShowsItsSecretOnce_impostor10(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	receipt := b.file()
	receipt.mustSay(t, http.StatusOK, "Simpan halaman ini sekarang")
	number, key := receipt.Find("#nomor").Text(), strings.Join(strings.Fields(receipt.Find("#kunci").Text()), "")
	if len(number) != len("PUL-7K3M-9QXD") || len(key) != receiptSecret {
		t.Fatalf("number %q, key of %d", number, len(key))
	}
	if again := b.get(views.StatusPath(number, "")); !strings.Contains(again.body, key[:4]) {
		t.Error("loading again before it was saved lost the secret")
	}
	status := b.follow(b.submit(receipt))
	status.mustSay(t, http.StatusOK, "Permohonan Anda menunggu petugas")
	if strings.Contains(status.body, key) || strings.Contains(status.body, key[:4]+"</span>") {
		t.Error("the status shows the secret again")
	}
}

func TestReceiptsLookTheSameForEveryNumber_EN08(t *testing.T) {
	x := newTest(t)
	x.employee("198609262015051001")
	known, unknown := x.browser().file(), x.browser().file("nip", "199408172022211003", "nama", "Orang Lain")
	if a, b := known.anonymous(), unknown.anonymous(); a != b {
		t.Errorf("the receipts differ:\n%s\n%s", a, b)
	}
	if a, b := slices.Sorted(maps.Keys(known.header)), slices.Sorted(maps.Keys(unknown.header)); !slices.Equal(a, b) {
		t.Errorf("headers differ: %v %v", a, b)
	}
}

// anonymous is the page without what is random in it.
func (p page) anonymous() string {
	text := p.text()
	for _, id := range []string{"#nomor", "#kunci"} {
		text = strings.ReplaceAll(text, strings.Join(strings.Fields(p.Find(id).Text()), " "), "…")
	}
	return text
}

func TestTheFormSaysWhatToCorrect(t *testing.T) {
	b := newTest(t).browser()
	for _, v := range []struct{ field, value, want string }{
		{"sebab", "", "Pilih apa yang terjadi."},
		{"sebab", "mencuri", "Pilih apa yang terjadi."},
		{"nip", "", "18 angka"},
		{"nip", "19860926201505100", "NIP harus 18 angka. Anda mengetik 17 angka."},
		{"nip", "199002292015051001", "29-02-1990 tidak ada"},
		{"nama", "", "Nama lengkap belum diisi."},
		{"nama", "ab", "terlalu pendek"},
		{"nama", strings.Repeat("a", 101), "terlalu panjang: 101 dari 100"},
		{"nama", "\u202e\u200b\u0007", "Nama lengkap belum diisi."},
		{"unit", " ", "Unit kerja belum diisi."},
		{"hp", "bukan nomor", "Nomor HP berisi 8 sampai 15 angka."},
		{"masalah", strings.Repeat("é", maxStory+1), "terlalu panjang"},
	} {
		p := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), v.field, v.value, "langkah", "periksa")...)
		p.mustSay(t, http.StatusUnprocessableEntity, v.want)
		if v.field != "nama" && p.value("nama") != "Siti Contoh" {
			t.Errorf("%s: what was typed is lost", v.field)
		}
	}
}

func TestAnotherProblemNeedsItsStory(t *testing.T) {
	b := newTest(t).browser()
	p := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "sebab", "lain", "masalah", "", "langkah", "periksa")...)
	p.mustSay(t, http.StatusUnprocessableEntity, "Cerita belum diisi.")
}

func TestARequestIsNotSentWithoutTheGate_CA03(t *testing.T) {
	b := newTest(t).browser()
	check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "langkah", "periksa")...)
	for name, pairs := range map[string][]string{
		"nothing":       {"langkah", "kirim"},
		"a wrong nonce": {"langkah", "kirim", "pow", "1"},
		"a wrong image": {"langkah", "kirim", "captcha", "000000"},
		"a skipped one": {"langkah", "kirim", "pow", solved(t, check), "tantangan", "x.15.y.z"},
	} {
		p := b.submit(check, append([]string{"sebab", "hilang"}, pairs...)...)
		if p.status != http.StatusUnprocessableEntity || p.value("nama") != "Siti Contoh" {
			t.Errorf("%s: %d, name %q", name, p.status, p.value("nama"))
		}
	}
}

func TestAReplayedRequestIsNotFiledTwice(t *testing.T) {
	b := newTest(t).browser()
	check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "langkah", "periksa")...)
	nonce := solved(t, check)
	if first := b.submit(check, "sebab", "hilang", "langkah", "kirim", "pow", nonce); first.status != http.StatusSeeOther {
		t.Fatal(first.status)
	}
	if second := b.submit(check, "sebab", "hilang", "langkah", "kirim", "pow", nonce); second.status != http.StatusUnprocessableEntity {
		t.Errorf("the same proof of work filed again: %d", second.status)
	}
}

func TestAnotherPictureKeepsTheAnswers(t *testing.T) {
	b := newTest(t).browser()
	check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "langkah", "periksa")...)
	again := b.submit(check, "sebab", "hilang", "jalur", "gambar-baru")
	again.mustSay(t, http.StatusOK, "HP jatuh di laut.")
	if again.value("captcha_id") == check.value("captcha_id") {
		t.Error("the same picture again")
	}
	picture := b.get(again.Find("main img").AttrOr("src", ""))
	if picture.status != http.StatusOK || picture.header.Get("Content-Type") != "image/png" {
		t.Errorf("the picture: %d %s", picture.status, picture.header.Get("Content-Type"))
	}
	slow := b.submit(again, "sebab", "hilang", "jalur", "lambat")
	b.follow(slow).mustSay(t, http.StatusOK, "Simpan halaman ini sekarang")
}

func TestChangingAnswersKeepsThem(t *testing.T) {
	b := newTest(t).browser()
	check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "langkah", "periksa")...)
	form := b.submit(check, "sebab", "hilang", "langkah", "ubah")
	form.mustSay(t, http.StatusOK, "Apa yang terjadi?")
	if form.value("nip") != "19860926 201505 1 001" || form.Find("[name=masalah]").Text() != "HP jatuh di laut." {
		t.Errorf("lost: nip %q, story %q", form.value("nip"), form.Find("[name=masalah]").Text())
	}
	if _, ticked := form.Find("[value=hilang]").Attr("checked"); !ticked {
		t.Error("the cause is lost")
	}
}

func TestHostileTextIsShownAndNotObeyed(t *testing.T) {
	b := newTest(t).browser()
	p := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers),
		"nama", `<script>alert(1)</script>`, "unit", "RSUD\u202egpj.exe\u0000"[:len("RSUD\u202egpj.exe")],
		"masalah", "\"><img src=x onerror=alert(1)>\r\n\r\n' OR 1=1 --", "langkah", "periksa")...)
	p.mustSay(t, http.StatusOK, "<script>alert(1)</script>")
	if n := p.Find("main script, main img[src=x]").Length(); n > 0 {
		t.Error("typed text became markup")
	}
	if strings.Contains(p.body, "\u202e") {
		t.Error("a character that turns the line survived")
	}
}

func TestMalformedRequestsAreRefused(t *testing.T) {
	b := newTest(t).browser()
	good := url.Values{"langkah": {"periksa"}}
	for i := 0; i < len(requestAnswers); i += 2 {
		good.Set(requestAnswers[i], requestAnswers[i+1])
	}
	for name, change := range map[string]func(url.Values){
		"missing":   func(v url.Values) { v.Del("nama") },
		"doubled":   func(v url.Values) { v.Add("nip", "199408172022211003") },
		"not UTF-8": func(v url.Values) { v.Set("nama", "\xff\xfe") },
		"a zero":    func(v url.Values) { v.Set("nama", "a\x00b") },
		"too long":  func(v url.Values) { v.Set("masalah", strings.Repeat("x", 10_000)) },
	} {
		form := maps.Clone(good)
		change(form)
		if p := b.post("/tiket/baru", form); p.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, p.status)
		}
	}
}

func TestOneNumberIsFiledFourTimesFromANetwork_impostor4(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	for range LimitOpenNIP.Burst {
		b.file()
	}
	check := b.submit(b.get("/tiket/baru"), append(slices.Clone(requestAnswers), "langkah", "periksa")...)
	if p := b.send(check); p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
		t.Errorf("the fifth: %d", p.status)
	}
	x.clock.Advance(LimitOpenNIP.Every + time.Second)
	b.file()
}

func TestNoSecretOfARequestIsLogged_LG02(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	receipt := b.file()
	key := strings.Join(strings.Fields(receipt.Find("#kunci").Text()), "")
	b.get(views.StatusPath(receipt.Find("#nomor").Text(), "") + "?kunci=" + key)
	for what, text := range map[string]string{"secret": key, "NIP": "198609262015051001", "name": "Siti"} {
		if strings.Contains(x.log.String(), text) {
			t.Error(fmt.Sprint("the log holds the ", what))
		}
	}
}
