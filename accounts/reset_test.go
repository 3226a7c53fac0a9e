package accounts

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

const newPass = secret.Password("Layang-tinggi-rusa-58")

// ask starts a flow, asks for a code and lets the due ones be sent.
func (w *world) ask(nip secret.NIP, email secret.Email) (browser secret.Token) {
	w.t.Helper()
	return w.askFrom(nip, email, network)
}

func (w *world) askFrom(nip secret.NIP, email secret.Email, from string) secret.Token {
	w.t.Helper()
	browser := w.start(nip)
	w.again(browser, email, from)
	return browser
}

func (w *world) start(nip secret.NIP) secret.Token {
	w.t.Helper()
	browser, err := w.StartReset(w.ctx, nip, somebody)
	if err != nil {
		w.t.Fatal(err)
	}
	return browser
}

// askLater asks for a code that nobody sends yet.
func (w *world) askLater(slow bool) {
	w.t.Helper()
	ask := ResetAsk{Browser: w.start(sariNIP), Email: sariEmail, Slow: slow, Network: network}
	if asked, err := w.AskResetCode(w.ctx, ask, somebody); err != nil || asked.TooEarly {
		w.t.Fatal(asked, err)
	}
}

// again asks for a code in a flow that there is.
func (w *world) again(browser secret.Token, email secret.Email, from string) (asked ResetAsked) {
	w.t.Helper()
	asked, err := w.AskResetCode(w.ctx, ResetAsk{Browser: browser, Email: email, Network: from}, somebody)
	if err == nil {
		err = w.SendCodes(w.ctx)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return asked
}

func (w *world) tryCode(browser secret.Token, code secret.Code) ResetTried {
	w.t.Helper()
	tried, err := w.ProveByCode(w.ctx, browser, code, somebody)
	if err != nil {
		w.t.Fatal(err)
	}
	return tried
}

func (w *world) tryLink(link secret.Token) ResetTried {
	w.t.Helper()
	tried, err := w.ProveByLink(w.ctx, link, somebody)
	if err != nil {
		w.t.Fatal(err)
	}
	return tried
}

func (w *world) finishWith(browser secret.Token, p secret.Password, code string) ResetDone {
	w.t.Helper()
	done, err := w.FinishReset(w.ctx, ResetPassword{Browser: browser, Password: p, OTP: code}, somebody)
	if err != nil {
		w.t.Fatal(err)
	}
	return done
}

// another is a code that is not this one.
func another(c secret.Code) secret.Code {
	if c[0] == '0' {
		return "1" + c[1:]
	}
	return "0" + c[1:]
}

func TestResetByCode(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
		if !tried.OK {
			t.Fatalf("%+v", tried)
		}
		if done := w.finishWith(tried.Browser, newPass, ""); !done.OK {
			t.Fatalf("%+v", done)
		}
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInWrong {
			t.Errorf("the old password: %+v", s)
		}
		if s := w.enter(sariNIP, newPass, w.code(key, 0), network); s.Result != SignInOK {
			t.Errorf("the new password: %+v", s)
		}
		if acc := w.account(w.sari.ID); acc.PasswordVia != ViaMail || acc.PasswordAt != w.d.Now() {
			t.Errorf("%+v", acc)
		}
		if len(w.letters("notice.password.changed")) != 1 || w.audited(audit.ResetFinished, "ok") != 1 {
			t.Error("nobody was told")
		}
	})
}

func TestAResetSignsNobodyInAndLeavesTheDevices_RC15_RC16(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	w.finishWith(tried.Browser, newPass, "")
	if w.count(`SELECT count(*) FROM sessions`) != 0 || w.count(`SELECT count(*) FROM devices WHERE state = 'active'`) != 1 {
		t.Error("a session began, or a device died")
	}
}

// A request changes nothing of the account (RC-14).
func TestAskingLeavesTheAccountAlone_RC14(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	before := w.account(w.sari.ID)
	w.ask(sariNIP, sariEmail)
	if w.account(w.sari.ID) != before || w.enter(sariNIP, sariPass, w.code(key, 0), network).Result != SignInOK {
		t.Error("asking changed the account")
	}
}

