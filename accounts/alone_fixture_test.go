package accounts

import (
	"testing"
	"time"

	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// lost is Sari, whose only authenticator is gone, with a password of old.
func lost(w *world) otp.Secret {
	key := ready(w)
	w.clock.Advance(settled)
	return key
}

// alone sends the first form.
func (w *world) alone(f AloneForm) Alone {
	w.t.Helper()
	r, err := w.tryAlone(f)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) tryAlone(f AloneForm) (Alone, error) {
	if f.NIP == "" {
		f.NIP = sariNIP
	}
	if f.Password == "" {
		f.Password = sariPass
	}
	if f.Network == "" {
		f.Network = network
	}
	return w.EnrolAlone(w.ctx, f, somebody)
}

// proveMailbox goes from the right password to the proven flow.
func (w *world) proveMailbox() secret.Token {
	w.t.Helper()
	r := w.alone(AloneForm{})
	if r.Result != AloneMail {
		w.t.Fatalf("%+v", r)
	}
	return w.proveFlow(r.Token)
}

func (w *world) proveFlow(browser secret.Token) secret.Token {
	w.t.Helper()
	flow := Flow{ForMFA, browser}
	if _, err := w.AskResetCode(w.ctx, ResetAsk{Flow: flow, Email: sariEmail, Network: network}, somebody); err != nil {
		w.t.Fatal(err)
	}
	if err := w.SendCodes(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	tried, err := w.ProveByCode(w.ctx, flow, w.last("reset.code").code(), somebody)
	if err != nil || !tried.OK {
		w.t.Fatalf("%+v %v", tried, err)
	}
	return tried.Browser
}

// waiting begins Sari's wait and returns what her browser holds of it.
func (w *world) waiting() Held {
	w.t.Helper()
	b, err := w.BeginWait(w.ctx, w.proveMailbox(), somebody)
	if err != nil || b.Token == "" || b.Wait.State != Waiting {
		w.t.Fatalf("%+v %v", b, err)
	}
	return Held{Browser: b.Token}
}

// answer is what the relay says of every mail that is queued.
func (w *world) answer(state string) {
	w.t.Helper()
	w.exec(`UPDATE outbox SET state = $1, ended_at = $2 WHERE state = 'queued'`, state, w.d.Now())
}

func (w *world) tend() {
	w.t.Helper()
	if err := w.TendWaits(w.ctx); err != nil {
		w.t.Fatal(err)
	}
}

// ripe lets Sari's day pass.
func (w *world) ripe() Held {
	w.t.Helper()
	h := w.waiting()
	w.answer("accepted")
	w.tend()
	w.clock.Advance(Day)
	w.tend()
	if got := w.held(h); got.State != WaitReady {
		w.t.Fatalf("%+v", got)
	}
	return h
}

func (w *world) held(h Held) Wait {
	w.t.Helper()
	got, err := w.Wait(w.ctx, h)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// goOn goes on after the wait, up to the page with the new secret.
func (w *world) goOn(h Held) (secret.Token, otp.Secret) {
	w.t.Helper()
	r := w.alone(AloneForm{Held: h})
	if r.Result != AloneBegun {
		w.t.Fatalf("%+v", r)
	}
	return r.Token, w.pendingKey(r.Token)
}

func (w *world) pendingKey(token secret.Token) (key otp.Secret) {
	w.t.Helper()
	w.write(func(tx *db.Tx) error {
		p, err := w.Pending(w.ctx, tx, token)
		key = p.Secret
		return err
	})
	return key
}

// barred says which bars stand, for failure messages too.
func barred(r Alone, want Bar) bool {
	return r.Result == AloneBarred && len(r.Why) > 0 && r.Why[0] == want && r.Token == ""
}

func TestADayThenANewAuthenticator(t *testing.T) {
	eachWorld(t, func(w *world) {
		old := lost(w)
		token, key := w.goOn(w.ripe())
		if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
			t.Fatal(c, err)
		}
		w.clock.Advance(time.Minute)
		if s := w.enter(sariNIP, sariPass, w.code(old, 0), network); s.Result == SignInOK {
			t.Error("the lost device opens")
		}
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK {
			t.Errorf("%+v", s)
		}
		for kind, want := range map[string]int{"notice.mfa.waiting": 1, "notice.mfa.ready": 1, "notice.device.added": 1} {
			if n := w.count(`SELECT count(*) FROM outbox WHERE kind = $1`, kind); n != want {
				t.Errorf("%s: %d mails", kind, n)
			}
		}
	})
}
