package app

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

// requestAnswers fill the parts of a request; the NIP is made up.
var requestAnswers = []string{
	"sebab", "hilang", "nip", "198609262015051001", "nama", "Siti Contoh", "unit", "Dinas Pendidikan",
	"hp", "0812 3456 7890", "masalah", "HP jatuh di laut.", "kabar", "wa", "jam", "", "bukti", "nanti",
}

// file goes from the first part to the receipt, as a person without scripts
// who solves the proof of work by hand.
func (b *browser) file(answers ...string) page {
	b.x.t.Helper()
	return b.follow(b.send(b.fillIn(answers...)))
}

// fillIn saves every part, and opens the page that checks them.
func (b *browser) fillIn(answers ...string) page {
	b.x.t.Helper()
	b.post(requestPath, url.Values{"sebab": {""}})
	for _, part := range requestParts {
		if p := b.savePart(part.key, answers...); p.status != http.StatusSeeOther {
			b.x.t.Fatalf("%s: %d %s", part.key, p.status, p.text())
		}
	}
	check := b.get(requestCheckPath)
	check.mustSay(b.x.t, http.StatusOK, "Permohonan belum terkirim.")
	return check
}

// savePart fills in one part and sends it.
func (b *browser) savePart(key string, answers ...string) page {
	b.x.t.Helper()
	given := slices.Concat(requestAnswers, answers)
	part := requestParts[slices.IndexFunc(requestParts, func(p part) bool { return p.key == key })]
	var pairs []string
	for i := 0; i < len(given); i += 2 {
		if slices.Contains(part.fields, given[i]) || slices.Contains(part.radios, given[i]) {
			pairs = append(pairs, given[i], given[i+1])
		}
	}
	return b.submit(b.get(part.path()), pairs...)
}