func TestNothingIsSentToWhatWasTyped_RC10(t *testing.T) {
	w := oneWorld(t)
	for _, typed := range []secret.Email{
		"", "lain@example.go.id", "sari.wulandari@dinas.example.go.id,lain@example.go.id",
		"sari.wulandarı@dinas.example.go.id", // dotless i, CVE-2019-19844
		"sarı.wulandari@dinas.example.go.id", "ſari.wulandari@dinas.example.go.id",
		"sari.wulandari@dinas.example.go.id\x00", "sari.wulandari@dinas.example.go.id lain@example.go.id",
	} {
		w.ask(sariNIP, typed)
	}
	if n := w.count(`SELECT count(*) FROM outbox`); n != 0 {
		t.Fatalf("%d mails", n)
	}
	w.ask(sariNIP, " SARI.Wulandari@dinas.example.GO.ID ")
	if to := w.last("reset.code").To; to != string(sariEmail) {
		t.Errorf("sent to %s", to)
	}
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
			tried, err := w.ProveByCode(w.ctx, browser, code, somebody)
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
			tried, err := w.ProveByLink(w.ctx, link, somebody)
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
			tried, err := w.ProveByCode(w.ctx, browser, wrong, somebody)
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
	if code := mail.code(); bytes.Equal(w.codeHash(w.sari.ID, code), w.passHash(w.sari.ID, code)) {
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
		if _, err := w.Reset(w.ctx, token); (err == nil) != (name == "browser") {
			t.Errorf("%s as the browser's cookie: %v", name, err)
		}
	}
}

// The link's proof is the submitting browser's, and the starter is out
// (impostor 9): he would otherwise finish what the victim proved.
func TestTheStarterIsOutAfterTheLink_impostor9(t *testing.T) {
	eachWorld(t, func(w *world) {
		starter := w.ask(sariNIP, sariEmail)
		mail := w.last("reset.code")
		tried := w.tryLink(mail.link())
		if !tried.OK || tried.Browser == starter {
			t.Fatalf("%+v", tried)
		}
		if _, err := w.FinishReset(w.ctx, ResetPassword{Browser: starter, Password: newPass}, somebody); !errors.Is(err, ErrStep) {
			t.Error("the starter set a password:", err)
		}
		if _, err := w.ProveByCode(w.ctx, starter, mail.code(), somebody); !errors.Is(err, ErrStep) {
			t.Error("the starter goes on:", err)
		}
		if done := w.finishWith(tried.Browser, newPass, ""); !done.OK {
			t.Errorf("%+v", done)
		}
		if w.audited(audit.StepSkipped, audit.Refused) != 2 {
			t.Error("the log does not know")
		}
	})
}

func TestTheCookieChangesWithTheProof_SE09(t *testing.T) {
	w := oneWorld(t)
	before := w.ask(sariNIP, sariEmail)
	tried := w.tryCode(before, w.last("reset.code").code())
	if _, err := w.Reset(w.ctx, before); !errors.Is(err, ErrStep) || tried.Browser == before {
		t.Error("the cookie from before the proof still holds")
	}
}

func TestSuccessKillsAll_RC05(t *testing.T) {
	eachWorld(t, func(w *world) {
		session := w.session(AccountSession, w.sari.ID)
		ready(w)
		other := w.ask(sariNIP, sariEmail)
		old := w.last("reset.code")
		proven := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
		tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
		w.finishWith(tried.Browser, newPass, "")
		if w.tryCode(other, old.code()).OK || w.tryLink(old.link()).OK {
			t.Error("a code outlived the new password")
		}
		if _, err := w.FinishReset(w.ctx, ResetPassword{Browser: proven.Browser, Password: "Lain-perahu-ombak-7"}, somebody); !errors.Is(err, ErrStep) {
			t.Error("a proof outlived the new password:", err)
		}
		if w.holds(AccountSession, session) {
			t.Error("a session outlived the new password")
		}
	})
}

func TestTheOldPasswordIsRefused_PW08(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	if done := w.finishWith(tried.Browser, sariPass, ""); done.OK || len(done.Reasons) != 1 {
		t.Errorf("%+v", done)
	}
	if done := w.finishWith(tried.Browser, "pendek", ""); done.OK || len(done.Reasons) == 0 {
		t.Errorf("%+v", done)
	}
	if done := w.finishWith(tried.Browser, newPass, ""); !done.OK {
		t.Errorf("the flow ended with a refused password: %+v", done)
	}
}

func TestClosedAccountsGetNoCode(t *testing.T) {
	for _, how := range []string{`UPDATE accounts SET disabled_at = 1`, `UPDATE people SET active = FALSE`, `UPDATE people SET email = ''`} {
		w := oneWorld(t)
		w.exec(how)
		w.ask(sariNIP, sariEmail)
		w.ask(sariNIP, "")
		if len(w.letters("reset.code")) != 0 {
			t.Error(how)
		}
	}
}

// An account closed after the proof gets no new password (CVE-2024-37897).
func TestAnAccountClosedMeanwhileGetsNoPassword(t *testing.T) {
	w := oneWorld(t)
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	w.exec(`UPDATE accounts SET disabled_at = 1`)
	_, err := w.FinishReset(w.ctx, ResetPassword{Browser: tried.Browser, Password: newPass}, somebody)
	if !errors.Is(err, ErrStep) {
		t.Error(err)
	}
}

