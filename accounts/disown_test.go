package accounts

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// notify tells Sari of something and returns the link of the newest mail.
func (w *world) notify(n Notification) secret.Token {
	w.t.Helper()
	w.write(func(tx *db.Tx) error {
		_, err := w.Notify(w.ctx, tx, w.sari, n)
		return err
	})
	return w.last("notice." + string(n.What)).disown()
}

// moved gives Sari a former address, which hears of everything for 30 days.
func (w *world) moved() {
	w.t.Helper()
	w.exec(`INSERT INTO former_emails (id, person, email, since, until) VALUES ('f', $1, 'lama@example.go.id', 1, $2)`,
		w.sari.ID, w.d.Now().Add(Old))
}

func TestNoticesGoToEveryKnownAddress_impostor5(t *testing.T) {
	w := oneWorld(t)
	w.moved()
	var told Told
	tell := func() {
		w.write(func(tx *db.Tx) (err error) {
			told, err = w.Notify(w.ctx, tx, w.sari, Notification{What: mail.RequestFiled, Object: "t1", Number: "PUL-1"})
			return err
		})
	}
	tell()
	if len(told.Mails) != 2 || len(told.Old) != 2 || !told.OldAddress {
		t.Errorf("%+v", told)
	}
	w.clock.Advance(Old)
	w.sari.EmailSince = w.d.Now().Add(-Old + time.Second)
	tell()
	if len(told.Mails) != 1 || told.OldAddress {
		t.Errorf("after 30 days, with a young address: %+v", told)
	}
	w.sari.Email = ""
	tell()
	if len(told.Mails) != 0 || told.OldAddress {
		t.Errorf("without an address: %+v", told)
	}
}

// Notices are outside every budget (impostor 3).
func TestNoticesAreNeverDropped_impostor3(t *testing.T) {
	w := oneWorld(t)
	for i := range 40 {
		w.notify(Notification{What: mail.RequestFiled, Object: fmt.Sprint(i)})
	}
	if n := len(w.letters("notice.request.filed")); n != 40 {
		t.Errorf("%d of 40", n)
	}
}

func TestEveryLinkIsItsOwnAndAReplyHasNone(t *testing.T) {
	w := oneWorld(t)
	w.moved()
	w.notify(Notification{What: mail.RequestFiled, Object: "t1"})
	both := w.letters("notice.request.filed")
	if both[0].disown() == "" || both[0].disown() == both[1].disown() {
		t.Error("two mails share a link")
	}
	if token := w.notify(Notification{What: mail.ReplyArrived, Object: "t1"}); token != "" {
		t.Error("a reply can be disowned")
	}
}

func TestLookingAtANoticeChangesNothing_NO04(t *testing.T) {
	w := oneWorld(t)
	token := w.notify(Notification{What: mail.RequestFiled, Object: "t1", Number: "PUL-1"})
	for range 3 {
		n, err := w.Notice(w.ctx, token)
		if err != nil || n.Disowned || n.Number != "PUL-1" || n.Kind != Attempt || n.At != w.d.Now() {
			t.Fatalf("%+v %v", n, err)
		}
	}
	if w.audited(audit.Disowned, "ok") != 0 {
		t.Error("looking acted")
	}
}

func TestALinkWorksFor240Hours(t *testing.T) {
	w := oneWorld(t)
	token := w.notify(Notification{What: mail.PasswordChanged})
	w.clock.Advance(240*time.Hour - time.Second)
	if _, err := w.Notice(w.ctx, token); err != nil {
		t.Error(err)
	}
	w.clock.Advance(time.Second)
	if _, err := w.Notice(w.ctx, token); !errors.Is(err, ErrNoNotice) {
		t.Error(err)
	}
	err := w.d.Write(w.ctx, func(tx *db.Tx) error { _, err := w.Disown(w.ctx, tx, token, somebody); return err })
	if !errors.Is(err, ErrNoNotice) {
		t.Error(err)
	}
}

// An attempt disowned stops that attempt, and nothing of the account moves.
func TestAnAttemptDisownedStopsOnlyThatAttempt_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		session := w.session(AccountSession, w.sari.ID)
		mine := w.ask(sariNIP, sariEmail)
		mineMail := w.last("reset.code")
		strange := w.ask(sariNIP, sariEmail)
		strangeMail := w.last("reset.code")
		before := w.account(w.sari.ID)
		d := w.press(strangeMail.disown())
		if d.Kind != Attempt || d.What != mail.ResetAsked || d.Already || d.Blocked || d.Person != w.sari.ID {
			t.Fatalf("%+v", d)
		}
		if w.account(w.sari.ID) != before || !w.holds(AccountSession, session) {
			t.Error("the account changed")
		}
		if w.tryCode(strange, strangeMail.code()).OK || !w.tryCode(mine, mineMail.code()).OK {
			t.Error("the wrong attempt stopped")
		}
		if w.enter(sariNIP, sariPass, w.code(key, 0), network).Result != SignInOK {
			t.Error("the account is shut")
		}
	})
}

