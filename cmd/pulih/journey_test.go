package main

import (
	"context"
	"fmt"
	"regexp"
	"testing"

	"pulih/db"
)

// walk is a journey of one person, who may use several windows.
type walk func(w *world, open func() *tab, who part)

type journey struct {
	name string
	walk walk
}

// journeys are what people come for, each from its beginning to its end.
var journeys = []journey{
	{"afar", lostFromAfar}, {"reset", resetByMailedCode}, {"counter", lostAtTheCounter},
	{"activation", firstActivation}, {"unlock", lockedOut}, {"account", ownAccount},
	{"alone", enrolAlone}, {"alone after a day", enrolAloneAfterADay},
}

// TestJourneys walks each journey through the whole program in a real
// browser: on SQLite on a phone, on PostgreSQL on a desk, each with scripts
// and without, by pointer and by keyboard alone. Each walk plays somebody else
// of the roster.
func TestJourneys(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		browser := newChromium(t)
		for _, j := range journeys {
			for _, at := range displays(w) {
				t.Run(j.name+","+at.String(), func(t *testing.T) {
					w.t = t
					j.walk(w, func() *tab { return at.tab(t, browser, w.Base) }, w.member())
				})
			}
		}
	})
}

// display is how somebody sits before the pages.
type display struct {
	width   int64
	scripts bool
	keyed   bool
}

func (d display) String() string {
	return fmt.Sprintf("%d,scripts=%v,keyed=%v", d.width, d.scripts, d.keyed)
}

func (d display) tab(t *testing.T, browser context.Context, base string) *tab {
	b := newTab(t, browser, base, d.width, d.scripts)
	b.keyed = d.keyed
	return b
}

func displays(w *world) []display {
	if w.server.db.Engine == db.Postgres {
		return []display{{1280, true, false}, {1280, false, true}}
	}
	return []display{{360, false, false}, {360, true, true}}
}

func resetByMailedCode(w *world, open func() *tab, who part) {
	b := open()
	w.proves(b, "/pulihkan", who)
	b.shot("sandi")
	fresh := freshPassword
	b.fill("sandi", fresh)
	b.press("Simpan kata sandi")
	b.sees("Kata sandi baru tersimpan")
	w.signIn(b, who, fresh)
	w.mail(who.Email, "Bukan saya")
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

// askAt goes from a flow's first page to the one that waits for the code.
func (w *world) askAt(b *tab, flow string, who part) {
	b.t.Helper()
	b.open(flow)
	b.fill("nip", who.NIP)
	b.press("Lanjutkan")
	b.fill("email", who.Email)
	w.gate(b, "Kirim kode")
	b.sees(who.Email)
	b.shot("kode")
}

// proves shows that he reads the mail: types the code; without scripts, opens
// the link on the same device. It returns what was mailed.
func (w *world) proves(b *tab, flow string, who part) (letter string) {
	b.t.Helper()
	w.askAt(b, flow, who)
	letter = w.mail(who.Email, flow+"/kode/")
	if b.scripts {
		b.fill("kode", findCode.FindString(letter))
	} else {
		b.open(w.link(letter, flow+"/kode/"))
	}
	b.press("Lanjutkan")
	return letter
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
	b.shot("akun")
}
