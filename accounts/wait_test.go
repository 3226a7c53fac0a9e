package accounts

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// The time runs from when the relay took the notice, not from the proof: a
// relay that is down for 25 hours shortens nobody's day (impostor 3).
func TestTheDayBeginsWithTheNotice_impostor3(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.waiting()
	w.clock.Advance(25 * time.Hour)
	w.tend()
	if got := w.held(h); got.State != Waiting || got.Until != 0 {
		t.Fatalf("%+v", got)
	}
	w.answer("accepted")
	accepted := w.d.Now()
	w.clock.Advance(time.Hour)
	w.tend()
	if got := w.held(h); got.Until != accepted.Add(Day) {
		t.Fatalf("until %v, accepted %v", got.Until, accepted)
	}
	w.clock.Advance(23*time.Hour - time.Second)
	w.tend()
	if r := w.alone(AloneForm{Held: h}); r.Result != AloneWaiting || r.Token != "" {
		t.Errorf("a second too early: %+v", r)
	}
	w.clock.Advance(time.Second)
	w.tend()
	if r := w.alone(AloneForm{Held: h}); r.Result != AloneBegun {
		t.Errorf("%+v", r)
	}
}

func TestARefusedNoticeEndsTheWait_impostor3(t *testing.T) {
	for _, state := range []string{"refused", "expired"} {
		w := oneWorld(t)
		lost(w)
		h := w.waiting()
		w.answer(state)
		w.tend()
		if got := w.held(h); got.State != WaitEnded || got.Because != WaitUnreached {
			t.Errorf("%s: %+v", state, got)
		}
		if r := w.alone(AloneForm{Held: h}); !barred(r, BarUnreached) {
			t.Errorf("%s: %+v", state, r)
		}
	}
}

// A notice to the former address counts, if that was old; to the young one
// nothing would have begun.
func TestANoticeToTheFormerAddressCounts_impostor5(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	w.moved()
	h := w.waiting()
	w.exec(`UPDATE outbox SET state = 'refused', ended_at = $1 WHERE state = 'queued' AND id =
		(SELECT max(id) FROM outbox WHERE kind = 'notice.mfa.waiting')`, w.d.Now())
	w.answer("accepted")
	w.tend()
	if got := w.held(h); got.Until == 0 {
		t.Errorf("%+v", got)
	}
}

// The link that goes on is for the address on file only.
func TestAFormerAddressGetsNoLink_impostor5(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	w.moved()
	w.ripe()
	for _, l := range w.letters("notice.mfa.ready") {
		if has := l.ready() != ""; has != (l.To == string(sariEmail)) {
			t.Errorf("%s: %v", l.To, has)
		}
	}
}

// B: the password alone neither begins the victim's wait nor reaps it.
func TestAStrangerReapsNobodysWait_impostor9(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.ripe()
	for name, held := range map[string]Held{
		"nothing": {}, "a made-up cookie": {Browser: secret.NewToken()}, "a made-up link": {Link: secret.NewToken()},
		"the cookie as a link": {Link: h.Browser}, "the link as a cookie": {Browser: w.last("notice.mfa.ready").ready()},
	} {
		if r := w.alone(AloneForm{Held: held}); r.Result != AloneElsewhere || r.Token != "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if r := w.alone(AloneForm{Held: h, Password: "Salah-tebak-11"}); r.Result != AloneWrong {
		t.Errorf("who sits at the browser, without the password (impostor E): %+v", r)
	}
	if r := w.alone(AloneForm{Held: Held{Link: w.last("notice.mfa.ready").ready()}}); r.Result != AloneBegun {
		t.Errorf("the mailed link with the password: %+v", r)
	}
}

// A: who reads the mailbox guesses the password with the mailed link, from
// many networks. The link ends; the browser that began the wait does not.
func TestAMailedLinkTakesFiveGuesses_impostor18(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.ripe()
	link := w.last("notice.mfa.ready").ready()
	for i := range linkTries.most {
		w.alone(AloneForm{Held: Held{Link: link}, Password: "Salah-tebak-11", Network: fmt.Sprint("net", i)})
	}
	if r := w.alone(AloneForm{Held: Held{Link: link}}); r.Result != AloneElsewhere {
		t.Errorf("the link after five guesses: %+v", r)
	}
	if r := w.alone(AloneForm{Held: h}); r.Result != AloneBegun {
		t.Errorf("the owner's browser: %+v", r)
	}
}

