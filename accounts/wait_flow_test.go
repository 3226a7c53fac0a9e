package accounts

import (
	"errors"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/secret"
)

// everyAlone is what may be done to a flow that ends in a wait.
var everyAlone = map[string]func(w *world, browser secret.Token) error{
	"email": func(w *world, b secret.Token) error {
		_, err := w.AskResetCode(w.ctx, ResetAsk{Flow: Flow{ForMFA, b}, Email: sariEmail, Network: network}, somebody)
		return err
	},
	"code": func(w *world, b secret.Token) error {
		_, err := w.ProveByCode(w.ctx, Flow{ForMFA, b}, "00000000", somebody)
		return err
	},
	"wait": func(w *world, b secret.Token) error {
		_, err := w.BeginWait(w.ctx, b, somebody)
		return err
	},
}

// Every pair of state and action of the way to a wait: no step is skipped,
// none is taken twice, and no other flow's step counts (RC-09,
// CVE-2026-18963).
func TestEveryStateAndActionAlone_RC09(t *testing.T) {
	states := map[string]struct {
		browser func(w *world) secret.Token
		allowed string
	}{
		"none":    {func(*world) secret.Token { return "" }, ""},
		"unknown": {func(*world) secret.Token { return secret.NewToken() }, ""},
		"started": {func(w *world) secret.Token { return w.alone(AloneForm{}).Token }, "email"},
		"proven":  {func(w *world) secret.Token { return w.proveMailbox() }, "wait"},
		"waiting": {func(w *world) secret.Token {
			b := w.proveMailbox()
			_, _ = w.BeginWait(w.ctx, b, somebody)
			return b
		}, ""},
		"the wait's own cookie": {func(w *world) secret.Token { return w.waiting().Browser }, ""},
		"proven for a password": {func(w *world) secret.Token {
			return w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code()).Browser
		}, ""},
		"begun for a password":   {func(w *world) secret.Token { return w.start(sariNIP) }, ""},
		"the browser that began": {func(w *world) secret.Token { b := w.alone(AloneForm{}).Token; w.proveFlow(b); return b }, ""},
		"disowned after the proof": {func(w *world) secret.Token { // as if nothing had happened
			b := w.proveMailbox()
			w.press(w.last("reset.code").disown())
			return b
		}, "email code"},
		"expired": {func(w *world) secret.Token {
			b := w.proveMailbox()
			w.clock.Advance(resetLife)
			return b
		}, ""},
	}
	for state, s := range states {
		for action, act := range everyAlone {
			w := oneWorld(t)
			lost(w)
			browser := s.browser(w)
			before := w.audited(audit.StepSkipped, audit.Refused)
			err := act(w, browser)
			allowed := strings.Contains(" "+s.allowed+" ", " "+action+" ")
			if allowed != (err == nil) || !allowed && !errors.Is(err, ErrStep) {
				t.Errorf("%s × %s: %v", state, action, err)
			}
			if logged := w.audited(audit.StepSkipped, audit.Refused) - before; (logged == 1) == allowed {
				t.Errorf("%s × %s: %d rows in the log", state, action, logged)
			}
		}
	}
}
