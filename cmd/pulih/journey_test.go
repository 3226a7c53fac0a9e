package main

import (
	"fmt"
	"regexp"
	"testing"
)

// eachBrowser walks a journey on a phone and on a desk, with scripts and
// without. Each walk plays somebody else of the roster.
func eachBrowser(t *testing.T, w *world, walk func(t *testing.T, open func() *tab, who part)) {
	browser := newChromium(t)
	n := 0
	for _, width := range []int64{360, 1280} {
		for _, scripts := range []bool{true, false} {
			who := w.More[n]
			n++
			t.Run(fmt.Sprintf("%d,scripts=%v", width, scripts), func(t *testing.T) {
				walk(t, func() *tab { return newTab(t, browser, w.Base, width, scripts) }, who)
			})
		}
	}
}

func TestResetByMailedCode(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		eachBrowser(t, w, func(t *testing.T, open func() *tab, who part) {
			b := open()
			w.askReset(b, who)
			letter := w.mail(who.Email, "Kode pemulihan")
			if b.scripts { // types the code; without scripts, opens the link on the same device
				b.fill("kode", findCode.FindString(letter))
				b.press("Lanjutkan")
			} else {
				b.open(w.link(letter, "/pulihkan/kode/"))
				b.press("Lanjutkan")
			}
			b.fits()
			b.shot("sandi")
			fresh := "Perahu-Hijau-Laut-38?"
			b.fill("sandi", fresh)
			b.press("Simpan kata sandi")
			b.sees("Kata sandi baru tersimpan")
			w.signIn(b, who, fresh)
			w.mail(who.Email, "Bukan saya")
		})
	})
}

var findPass = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b`)

var findCode = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b`)

// link is the address in a letter that begins with path.
func (w *world) link(letter, path string) string {
	w.t.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(w.Base+path) + `[A-Za-z0-9_-]+`).FindString(letter)
	if found == "" {
		w.t.Fatalf("no link to %s in:\n%s", path, letter)
	}
	return found
}

// askReset goes from the start page to the page that waits for the code.
func (w *world) askReset(b *tab, who part) {
	b.t.Helper()
	b.open("/")
	b.fits()
	b.open("/pulihkan")
	b.fill("nip", who.NIP)
	b.press("Lanjutkan")
	b.fits()
	b.fill("email", who.Email)
	w.gate(b, "Kirim kode")
	b.sees(who.Email)
	b.fits()
	b.shot("kode")
}

// gate passes the gate as each browser can: with scripts the puzzle solves
// itself, without them somebody reads the picture.
func (w *world) gate(b *tab, button string) {
	b.t.Helper()
	if b.scripts {
		b.waits(`!!document.querySelector('[name=pow]').value`)
	} else {
		b.fill("captcha", w.readPicture(b.attribute(`[name=captcha_id]`, "value")))
	}
	b.press(button)
}

// signIn signs in with a fresh code of the authenticator.
func (w *world) signIn(b *tab, who part, password string) {
	b.t.Helper()
	b.open("/masuk")
	b.fill("nip", who.NIP)
	b.fill("sandi", password)
	b.fill("otp", w.code(who.Secret))
	b.press("Masuk")
	b.sees(who.Name)
	b.fits()
	b.shot("akun")
}