// One at a time: a further proof neither shortens nor replaces it.
func TestOneWaitAtATime(t *testing.T) {
	eachWorld(t, func(w *world) {
		lost(w)
		flows := []secret.Token{w.proveMailbox()}
		w.clock.Advance(time.Minute)
		flows = append(flows, w.proveMailbox())
		first, err := w.BeginWait(w.ctx, flows[0], somebody)
		if err != nil || first.Token == "" {
			t.Fatalf("%+v %v", first, err)
		}
		w.clock.Advance(time.Hour - 2*time.Minute)
		second, err := w.BeginWait(w.ctx, flows[1], somebody)
		if err != nil || second.Token != "" || second.Wait.ID != first.Wait.ID {
			t.Fatalf("%+v %v", second, err)
		}
		if r := w.alone(AloneForm{}); r.Result != AloneWaiting || r.Wait.ID != first.Wait.ID {
			t.Errorf("%+v", r)
		}
		if n := len(w.letters("notice.mfa.waiting")); n != 1 {
			t.Errorf("%d notices", n)
		}
	})
}

func TestFiftyBeginOneWait(t *testing.T) {
	eachWorld(t, func(w *world) {
		lost(w)
		flow := w.proveMailbox()
		begun := together(t, 50, func(int) (bool, error) {
			b, err := w.BeginWait(w.ctx, flow, somebody)
			if errors.Is(err, ErrStep) {
				err = nil
			}
			return b.Token != "", err
		})
		if n := w.count(`SELECT count(*) FROM waits`); begun != 1 || n != 1 {
			t.Errorf("%d begun, %d rows", begun, n)
		}
	})
}

func TestFiftyGoOnWithOneWait_ET02(t *testing.T) {
	eachWorld(t, func(w *world) {
		lost(w)
		h := w.ripe()
		var tokens [50]secret.Token
		together(t, 50, func(i int) (bool, error) {
			r, err := w.tryAlone(AloneForm{Held: h})
			tokens[i] = r.Token
			return r.Result == AloneBegun, err
		})
		bound := together(t, 50, func(i int) (bool, error) {
			var c Confirmed
			err := w.d.Write(w.ctx, func(tx *db.Tx) error {
				p, err := w.Pending(w.ctx, tx, tokens[i])
				if err == nil {
					c, err = w.ConfirmDevice(w.ctx, tx, ConfirmForm{Token: tokens[i], Code: w.code(p.Secret, 0), Name: "HP"}, somebody)
				}
				return err
			})
			if errors.Is(err, ErrNoEnrolment) || errors.Is(err, db.ErrConflict) {
				err = nil
			}
			return c.OK, err
		})
		if n := w.count(`SELECT count(*) FROM devices WHERE state = 'active'`); bound != 1 || n != 1 {
			t.Errorf("%d bound, %d active", bound, n)
		}
	})
}

// What the wait rests on changes: it is over, at every moment up to the
// enrolment.
func TestAChangeEndsTheWait_impostor5(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"the password":        func(w *world) { w.setPassword(w.sari.ID, sariPass, ViaOwner) },
		"the address":         func(w *world) { w.exec(`UPDATE people SET email_since = $1`, w.d.Now()) },
		"a block":             func(w *world) { w.exec(`UPDATE accounts SET remote_blocked_until = $1`, w.d.Now().Add(Frozen)) },
		"the account is shut": func(w *world) { w.exec(`UPDATE accounts SET disabled_at = 1`) },
		"no device is left":   func(w *world) { w.exec(`UPDATE devices SET state = 'ended'`) },
	} {
		during := oneWorld(t)
		lost(during)
		h := during.waiting()
		during.answer("accepted")
		during.tend()
		change(during)
		during.clock.Advance(Day)
		during.tend()
		if got := during.held(h); got.State != WaitEnded || got.Because != WaitChanged {
			t.Errorf("%s, during the day: %+v", name, got)
		}
		after := oneWorld(t)
		lost(after)
		token, key := after.goOn(after.ripe())
		change(after)
		if c, err := after.confirm(token, after.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
			t.Errorf("%s, during the enrolment: %+v %v", name, c, err)
		}
	}
}

