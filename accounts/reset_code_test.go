package accounts

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/secret"
)

// another is a code that is not this one.
func another(c secret.Code) secret.Code {
	if c[0] == '0' {
		return "1" + c[1:]
	}
	return "0" + c[1:]
}

func TestTheCodeOpensFor30Minutes_RC02(t *testing.T) {
	for wait, want := range map[time.Duration]bool{30*time.Minute - time.Second: true, 30 * time.Minute: false} {
		w := oneWorld(t)
		browser := w.ask(sariNIP, sariEmail)
		mail := w.last("reset.code")
		w.clock.Advance(wait)
		if got := w.tryCode(browser, mail.code()).OK; got != want {
			t.Errorf("code after %v: %v", wait, got)
		}
		w = oneWorld(t)
		w.ask(sariNIP, sariEmail)
		link := w.last("reset.code").link()
		w.clock.Advance(wait)
		if got := w.tryLink(link).OK; got != want {
			t.Errorf("link after %v: %v", wait, got)
		}
	}
}

func TestNoSecretIsStored_RC03(t *testing.T) {
	w := oneWorld(t)
	w.ask(sariNIP, sariEmail)
	mail := w.last("reset.code")
	for column, value := range map[string]string{"code_hash": string(mail.code()), "link_hash": string(mail.link())} {
		if w.count(`SELECT count(*) FROM reset_codes WHERE `+column+` = $1`, []byte(value)) != 0 {
			t.Error(column)
		}
	}
	if w.count(`SELECT count(*) FROM notices WHERE token_hash = $1`, []byte(mail.disown())) != 0 {
		t.Error("token_hash")
	}
	if w.count(`SELECT count(*) FROM resets WHERE typed_email = $1`, []byte(sariEmail)) != 0 {
		t.Error("the typed address is in clear")
	}
}

func TestFiftyUseOneResetCode_RC04(t *testing.T) {
	eachWorld(t, func(w *world) {
		browser := w.ask(sariNIP, sariEmail)
		code := w.last("reset.code").code()
		proven := together(t, 50, func(int) (bool, error) {
			tried, err := w.ProveByCode(w.ctx, Flow{ForPassword, browser}, code, somebody)
			if errors.Is(err, ErrStep) {
				err = nil
			}
			return tried.OK, err
		})
		if proven != 1 {
			t.Errorf("%d proofs from one code", proven)
		}
	})
}

func TestFiftyUseOneLink_RC04(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.ask(sariNIP, sariEmail)
		link := w.last("reset.code").link()
		proven := together(t, 50, func(int) (bool, error) {
			tried, err := w.ProveByLink(w.ctx, ForPassword, link, somebody)
			return tried.OK, err
		})
		if proven != 1 {
			t.Errorf("%d proofs from one link", proven)
		}
	})
}

func TestOneProofSetsOnePassword_RC04(t *testing.T) {
	eachWorld(t, func(w *world) {
		tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
		set := together(t, 12, func(i int) (bool, error) {
			done, err := w.FinishReset(w.ctx, ResetPassword{Browser: tried.Browser,
				Password: secret.Password(fmt.Sprint("Layang-tinggi-rusa-", 40+i))}, somebody)
			if errors.Is(err, ErrStep) {
				err = nil
			}
			return done.OK, err
		})
		if set != 1 || len(w.letters("notice.password.changed")) != 1 {
			t.Errorf("%d passwords from one proof", set)
		}
	})
}

func TestFiveWrongCodesCloseTyping_RC06(t *testing.T) {
	eachWorld(t, func(w *world) {
		browser := w.ask(sariNIP, sariEmail)
		code := w.last("reset.code").code()
		for left := int64(4); left >= 0; left-- {
			if tried := w.tryCode(browser, another(code)); tried.OK || tried.Left != left {
				t.Fatalf("%+v, want %d left", tried, left)
			}
		}
		if tried := w.tryCode(browser, code); tried.OK || tried.Left != 0 {
			t.Fatalf("the sixth try: %+v", tried)
		}
		if tried := w.tryLink(w.last("reset.code").link()); !tried.OK {
			t.Error("the link closed too", tried)
		}
	})
}