func TestTheSlowLaneWaits(t *testing.T) {
	w := oneWorld(t)
	w.askLater(true)
	for _, want := range []int{0, 0, 0, 1, 1} {
		if err := w.SendCodes(w.ctx); err != nil {
			t.Fatal(err)
		}
		if n := len(w.letters("reset.code")); n != want {
			t.Fatalf("%d mails, want %d", n, want)
		}
		w.clock.Advance(time.Minute)
	}
}

func TestTwoSendersSendOneMail(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.askLater(false)
		together(t, 8, func(int) (bool, error) { return true, w.SendCodes(w.ctx) })
		if n := len(w.letters("reset.code")); n != 1 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestPausesBetweenCodesGrow_RL03(t *testing.T) {
	w := oneWorld(t)
	browser := w.ask(sariNIP, sariEmail)
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		asked := w.again(browser, sariEmail, network)
		if !asked.TooEarly || asked.NextAt != w.d.Now().Add(pause) {
			t.Fatalf("%+v, want a pause of %v", asked, pause)
		}
		w.clock.Advance(pause)
		if asked := w.again(browser, sariEmail, network); asked.TooEarly || asked.Spent {
			t.Fatalf("after %v: %+v", pause, asked)
		}
	}
	w.clock.Advance(time.Hour - time.Second)
	if asked := w.again(browser, sariEmail, network); !asked.Spent {
		t.Errorf("a flow has no end of codes: %+v", asked)
	}
}

func TestAnyOfTheLastThreeCodesIsRight_impostor12(t *testing.T) {
	w := oneWorld(t)
	browser := w.ask(sariNIP, sariEmail)
	codes := []secret.Code{w.last("reset.code").code()}
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute} {
		w.clock.Advance(pause)
		w.again(browser, sariEmail, network)
		codes = append(codes, w.last("reset.code").code())
	}
	if len(w.letters("reset.code")) != 4 || w.tryCode(browser, codes[0]).OK {
		t.Error("the oldest of four is still right")
	}
	if !w.tryCode(browser, codes[1]).OK {
		t.Error("the second is not right any more")
	}
}

func TestAStrangersRequestReplacesNobodysCode_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		mine := w.ask(sariNIP, sariEmail)
		code := w.last("reset.code").code()
		for range 5 {
			w.ask(sariNIP, sariEmail)
		}
		if n := len(w.letters("reset.code")); n != liveCodes {
			t.Errorf("%d codes are live", n)
		}
		if !w.tryCode(mine, code).OK {
			t.Error("the victim's code died")
		}
	})
}

// The attacker spends what there is for somebody; from a network that the
// account knows, the victim still resets (impostor 12).
func TestBudgetsAreNotTheVictimsToLose_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		w.enter(sariNIP, sariPass, w.code(key, 0), network)
		const afar = "198.51.100.0/24"
		for range 12 {
			w.askFrom(sariNIP, sariEmail, afar)
			w.clock.Advance(31 * time.Minute)
		}
		if n := len(w.letters("reset.code")); n != sendsToAny {
			t.Fatalf("%d mails for a stranger", n)
		}
		for range 6 {
			w.askFrom(sariNIP, sariEmail, network)
			w.clock.Advance(31 * time.Minute)
		}
		if n := len(w.letters("reset.code")); n != sendsADay {
			t.Fatalf("%d mails in all", n)
		}
		w.askFrom(sariNIP, "lain@example.go.id", network)
		w.clock.Advance(24 * time.Hour)
		if w.askFrom(sariNIP, sariEmail, afar); len(w.letters("reset.code")) != sendsADay+1 {
			t.Error("nothing the next day")
		}
	})
}

func TestFormerAddressesHearOfTheAttempt(t *testing.T) {
	w := oneWorld(t)
	w.exec(`INSERT INTO former_emails (id, person, email, since, until) VALUES ('f', $1, 'lama@example.go.id', 1, $2)`,
		w.sari.ID, w.d.Now().Add(time.Hour))
	w.ask(sariNIP, sariEmail)
	told := w.letters("notice.reset.asked")
	if len(told) != 1 || told[0].To != "lama@example.go.id" || told[0].link() != "" || codeInMail.MatchString(told[0].Text) {
		t.Errorf("%+v", told)
	}
}

// every is what may be done to a flow.
var every = map[string]func(w *world, browser secret.Token) error{
	"email": func(w *world, b secret.Token) error {
		_, err := w.AskResetCode(w.ctx, ResetAsk{Browser: b, Email: sariEmail, Network: network}, somebody)
		return err
	},
	"code": func(w *world, b secret.Token) error {
		_, err := w.ProveByCode(w.ctx, b, "00000000", somebody)
		return err
	},
	"password page": func(w *world, b secret.Token) error {
		_, err := w.ResetOwner(w.ctx, b)
		return err
	},
	"password": func(w *world, b secret.Token) error {
		_, err := w.FinishReset(w.ctx, ResetPassword{Browser: b, Password: newPass}, somebody)
		return err
	},
}

