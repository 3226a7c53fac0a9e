package accounts

import (
	"errors"
	"testing"
	"time"

	"pulih/audit"
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
	browser, err := w.StartReset(w.ctx, ForPassword, nip, somebody)
	if err != nil {
		w.t.Fatal(err)
	}
	return browser
}

// askLater asks for a code that nobody sends yet.
func (w *world) askLater(later time.Duration) {
	w.t.Helper()
	ask := ResetAsk{Flow: Flow{ForPassword, w.start(sariNIP)}, Email: sariEmail, Later: later, Network: network}
	if asked, err := w.AskResetCode(w.ctx, ask, somebody); err != nil || asked.TooEarly {
		w.t.Fatal(asked, err)
	}
}

// again asks for a code in a flow that there is.
func (w *world) again(browser secret.Token, email secret.Email, from string) (asked ResetAsked) {
	w.t.Helper()
	asked, err := w.AskResetCode(w.ctx, ResetAsk{Flow: Flow{ForPassword, browser}, Email: email, Network: from}, somebody)
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
	tried, err := w.ProveByCode(w.ctx, Flow{ForPassword, browser}, code, somebody)
	if err != nil {
		w.t.Fatal(err)
	}
	return tried
}

func (w *world) tryLink(link secret.Token) ResetTried {
	w.t.Helper()
	tried, err := w.ProveByLink(w.ctx, ForPassword, link, somebody)
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
		if _, err := w.ProveByCode(w.ctx, Flow{ForPassword, starter}, mail.code(), somebody); !errors.Is(err, ErrStep) {
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
	if _, err := w.Reset(w.ctx, Flow{ForPassword, before}); !errors.Is(err, ErrStep) || tried.Browser == before {
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