func (b *browser) send(check page, more ...string) page {
	b.x.t.Helper()
	return b.submit(check, append([]string{"pow", solved(b.x.t, check)}, more...)...)
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

func TestEachPartSaysWhatToCorrect(t *testing.T) {
	b := newTest(t).browser()
	b.fillIn()
	for _, v := range []struct{ part, field, value, want string }{
		{"masalah", "sebab", "", "Pilih apa yang terjadi."},
		{"masalah", "sebab", "mencuri", "Pilih apa yang terjadi."},
		{"masalah", "masalah", strings.Repeat("é", maxStory+1), "terlalu panjang"},
		{"identitas", "nip", "", "18 angka"},
		{"identitas", "nip", "19860926201505100", "NIP harus 18 angka. Anda mengetik 17 angka."},
		{"identitas", "nip", "199002292015051001", "29-02-1990 tidak ada"},
		{"identitas", "nama", "", "Nama lengkap belum diisi."},
		{"identitas", "nama", "ab", "terlalu pendek"},
		{"identitas", "nama", strings.Repeat("a", 101), "terlalu panjang: 101 dari 100"},
		{"identitas", "nama", "\u202e\u200b\u0007", "Nama lengkap belum diisi."},
		{"identitas", "unit", " ", "Unit kerja belum diisi."},
		{"kontak", "hp", "bukan nomor", "Nomor HP berisi 8 sampai 15 angka."},
		{"kontak", "hp", "", "Nomor HP belum diisi."},
		{"kontak", "kabar", "merpati", "Pilih cara kami memberi kabar."},
		{"kontak", "jam", "tengah malam", "Pilih salah satu waktu."},
		{"bukti", "bukti", "", "Pilih kapan Anda menunjukkan dokumen."},
	} {
		b.savePart(v.part, v.field, v.value).mustSay(t, http.StatusUnprocessableEntity, v.want)
		if p := b.get(requestCheckPath); p.header.Get("Location") != requestPath {
			t.Errorf("%s: a request with a mistake is ready to be sent: %d", v.want, p.status)
		}
		if p := b.get(requestPath + "/" + v.part); v.field != "nama" && v.part == "identitas" && p.value("nama") != "Siti Contoh" {
			t.Errorf("%s: what was typed is lost", v.field)
		}
		b.savePart(v.part)
	}
}

func TestAnotherProblemNeedsItsStory(t *testing.T) {
	b := newTest(t).browser()
	b.fillIn()
	b.savePart("masalah", "sebab", "lain", "masalah", "").mustSay(t, http.StatusUnprocessableEntity, "Cerita belum diisi.")
}

func TestWhoLooksHimselfNeedsNoTelephone(t *testing.T) {
	b := newTest(t).browser()
	b.fillIn("kabar", "status", "hp", "").mustSay(t, http.StatusOK, "Saya periksa sendiri di halaman status")
}

func TestARequestIsNotSentWithoutTheGate_CA03(t *testing.T) {
	b := newTest(t).browser()
	check := b.fillIn()
	for name, pairs := range map[string][]string{
		"nothing":       {"pow", ""},
		"a wrong nonce": {"pow", "1"},
		"a wrong image": {"captcha", "000000"},
		"a skipped one": {"pow", solved(t, check), "tantangan", "x.15.y.z"},
	} {
		p := b.submit(check, pairs...)
		p.mustSay(t, http.StatusUnprocessableEntity, "Siti Contoh")
		if p.Find("[name=tantangan]").Length() == 0 {
			t.Errorf("%s: no gate", name)
		}
	}
	if n := b.x.countRows(`SELECT count(*) FROM tickets`); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestAReplayedRequestIsNotFiledTwice(t *testing.T) {
	b := newTest(t).browser()
	check := b.fillIn()
	nonce := solved(t, check)
	if first := b.submit(check, "pow", nonce); first.status != http.StatusSeeOther {
		t.Fatal(first.status)
	}
	if second := b.submit(check, "pow", nonce); second.header.Get("Location") != requestPath || b.x.countRows(`SELECT count(*) FROM tickets`) != 1 {
		t.Errorf("the same request filed again: %d", second.status)
	}
	b.fillIn()
	if third := b.submit(check, "pow", nonce); third.status != http.StatusUnprocessableEntity {
		t.Errorf("the same proof of work filed again: %d", third.status)
	}
}

func TestAnotherPictureKeepsTheAnswers(t *testing.T) {
	b := newTest(t).browser()
	check := b.fillIn()
	again := b.submit(check, "jalur", "gambar-baru")
	again.mustSay(t, http.StatusOK, "HP jatuh di laut.")
	if again.value("captcha_id") == check.value("captcha_id") {
		t.Error("the same picture again")
	}
	picture := b.get(again.Find("main img").AttrOr("src", ""))
	if picture.status != http.StatusOK || picture.header.Get("Content-Type") != "image/png" {
		t.Errorf("the picture: %d %s", picture.status, picture.header.Get("Content-Type"))
	}
	slow := b.submit(again, "jalur", "lambat")
	b.follow(slow).mustSay(t, http.StatusOK, "Simpan halaman ini sekarang")
}

func TestEveryAnswerLeadsBackToItsPart(t *testing.T) {
	b := newTest(t).browser()
	check := b.fillIn()
	led := map[string]bool{}
	check.Find("dd.change a").Each(func(_ int, s *goquery.Selection) { led[s.AttrOr("href", "")] = true })
	for _, part := range requestParts {
		if !led[part.path()] {
			t.Errorf("no way back to %s", part.key)
		}
		if p := b.savePart(part.key); p.header.Get("Location") != requestCheckPath {
			t.Errorf("%s leads to %s after a change", part.key, p.header.Get("Location"))
		}
	}
	form := b.get(requestPath + "/identitas")
	if form.value("nip") != "19860926 201505 1 001" || b.get(requestPath+"/masalah").Find("[value=hilang][checked]").Length() != 1 {
		t.Error("what was typed is lost")
	}
}

func TestTheListTellsWhatIsDone(t *testing.T) {
	b := newTest(t).browser()
	b.get(requestPath).mustSay(t, http.StatusOK, "Mulai mengisi")
	if p := b.get(requestPath + "/identitas"); p.header.Get("Location") != requestPath {
		t.Errorf("a part without a draft: %d", p.status)
	}
	b.follow(b.submit(b.get(requestPath))).mustSay(t, http.StatusOK, "NIP")
	b.savePart("identitas")
	list := b.get(requestPath)
	if n := list.Find(".tag.success").Length(); n != 1 || list.Find(`.btn.primary[href="/tiket/baru/masalah"]`).Length() != 1 {
		t.Errorf("%d done:\n%s", n, list.text())
	}
	if p := b.get(requestPath + "/tidak-ada"); p.status != http.StatusNotFound {
		t.Errorf("no such part: %d", p.status)
	}
}

// The next person at the same computer (impostor 25).
func TestAnIdleDraftAsksForItsNumber_impostor25(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.fillIn()
	x.clock.Advance(31 * time.Minute)
	for _, path := range []string{requestPath + "/identitas", requestCheckPath, requestFilesPath} {
		if p := b.get(path); p.header.Get("Location") != requestPath {
			t.Errorf("%s is open: %d", path, p.status)
		}
	}
	locked := b.get(requestPath)
	locked.mustSay(t, http.StatusOK, "Ada isian yang belum dikirim di perangkat ini.")
	if strings.Contains(locked.body, "Siti") || strings.Contains(locked.body, "0812") {
		t.Error("the next person reads what the first one typed")
	}
	b.submit(locked, "nip", "199408172022211003").mustSay(t, http.StatusUnprocessableEntity, "NIP tidak sama")
	b.follow(b.submit(locked, "nip", "198609262015051001")).mustSay(t, http.StatusOK, "Lanjutkan")
	b.get(requestCheckPath).mustSay(t, http.StatusOK, "Siti Contoh")
	b.post(requestPath+"/hapus", nil)
	b.get(requestPath).mustSay(t, http.StatusOK, "Mulai mengisi")
	if n := x.countRows(`SELECT count(*) FROM drafts`); n != 0 {
		t.Errorf("%d drafts after it was deleted", n)
	}
}

// Nothing is uploaded before the gate, which is passed once (UP-05).
func TestEvidenceNow_UP05(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.fillIn()
	if p := b.upload(requestFilesPath, ktp, photo()); p.header.Get("Location") != requestFilesPath || x.countRows(`SELECT count(*) FROM attachments`) != 0 {
		t.Errorf("uploaded before the gate: %d", p.status)
	}
	gate := b.follow(b.savePart("bukti", "bukti", "sekarang"))
	gate.mustSay(t, http.StatusOK, "Satu langkah sebelum mengunggah")
	b.submit(gate, "pow", "1").mustSay(t, http.StatusUnprocessableEntity, "Ketik 6 angka")
	form := b.follow(b.submit(gate, "pow", solved(t, gate)))
	form.mustSay(t, http.StatusOK, "Pasal 20 ayat (2) huruf e UU 27/2022")
	b.follow(b.upload(requestFilesPath, ktp, photo())).mustSay(t, http.StatusOK, "Berkas yang kami terima")
	broken := b.upload(requestFilesPath, ktp, photo(), file{"b.gif", "image/gif", []byte("GIF89a")})
	broken.mustSay(t, http.StatusUnprocessableEntity, "Berkas ke-2")
	b.follow(b.post(broken.Find(`form[action$="/penarikan"]`).First().AttrOr("action", ""), nil))
	check := b.get(requestCheckPath)
	check.mustSay(t, http.StatusOK, "Berkas terunggah")
	if check.Find("[name=tantangan]").Length() != 0 {
		t.Error("the gate stands there twice")
	}
	receipt := b.follow(b.submit(check))
	receipt.mustSay(t, http.StatusOK, "Simpan halaman ini sekarang")
	agent := x.officerAt(receipt.Find("#nomor").Text())
	if len(agent.Files) != 1 || agent.Channel != tickets.Remote {
		t.Errorf("%d files arrived, %s", len(agent.Files), agent.Channel)
	}
}

func TestEvidenceAtTheCounterIsTheCounters_impostor6(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	receipt := b.file("bukti", "loket")
	b.follow(b.submit(receipt)).mustSay(t, http.StatusOK, "Datang ke loket")
	other := x.browser().file("bukti", "loket", "sebab", "lain", "nip", "199408172022211003", "masalah", "Email saya mati sejak lama.")
	for number, want := range map[string]tickets.Channel{receipt.Find("#nomor").Text(): tickets.Counter, other.Find("#nomor").Text(): tickets.Remote} {
		if got := x.officerAt(number).Channel; got != want {
			t.Errorf("%s is %s", number, got)
		}
	}
}

func TestTheAgentReadsHowToReachHim(t *testing.T) {
	x := newTest(t)
	receipt := x.browser().file("kabar", "telepon", "jam", "sore")
	if got := x.officerAt(receipt.Find("#nomor").Text()).Problem; !strings.HasSuffix(got, "Dihubungi lewat Telepon, sore, 14.00–16.00.") {
		t.Error(got)
	}
}

// officerAt opens a request for a member of staff.
func (x *test) officerAt(number string) tickets.File {
	x.t.Helper()
	by := tickets.By{Staff: accounts.Staff{Agency: x.Site.Agency}}
	return must(x.Desk.Look(context.Background(), by, number))(x.t)
}

func TestHostileTextIsShownAndNotObeyed(t *testing.T) {
	b := newTest(t).browser()
	p := b.fillIn("nama", `<script>alert(1)</script>`, "unit", "RSUD\u202egpj.exe",
		"masalah", "\"><img src=x onerror=alert(1)>\r\n\r\n' OR 1=1 --")
	p.mustSay(t, http.StatusOK, "<script>alert(1)</script>")
	if n := p.Find("main script, main img[src=x]").Length(); n > 0 {
		t.Error("typed text became markup")
	}
	if strings.Contains(p.body, "\u202e") {
		t.Error("a character that turns the line survived")
	}
}

func TestMalformedPartsAreRefused(t *testing.T) {
	b := newTest(t).browser()
	b.post(requestPath, url.Values{"sebab": {""}})
	good := url.Values{"nip": {"198609262015051001"}, "nama": {"Siti"}, "unit": {"Dinas"}}
	for name, change := range map[string]func(url.Values){
		"missing":   func(v url.Values) { v.Del("nama") },
		"doubled":   func(v url.Values) { v.Add("nip", "199408172022211003") },
		"not UTF-8": func(v url.Values) { v.Set("nama", "\xff\xfe") },
		"a zero":    func(v url.Values) { v.Set("nama", "a\x00b") },
		"too long":  func(v url.Values) { v.Set("unit", strings.Repeat("x", 10_000)) },
	} {
		form := maps.Clone(good)
		change(form)
		if p := b.post(requestPath+"/identitas", form); p.status != http.StatusBadRequest {
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
	if p := b.send(b.fillIn()); p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
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

// A password in the story is not kept in the draft either.
func TestAPasswordInTheStoryIsNotKept(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.post(requestPath, url.Values{"sebab": {""}})
	b.savePart("masalah", "masalah", "Sudah saya coba. Kata sandi saya Kapal123").
		mustSay(t, http.StatusUnprocessableEntity, "Tampaknya ada kata sandi atau kode di sini.")
	if p := b.get(requestPath + "/masalah"); strings.Contains(p.body, "Kapal123") {
		t.Error("it was kept")
	}
	if p := b.savePart("masalah", "masalah", "sandi saya Kapal123", "yakin", "ya"); p.status != http.StatusSeeOther {
		t.Error(p.text())
	}
}