func TestReadyLasts72Hours(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.ripe()
	w.clock.Advance(readyTime - time.Minute)
	token, key := w.goOn(h)
	w.clock.Advance(time.Minute)
	if c, err := w.confirm(token, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
		t.Errorf("at 72 hours, before the clock came by: %+v %v", c, err)
	}
	w.tend()
	if got := w.held(h); got.State != WaitEnded || got.Because != WaitExpired {
		t.Errorf("%+v", got)
	}
	if r := w.alone(AloneForm{Held: h}); r.Result != AloneMail {
		t.Errorf("%+v", r)
	}
}

// A sign-in with the lost device (impostor 11); the desk opens the case.
func TestTheDeviceIsFound_impostor11(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.ripe()
	token, key := w.goOn(h)
	var found bool
	find := func() {
		w.write(func(tx *db.Tx) (err error) {
			found, err = w.FindDevice(w.ctx, tx, w.sari.ID, somebody)
			return err
		})
	}
	if find(); !found || w.held(h).Because != WaitFound || len(w.letters("notice.request.cancelled")) != 1 {
		t.Errorf("%v %+v", found, w.held(h))
	}
	if c, err := w.confirm(token, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
		t.Errorf("%+v %v", c, err)
	}
	if find(); found {
		t.Error("found where nobody waits")
	}
}

// Two clocks at once make one mail.
func TestTwoClocksDoNoHarm(t *testing.T) {
	eachWorld(t, func(w *world) {
		lost(w)
		w.waiting()
		w.answer("accepted")
		twice := func() {
			together(t, 8, func(int) (bool, error) { return true, w.TendWaits(w.ctx) })
		}
		twice()
		w.clock.Advance(Day)
		twice()
		if n := w.count(`SELECT count(*) FROM outbox WHERE kind = 'notice.mfa.ready'`); n != 1 {
			t.Errorf("%d mails", n)
		}
		if n := w.audited(audit.WaitReady, audit.OK); n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}

// A restart in the middle forgets nothing: all of it is rows.
func TestARestartForgetsNoWait(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.waiting()
	w.answer("accepted")
	w.tend()
	again := New(Config{DB: w.d, Keys: w.keys, Outbox: w.outbox, Hasher: w.hasher})
	w.clock.Advance(Day)
	if err := again.TendWaits(w.ctx); err != nil {
		t.Fatal(err)
	}
	if got := w.held(h); got.State != WaitReady || got.ReadyUntil != w.d.Now().Add(readyTime) {
		t.Errorf("%+v", got)
	}
}

func TestOldWaitsAreForgotten(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	h := w.waiting()
	w.answer("refused")
	w.tend()
	w.clock.Advance(attemptsAdd + time.Second)
	if err := audit.Purge(w.ctx, w.d, Rules(), somebody); err != nil {
		t.Fatal(err)
	}
	if got := w.held(h); got.ID != "" {
		t.Errorf("%+v", got)
	}
}

// An address for notices only is told of the wait, and opens nothing.
func TestAnAddedAddressGetsNoLink_impostor14(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	w.exec(`INSERT INTO notice_emails (id, person, email, state, code_hash, tries, asked_at, code_until, ended_at)
		VALUES ('n', $1, 'lain@example.test', 'active', $2, 0, 1, 1, 0)`, w.sari.ID, []byte{})
	w.ripe()
	all := w.letters("notice.mfa.ready")
	if len(all) != 2 {
		t.Fatalf("%d letters", len(all))
	}
	for _, l := range all {
		if got := l.ready() != ""; got != (l.To == string(sariEmail)) || l.disown() == "" {
			t.Errorf("%s has the link: %v", l.To, got)
		}
	}
}