// Every pair of state and action of the flow (RC-09, CVE-2026-18963).
func TestEveryStateAndAction_RC09(t *testing.T) {
	states := map[string]struct {
		browser func(w *world) secret.Token
		allowed string
	}{
		"none":     {func(*world) secret.Token { return "" }, ""},
		"unknown":  {func(*world) secret.Token { return secret.NewToken() }, ""},
		"started":  {func(w *world) secret.Token { return w.start(sariNIP) }, "email"},
		"sent":     {func(w *world) secret.Token { return w.ask(sariNIP, sariEmail) }, "email code"},
		"no match": {func(w *world) secret.Token { return w.ask(sariNIP, "x@example.go.id") }, "email code"},
		"proven": {func(w *world) secret.Token {
			return w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code()).Browser
		}, "password page password"},
		"finished": {func(w *world) secret.Token {
			b := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code()).Browser
			w.finishWith(b, newPass, "")
			return b
		}, ""},
		"disowned": {func(w *world) secret.Token { // as if nothing had happened
			b := w.ask(sariNIP, sariEmail)
			w.press(w.last("reset.code").disown())
			return b
		}, "email code"},
		"disowned after the proof": {func(w *world) secret.Token {
			b := w.ask(sariNIP, sariEmail)
			mail := w.last("reset.code")
			b = w.tryCode(b, mail.code()).Browser
			w.press(mail.disown())
			return b
		}, "email code"},
		"expired": {func(w *world) secret.Token {
			b := w.ask(sariNIP, sariEmail)
			w.clock.Advance(resetLife)
			return b
		}, ""},
	}
	for state, s := range states {
		for action, act := range every {
			w := oneWorld(t)
			browser := s.browser(w)
			before := w.audited(audit.StepSkipped, audit.Refused)
			err := act(w, browser)
			allowed := containsAny(" "+s.allowed+" ", " "+action+" ") && !(action == "password" && s.allowed == "password page")
			if allowed != (err == nil) || !allowed && !errors.Is(err, ErrStep) {
				t.Errorf("%s × %s: %v", state, action, err)
			}
			logged := w.audited(audit.StepSkipped, audit.Refused) - before
			if want := !allowed && action != "password page"; (logged == 1) != want {
				t.Errorf("%s × %s: %d rows in the log", state, action, logged)
			}
		}
	}
}

func TestAStoppedFlowLooksAliveAndSendsNothing(t *testing.T) {
	w := oneWorld(t)
	stranger := w.ask(sariNIP, sariEmail)
	mail := w.last("reset.code")
	w.press(mail.disown())
	if w.tryCode(stranger, mail.code()).OK || w.tryLink(mail.link()).OK {
		t.Error("a stopped code is right")
	}
	w.clock.Advance(time.Minute)
	if asked := w.again(stranger, sariEmail, network); asked.TooEarly || len(w.letters("reset.code")) != 1 {
		t.Errorf("%+v, and a mail went out", asked)
	}
	if r, err := w.Reset(w.ctx, stranger); err != nil || r.State != ResetSent {
		t.Errorf("the stop shows: %+v %v", r, err)
	}
}

func TestPruneKeepsWhatCounts_RL04(t *testing.T) {
	eachWorld(t, func(w *world) {
		live := w.ask(sariNIP, sariEmail)
		if err := w.Prune(w.ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reset(w.ctx, live); err != nil {
			t.Error("a live flow was pruned")
		}
		w.clock.Advance(60 * 24 * time.Hour)
		if err := w.Prune(w.ctx); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"resets", "reset_codes", "counters", "notices"} {
			if n := w.count(`SELECT count(*) FROM ` + table); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
	})
}

func FuzzCodeStaysInItsFlow(f *testing.F) {
	f.Add("7K3M-9QXD")
	f.Add("7k3m 9qxd")
	f.Add("O0OOIl1L")
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := secret.ReadCode(typed, codeLength)
		if !ok {
			return
		}
		again, ok := secret.ReadCode(code.Grouped(), codeLength)
		if !ok || again != code {
			t.Fatalf("%q read as %q and %q", typed, string(code), string(again))
		}
	})
}

func (w *world) press(token secret.Token) (d Disowned) {
	w.t.Helper()
	w.write(func(tx *db.Tx) (err error) {
		d, err = w.Disown(w.ctx, tx, token, somebody)
		return err
	})
	return d
}