// The stranger proved already, and loses it.
func TestAProvenResetIsStoppedToo_impostor2(t *testing.T) {
	w := oneWorld(t)
	w.ask(sariNIP, sariEmail)
	mail := w.last("reset.code")
	proven := w.tryLink(mail.link())
	w.press(mail.disown())
	if _, err := w.FinishReset(w.ctx, ResetPassword{Browser: proven.Browser, Password: newPass}, somebody); !errors.Is(err, ErrStep) {
		t.Error(err)
	}
}

func TestTwoAttemptsDisownedBlockRemoteRequests_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.moved()
		one := w.notify(Notification{What: mail.RequestApproved, Object: "t1"})
		other := w.letters("notice.request.approved")[0].disown()
		again := w.notify(Notification{What: mail.PassIssued, Object: "t1"})
		for i, token := range []secret.Token{one, other, again} { // one attempt, whatever it was told by
			if d := w.press(token); d.Blocked {
				t.Fatalf("press %d: %+v", i, d)
			}
		}
		if d := w.press(w.notify(Notification{What: mail.MFAWaiting, Object: "t2"})); !d.Blocked {
			t.Fatalf("the second attempt: %+v", d)
		}
		acc := w.account(w.sari.ID)
		if acc.RemoteBlockedUntil != w.d.Now().Add(7*24*time.Hour) || acc.ResetNeedsOTP || acc.SuspendedAt != 0 {
			t.Errorf("%+v", acc)
		}
	})
}

// Whoever knows a number and an address makes as many of these as he likes.
func TestAStrangersAttemptsAddUpToNoBlock_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		proven := w.notify(Notification{What: mail.MFAAsked, Object: "mfa"})
		for i, what := range []mail.What{mail.ResetAsked, mail.ActivationAsked, mail.UnlockAsked, mail.NotActivated, mail.AlreadyActive,
			mail.RequestFiled, mail.RequestRefused, mail.RequestCancelled} {
			if d := w.press(w.notify(Notification{What: what, Object: fmt.Sprint(i)})); d.Blocked {
				t.Fatalf("%s: %+v", what, d)
			}
		}
		if d := w.press(proven); d.Blocked || w.account(w.sari.ID).RemoteBlockedUntil != 0 {
			t.Errorf("one attempt with the password: %+v", d)
		}
	})
}

// Two notices that are about no request are two things, each told to all
// addresses.
func TestNoticesWithoutAnObjectAreApart_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.moved()
		older := w.notify(Notification{What: mail.OTPFailed3})
		sameOlder := w.letters("notice.otp.failed")[0].disown()
		newer := w.notify(Notification{What: mail.OTPFailed3})
		if d := w.press(older); d.Already || d.Blocked {
			t.Fatalf("%+v", d)
		}
		if d := w.press(sameOlder); !d.Already {
			t.Errorf("the other address: %+v", d)
		}
		if n, err := w.Notice(w.ctx, newer); err != nil || n.Disowned {
			t.Errorf("the newer was pressed with the older: %v", err)
		}
		if d := w.press(newer); d.Already || !d.Blocked {
			t.Errorf("two attempts: %+v", d)
		}
	})
}

func TestAttemptsMonthsApartDoNotAddUp(t *testing.T) {
	w := oneWorld(t)
	w.press(w.notify(Notification{What: mail.RequestApproved, Object: "t1"}))
	w.clock.Advance(31 * 24 * time.Hour)
	if d := w.press(w.notify(Notification{What: mail.RequestApproved, Object: "t2"})); d.Blocked {
		t.Error("blocked")
	}
}

// resetTo gives Sari a new password by mail, and returns the change's link.
func (w *world) resetTo(p secret.Password) secret.Token {
	w.t.Helper()
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	if done := w.finishWith(tried.Browser, p, ""); !done.OK {
		w.t.Fatalf("%+v", done)
	}
	return w.last("notice.password.changed").disown()
}

