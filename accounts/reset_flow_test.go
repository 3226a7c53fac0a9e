package accounts

import (
	"errors"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// every is what may be done to a flow.
var every = map[string]func(w *world, browser secret.Token) error{
	"email": func(w *world, b secret.Token) error {
		_, err := w.AskResetCode(w.ctx, ResetAsk{Flow: Flow{ForPassword, b}, Email: sariEmail, Network: network}, somebody)
		return err
	},
	"code": func(w *world, b secret.Token) error {
		_, err := w.ProveByCode(w.ctx, Flow{ForPassword, b}, "00000000", somebody)
		return err
	},
	"password page": func(w *world, b secret.Token) error {
		_, err := w.ResetOwner(w.ctx, Flow{ForPassword, b})
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
	if r, err := w.Reset(w.ctx, Flow{ForPassword, stranger}); err != nil || r.State != ResetSent {
		t.Errorf("the stop shows: %+v %v", r, err)
	}
}

func TestPruneKeepsWhatCounts_RL04(t *testing.T) {
	eachWorld(t, func(w *world) {
		live := w.ask(sariNIP, sariEmail)
		if err := audit.Purge(w.ctx, w.d, Rules(), somebody); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reset(w.ctx, Flow{ForPassword, live}); err != nil {
			t.Error("a live flow was pruned")
		}
		w.clock.Advance(60 * 24 * time.Hour)
		if err := w.CountFlows(w.ctx); err != nil {
			t.Fatal(err)
		}
		if err := audit.Purge(w.ctx, w.d, Rules(), somebody); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"resets", "reset_codes", "counters", "notices"} {
			if n := w.count(`SELECT count(*) FROM ` + table); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
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
