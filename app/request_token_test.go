package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// copied is another browser with the cookie of a draft that was noted here.
func (b *browser) copied() *browser {
	b.x.t.Helper()
	other := b.x.browser()
	at := must(url.Parse(b.x.url))(b.x.t)
	for _, c := range b.client.Jar.Cookies(at) {
		if c.Name == cookieDraft {
			other.client.Jar.SetCookies(at, []*http.Cookie{{Name: c.Name, Value: c.Value, Path: "/", Secure: true}})
		}
	}
	return other
}

// passDraft goes to the gate of a draft and through it.
func (b *browser) passDraft() page {
	b.x.t.Helper()
	gate := b.get(requestFilesPath)
	gate.mustSay(b.x.t, http.StatusOK, "Satu langkah sebelum mengunggah")
	return b.submit(gate, "pow", solved(b.x.t, gate))
}

// Somebody begins a draft at the victim's computer, notes its cookie at every
// step and leaves. What the victim types and photographs there is not his.
func TestADraftIsNotTakenOver_impostor25(t *testing.T) {
	x := newTest(t)
	victim := x.browser()
	victim.post(requestPath, url.Values{"sebab": {"rusak"}})
	thieves := map[string]*browser{"begun for him": victim.copied()}
	victim.fillIn()
	thieves["before the gate"] = victim.copied()
	victim.passDraft()
	thieves["past the gate"] = victim.copied()
	victim.follow(victim.upload(requestFilesPath, ktp, photo())).mustSay(t, http.StatusOK, "Berkas yang kami terima")
	for name, thief := range thieves {
		for _, path := range []string{requestPath, requestCheckPath, requestFilesPath, requestPath + "/kontak"} {
			if p := thief.get(path); strings.Contains(p.body, "Siti") || strings.Contains(p.body, "0812 3456 7890") && p.value("hp") != "" || strings.Contains(p.text(), "KTP ·") {
				t.Errorf("%s: reads %s", name, path)
			}
		}
		thief.post(requestPath+"/kontak", url.Values{"hp": {"089999999999"}, "kabar": {"wa"}, "jam": {""}})
		thief.post(requestCheckPath, url.Values{})
		if n := x.countRows(`SELECT count(*) FROM tickets`); n != 0 {
			t.Fatalf("%s: sends it", name)
		}
	}
	check := victim.get(requestCheckPath)
	check.mustSay(t, http.StatusOK, "0812 3456 7890")
	receipt := victim.follow(victim.submit(check))
	if got := x.officerAt(receipt.Find("#nomor").Text()); len(got.Files) != 1 {
		t.Errorf("%d files arrived with his own request", len(got.Files))
	}
}

// The browser of a slow line never gets the answer, and sends again.
func TestALostAnswerLosesNoForm(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.post(requestPath, url.Values{"sebab": {""}})
	lost := b.copied()
	b.savePart("identitas")
	lost.savePart("identitas").mustSay(t, http.StatusSeeOther, "") // he presses the button again
	lost.get(requestPath+"/identitas").mustSay(t, http.StatusOK, "Siapa Anda?")
	b.fillIn()
	lost = b.copied()
	b.passDraft()
	asks := lost.get(requestPath)
	asks.mustSay(t, http.StatusOK, "Ketik NIP yang tadi")
	if p := lost.savePartRaw("kontak"); p.header.Get("Location") != requestPath || x.countRows(`SELECT count(*) FROM drafts`) == 0 {
		t.Error("a save begins anew, and loses the rest: ", p.status)
	}
	lost.follow(lost.submit(asks, "nip", "198609262015051001")).mustSay(t, http.StatusOK, "Lanjutkan")
	lost.get(requestCheckPath).mustSay(t, http.StatusOK, "Siti Contoh")
	lost.follow(lost.passDraft()).mustSay(t, http.StatusOK, "KTP mempercepat pemeriksaan.")
}

// savePartRaw sends a part from a page that was open already.
func (b *browser) savePartRaw(key string) page {
	return b.post(requestPath+"/"+key, url.Values{"hp": {"081234567890"}, "kabar": {"wa"}, "jam": {""}})
}

// Two people, one computer, half an hour: the second types his own number.
func TestAnotherNumberBeginsAnew_impostor25(t *testing.T) {
	b := newTest(t).browser()
	b.fillIn()
	b.get(requestPath+"/identitas").mustSay(t, http.StatusOK, "Mengganti NIP mengosongkan bagian lain dan menghapus foto.")
	next := b.savePart("identitas", "nip", "199408172022211003", "nama", "Orang Lain")
	if next.header.Get("Location") != requestPath+"/masalah" {
		t.Error("leads to ", next.header.Get("Location"))
	}
	if p := b.get(requestPath + "/kontak"); p.value("hp") != "" {
		t.Error("he files with the telephone of the first one")
	}
}

func TestADraftBelongsToSomebodyBeforeItTakesFiles_impostor25(t *testing.T) {
	b := newTest(t).browser()
	b.post(requestPath, url.Values{"sebab": {""}})
	if p := b.get(requestFilesPath); p.header.Get("Location") != requestPath+"/identitas" {
		t.Error(p.status, p.header.Get("Location"))
	}
	if p := b.post(requestPath+"/gerbang", url.Values{"jalur": {"lambat"}}); p.header.Get("Location") != requestFilesPath {
		t.Error(p.status)
	}
}

// Saves from elsewhere do not keep it open: two hours, then the number.
func TestADraftAsksForItsNumberAfterTwoHours_impostor25(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.fillIn()
	for range 6 {
		x.clock.Advance(20 * time.Minute)
		b.savePartRaw("kontak")
	}
	b.get(requestPath).mustSay(t, http.StatusOK, "Ketik NIP yang tadi")
}