func TestTwentyWrongAtOnceAreFiveComparisons_RC06(t *testing.T) {
	eachWorld(t, func(w *world) {
		browser := w.ask(sariNIP, sariEmail)
		wrong := another(w.last("reset.code").code())
		together(t, 20, func(int) (bool, error) {
			tried, err := w.ProveByCode(w.ctx, Flow{ForPassword, browser}, wrong, somebody)
			return tried.OK, err
		})
		if n := w.audited(audit.ResetTried, audit.Refused); n != 5 {
			t.Errorf("%d comparisons", n)
		}
	})
}

// Twenty-five wrong codes close typing for the number, in whatever flow, for
// a day; never the link (RC-07, impostor 12). For unknown numbers alike.
func TestTwentyFiveWrongCloseTypingButNotTheLink_RC07(t *testing.T) {
	eachWorld(t, func(w *world) {
		for _, nip := range []secret.NIP{sariNIP, "198609262015052009"} {
			for range 5 {
				browser := w.ask(nip, "salah@example.go.id")
				for range 5 {
					if tried := w.tryCode(browser, "00000000"); tried.OK || tried.Closed {
						t.Fatalf("%+v", tried)
					}
				}
			}
			if tried := w.tryCode(w.ask(nip, sariEmail), "00000000"); !tried.Closed {
				t.Fatalf("still open: %+v", tried)
			}
		}
		browser := w.ask(sariNIP, sariEmail)
		mail := w.last("reset.code")
		if tried := w.tryCode(browser, mail.code()); tried.OK || !tried.Closed {
			t.Fatalf("the right code, typed: %+v", tried)
		}
		if tried := w.tryLink(mail.link()); !tried.OK {
			t.Fatalf("the link: %+v", tried)
		}
		w.clock.Advance(24 * time.Hour)
		if tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code()); !tried.OK {
			t.Errorf("the next day: %+v", tried)
		}
	})
}

func TestACodeIsRightInItsOwnFlowOnly_RC08_impostor12(t *testing.T) {
	w := oneWorld(t)
	mine := w.ask(sariNIP, sariEmail)
	code := w.last("reset.code").code()
	stranger := w.ask(sariNIP, sariEmail)
	if w.tryCode(stranger, code).OK {
		t.Error("the code of another flow was taken")
	}
	if !w.tryCode(mine, code).OK {
		t.Error("a stranger's request killed the code")
	}
}

func TestNoSecretServesAnotherPurpose_RC08(t *testing.T) {
	w := oneWorld(t)
	browser := w.ask(sariNIP, sariEmail)
	session := w.session(AccountSession, w.sari.ID)
	mail := w.last("reset.code")
	if code := mail.code(); bytes.Equal(w.codeHash(ForPassword, w.sari.ID, code), w.passHash(w.sari.ID, code)) {
		t.Error("a reset code serves as a pass")
	}
	tokens := map[string]secret.Token{"link": mail.link(), "disown": mail.disown(), "browser": browser, "session": session,
		"code": secret.Token(mail.code())}
	for name, token := range tokens {
		if name != "link" && w.tryLink(token).OK {
			t.Errorf("%s serves as link", name)
		}
		if _, err := w.Notice(w.ctx, token); (err == nil) != (name == "disown") {
			t.Errorf("%s as Bukan saya: %v", name, err)
		}
		if w.holds(AccountSession, token) != (name == "session") {
			t.Errorf("%s as session", name)
		}
		if _, err := w.Reset(w.ctx, Flow{ForPassword, token}); (err == nil) != (name == "browser") {
			t.Errorf("%s as the browser's cookie: %v", name, err)
		}
	}
}

func FuzzCodeStaysInItsFlow(f *testing.F) {
	f.Add("7K3M-9QXD")
	f.Add("7k3m 9qxd")
	f.Add("O0OOIl1L")
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := secret.ReadCode(typed, CodeLength)
		if !ok {
			return
		}
		again, ok := secret.ReadCode(code.Grouped(), CodeLength)
		if !ok || again != code {
			t.Fatalf("%q read as %q and %q", typed, string(code), string(again))
		}
	})
}
