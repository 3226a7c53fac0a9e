package app

import (
	"net/http"
	"strings"
	"testing"
)

func TestAnotherSpellingIsOffered(t *testing.T) {
	for typed, want := range map[string]string{
		"siti@gmial.com": "siti@gmail.com", "siti@gmal.com": "siti@gmail.com", "siti@gmail.con": "siti@gmail.com",
		"siti@gmail.co": "siti@gmail.com", "siti@gmail.cm": "siti@gmail.com", "siti@gmailcom": "siti@gmail.com",
		"siti@gmail.comm": "siti@gmail.com", "siti@gmail,com": "siti@gmail.com", "siti@gmail..com": "siti@gmail.com",
		"siti@gamil.com": "siti@gmail.com", "siti@gnail.com": "siti@gmail.com", "siti@gmial.con": "siti@gmail.com",
		"Siti.A@GMIAL.COM": "Siti.A@gmail.com", "siti@gmail.com.": "siti@gmail.com",
		"siti@yaho.co.id": "siti@yahoo.co.id", "siti@yahoo.com.id": "siti@yahoo.co.id", "siti@yahooo.com": "siti@yahoo.com",
		"siti@yahoo.con": "siti@yahoo.com", "siti@yaho.com": "siti@yahoo.com", "siti@yahoo.coid": "siti@yahoo.co.id",
		"siti@hotmal.com": "siti@hotmail.com", "siti@hotmial.com": "siti@hotmail.com", "siti@outlok.com": "siti@outlook.com",
		"siti@rocketmial.com": "siti@rocketmail.com", "siti@iclod.com": "siti@icloud.com",
		"siti@contohkab.go.id": "", "siti@contohkb.go.id": "siti@contohkab.go.id", "siti@contohkab.goid": "siti@contohkab.go.id",
		"siti@contohkota.go.id": "", "siti@contoh.go.id": "", "siti@lainkab.go.id": "",
		"siti@gmail.com": "", "siti@ymail.com": "", "siti@mail.com": "", "siti@email.com": "", "siti@gmx.com": "", "siti@GMAIL.com": "",
		"siti@yahoo.co.uk": "", "siti@live.com": "", "siti@me.com": "", "siti@bkn.go.id": "", "siti@ui.ac.id": "", "siti@kemenkes.go.id": "",
		"": "", "@": "", "@gmial.com": "", "siti": "", "gmial.com": "",
		"siti@" + strings.Repeat("gmial.com", 30): "",
	} {
		if got := suggestAddress(typed, "contohkab.go.id"); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// What is offered is never taken by itself, whoever's number it is: a button
// fills it in, and pressing on keeps what was typed.
func TestTheSpellingIsThePersonsChoice_EN01(t *testing.T) {
	x := newTest(t)
	x.employee(sitiNIP)
	var offered []string
	for _, nip := range []string{sitiNIP, "199408172022212003"} {
		b := x.browser()
		gate := b.follow(b.submit(b.get("/pulihkan"), "nip", nip))
		p := b.submit(gate, "email", "siti@gmial.com", "pow", solved(t, gate))
		p.mustSay(t, http.StatusUnprocessableEntity, "Mungkin maksud Anda siti@gmail.com")
		offered = append(offered, strings.ReplaceAll(strings.ReplaceAll(p.text(), "19860926 201505 2 001", "X"), "19940817 2022 21 2 003", "X"))
		if n := x.countRows(`SELECT count(*) FROM reset_codes`) + x.countRows(`SELECT count(*) FROM spent_proofs`); n != len(offered)*2-2 {
			t.Error("something was asked for, or the proof of work was spent")
		}
		taken := b.post("/pulihkan/email", map[string][]string{"email": {"siti@gmial.com"}, "ejaan": {"ya"}})
		if taken.status != http.StatusOK || taken.Find(`[name=email]:not([type=hidden])`).AttrOr("value", "") != "siti@gmail.com" {
			t.Errorf("the button does not fill it in: %d\n%s", taken.status, taken.text())
		}
		kept := b.submit(taken, "email", "siti@gmial.com", "tetap", "siti@gmial.com", "pow", solved(t, taken))
		b.follow(kept).mustSay(t, http.StatusOK, "dikirim ke siti@gmial.com")
	}
	if offered[0] != offered[1] {
		t.Errorf("known: %s\nunknown: %s", offered[0], offered[1])
	}
}
