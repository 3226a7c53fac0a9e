package accounts

import (
	"errors"
	"testing"
	"time"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// "Bukan saya" on each of the three mails, at each moment: the wait is over,
// and what it allowed with it (impostor 2).
func TestEachNoticeStopsTheWait_impostor2(t *testing.T) {
	moments := map[string]func(w *world) (Held, secret.Token){
		"before the relay answers": func(w *world) (Held, secret.Token) { return w.waiting(), "" },
		"during the day":           func(w *world) (Held, secret.Token) { h := w.waiting(); w.answer("accepted"); w.tend(); return h, "" },
		"when it is over":          func(w *world) (Held, secret.Token) { return w.ripe(), "" },
		"during the enrolment": func(w *world) (Held, secret.Token) {
			h := w.ripe()
			token, _ := w.goOn(h)
			return h, token
		},
	}
	for moment, reach := range moments {
		for _, what := range []mail.What{mail.MFAAsked, mail.MFAWaiting, mail.MFAReady} {
			w := oneWorld(t)
			lost(w)
			h, token := reach(w)
			button := w.button(what)
			if button == "" {
				continue // not sent yet
			}
			if d := w.press(button); d.Undone.Any() || d.Blocked || d.Kind != Attempt {
				t.Errorf("%s, %s: %+v", moment, what, d)
			}
			if got := w.held(h); got.State != WaitEnded || got.Because != WaitDisowned {
				t.Errorf("%s, %s: %+v", moment, what, got)
			}
			if token != "" {
				if _, err := w.confirm(token, "123456"); !errors.Is(err, ErrNoEnrolment) {
					t.Errorf("%s, %s: the enrolment lives: %v", moment, what, err)
				}
			}
		}
	}
}

// button is that of the newest mail of one kind, "" where none was sent.
func (w *world) button(what mail.What) secret.Token {
	w.t.Helper()
	kind := "notice." + string(what)
	if what == mail.MFAAsked {
		kind = "reset.code"
	}
	all := w.letters(kind)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].disown()
}

// Pressed after the new device: too late to stop it, not too late to undo it.
func TestANoticeAfterTheEnrolmentUndoesIt_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		lost(w)
		h := w.ripe()
		button := w.last("notice.mfa.ready").disown()
		token, key := w.goOn(h)
		if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
			t.Fatal(c, err)
		}
		n, err := w.Notice(w.ctx, button)
		if err != nil || !n.Undoes.Device || n.Undoes.Password {
			t.Errorf("the page says %+v %v", n, err)
		}
		if d := w.press(button); !d.Undone.Device || !d.Blocked {
			t.Errorf("%+v", d)
		}
		if n := w.count(`SELECT count(*) FROM devices WHERE state = 'active'`); n != 0 {
			t.Errorf("%d devices open", n)
		}
	})
}

// The notice and the first code at once: whichever comes first, the device
// does not open.
func TestANoticeDuringTheEnrolment_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		for range 5 {
			lost(w)
			w.exec(`UPDATE accounts SET reset_needs_otp = FALSE, remote_blocked_until = 0`)
			h := w.ripe()
			button := w.last("notice.mfa.ready").disown()
			token, key := w.goOn(h)
			code := w.code(key, 0)
			together(t, 2, func(i int) (bool, error) {
				if i == 0 {
					_, err := w.confirm(token, code)
					if errors.Is(err, ErrNoEnrolment) {
						err = nil
					}
					return true, err
				}
				return true, w.d.Write(w.ctx, func(tx *db.Tx) error {
					_, err := w.Disown(w.ctx, tx, button, somebody)
					return err
				})
			})
			if n := w.count(`SELECT count(*) FROM devices WHERE via = 'self' AND state = 'active'`); n != 0 {
				t.Fatalf("%d new devices open", n)
			}
			w.exec(`UPDATE devices SET state = 'ended'`)
			w.clock.Advance(40 * Day)
		}
	})
}

// Two attempts disowned block remote requests, and three mails of one attempt
// are one attempt.
func TestThreeMailsAreOneAttempt_impostor2(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	w.ripe()
	for _, what := range []mail.What{mail.MFAAsked, mail.MFAWaiting, mail.MFAReady} {
		if d := w.press(w.button(what)); d.Blocked {
			t.Fatalf("%s: %+v", what, d)
		}
	}
	w.clock.Advance(time.Hour)
	w.waiting()
	if d := w.press(w.last("notice.mfa.waiting").disown()); !d.Blocked {
		t.Errorf("%+v", d)
	}
	if r := w.alone(AloneForm{}); !barred(r, BarBlocked) {
		t.Errorf("%+v", r)
	}
}