func TestAChangedPasswordDisowned_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		change := w.resetTo(newPass)
		session := w.enter(sariNIP, newPass, w.code(key, 0), network).Token
		d := w.press(change)
		if d.Kind != Change || !d.Blocked || d.Already {
			t.Fatalf("%+v", d)
		}
		acc := w.account(w.sari.ID)
		if acc.SuspendedAt == 0 || !acc.ResetNeedsOTP || acc.RemoteBlockedUntil != w.d.Now().Add(remoteBlock) {
			t.Errorf("%+v", acc)
		}
		if w.holds(AccountSession, session) || w.enter(sariNIP, newPass, w.code(key, 1), network).Result != SignInSuspended {
			t.Error("the impostor is still in")
		}
		if len(w.letters("notice.account.frozen")) != 1 {
			t.Error("nobody was told")
		}
		if d := w.press(change); !d.Already {
			t.Errorf("pressed again: %+v", d)
		}
	})
}

// From then on the mailbox alone resets nothing; with the authenticator it
// does, and that ends the suspension (impostor 2).
func TestAfterADisownedChangeTheResetNeedsAnOTP_impostor2(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		w.press(w.resetTo(newPass))
		const third = "Serai-wangi-kolam-33"
		tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
		owner, err := w.ResetOwner(w.ctx, Flow{ForPassword, tried.Browser})
		if err != nil || !owner.NeedsOTP || !owner.HasDevice {
			t.Fatalf("%+v %v", owner, err)
		}
		for _, code := range []string{"", "12345", w.code(key, 40), w.code(key, -3)} {
			if done := w.finishWith(tried.Browser, third, code); done.OK || !done.OTPWrong {
				t.Fatalf("with %q: %+v", code, done)
			}
		}
		if acc := w.account(w.sari.ID); acc.OTPFailures != 0 {
			t.Error("guesses with the mailbox alone delay the owner", acc)
		}
		if done := w.finishWith(tried.Browser, third, w.code(key, 0)); !done.OK {
			t.Fatalf("%+v", done)
		}
		if w.enter(sariNIP, third, w.code(key, 1), network).Result != SignInOK {
			t.Error("the owner is still out")
		}
		if acc := w.account(w.sari.ID); !acc.ResetNeedsOTP || acc.RemoteBlockedUntil == 0 {
			t.Error("only two staff lift the block", acc)
		}
	})
}

func TestGuessingCodesInAResetEnds_impostor2(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	w.exec(`UPDATE accounts SET reset_needs_otp = TRUE`)
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	for range resetOTP.most {
		w.finishWith(tried.Browser, newPass, w.code(key, 40))
	}
	if done := w.finishWith(tried.Browser, newPass, w.code(key, 0)); done.OK || !done.OTPClosed {
		t.Fatalf("%+v", done)
	}
	if w.enter(sariNIP, sariPass, w.code(key, 0), network).Result != SignInOK {
		t.Error("the owner's sign-in closed too")
	}
}

func TestADisownedDeviceIsSuspended_impostor2(t *testing.T) {
	w := oneWorld(t)
	w.setPassword(w.sari.ID, sariPass, ViaSeed)
	key, id := w.device(w.sari.ID)
	token := w.notify(Notification{What: mail.DeviceAdded, Object: id})
	if d := w.press(token); d.Kind != Change || d.Object != id || !d.Blocked {
		t.Fatalf("%+v", d)
	}
	if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInSuspended {
		t.Errorf("%+v", s)
	}
	if acc := w.account(w.sari.ID); acc.SuspendedAt != 0 || !acc.ResetNeedsOTP {
		t.Errorf("the password is another credential: %+v", acc)
	}
}

func TestAnOldNoticeDoesNotSuspendANewerPassword(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	old := w.resetTo(newPass)
	w.clock.Advance(time.Hour)
	w.setPassword(w.sari.ID, "Serai-wangi-kolam-33", ViaEnrolment)
	if d := w.press(old); !d.Blocked {
		t.Fatalf("%+v", d)
	}
	if acc := w.account(w.sari.ID); acc.SuspendedAt != 0 || !acc.ResetNeedsOTP {
		t.Errorf("%+v", acc)
	}
}

func TestManyPressAtOnceAndOneActs(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.moved()
		w.notify(Notification{What: mail.PasswordChanged})
		both := w.letters("notice.password.changed")
		acted := together(t, 20, func(i int) (acted bool, err error) {
			err = w.d.Write(w.ctx, func(tx *db.Tx) error {
				d, err := w.Disown(w.ctx, tx, both[i%2].disown(), somebody)
				acted = !d.Already
				return err
			})
			return acted, err
		})
		if acted != 1 || w.audited(audit.Disowned, "ok") != 1 {
			t.Errorf("%d acted", acted)
		}
	})
}
