package accounts

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/secret"
)

// Each condition taken away, one at a time: the page says which.
func TestEachConditionIsNeeded_impostor1(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world)
		want  Bar
	}{
		"a password by mail (impostor A)": {func(w *world) { w.exec(`UPDATE accounts SET password_via = 'mail'`) }, BarMailed},
		"one of seven days less a second": {func(w *world) { w.exec(`UPDATE accounts SET password_at = password_at + 1000000`) }, BarFresh},
		"suspended":                       {func(w *world) { w.exec(`UPDATE accounts SET suspended_at = 1`) }, BarGuarded},
		"disabled":                        {func(w *world) { w.exec(`UPDATE accounts SET disabled_at = 1`) }, BarGuarded},
		"guarded by a change disowned":    {func(w *world) { w.exec(`UPDATE accounts SET reset_needs_otp = TRUE`) }, BarGuarded},
		"remote requests blocked":         {func(w *world) { w.exec(`UPDATE accounts SET remote_blocked_until = $1`, w.d.Now()+1) }, BarBlocked},
		"no authenticator (impostor 15)":  {func(w *world) { w.exec(`UPDATE devices SET state = 'ended'`) }, BarDevice},
		"an address of six days":          {func(w *world) { w.exec(`UPDATE people SET email_since = $1`, w.d.Now()-1) }, BarMoved},
		"an address of eight days":        {func(w *world) { w.exec(`UPDATE people SET email_since = $1`, w.d.Now().Add(-Frozen)) }, BarAddress},
		"no address":                      {func(w *world) { w.exec(`UPDATE people SET email = ''`) }, BarAddress},
	} {
		t.Run(name, func(t *testing.T) {
			w := oneWorld(t)
			lost(w)
			c.spoil(w)
			if r := w.alone(AloneForm{}); !barred(r, c.want) || r.Person.ID != w.sari.ID {
				t.Errorf("%+v", r)
			}
			if n := w.count(`SELECT count(*) FROM resets`); n != 0 {
				t.Error("a flow began")
			}
			if r := w.alone(AloneForm{Password: "Salah-tebak-11"}); r.Result != AloneWrong || r.Person.ID != "" || len(r.Why) != 0 {
				t.Errorf("told without the password: %+v", r)
			}
		})
	}
}

// The mailbox counts once: a password of its making, however old, opens
// neither the code nor the wait (RC-16).
func TestAMailResetNeverCounts_RC16_impostor1(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	flow := w.proveMailbox()
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	w.finishWith(tried.Browser, newPass, "")
	if _, err := w.BeginWait(w.ctx, flow, somebody); !errors.Is(err, ErrStep) {
		t.Errorf("a proof from before the reset begins a wait: %v", err)
	}
	for _, age := range []time.Duration{0, settled, 365 * 24 * time.Hour} {
		w.clock.Advance(age)
		if r := w.alone(AloneForm{Password: newPass}); !barred(r, BarMailed) {
			t.Errorf("after %v: %+v", age, r)
		}
	}
}

// A second device or a backup code is no mailbox: any password goes with it.
func TestAtOnceWithASecondFactor_impostor1(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.setPassword(w.sari.ID, sariPass, ViaMail)
		first, _ := w.device(w.sari.ID)
		codes := w.backup(w.sari.ID)
		if r := w.alone(AloneForm{OTP: w.code(first, 0)}); r.Result != AloneCodeWrong {
			t.Errorf("a code of the only device: %+v", r)
		}
		if r := w.alone(AloneForm{Backup: string(another(codes[0]))}); r.Result != AloneCodeWrong {
			t.Errorf("a made-up backup code: %+v", r)
		}
		if r := w.alone(AloneForm{Backup: string(codes[0]), Password: "Salah-tebak-11"}); r.Result != AloneWrong || w.backupLeft(w.sari.ID) != backupCodes {
			t.Errorf("a backup code without the password: %+v", r)
		}
		r := w.alone(AloneForm{Backup: string(codes[0])})
		if r.Result != AloneBegun || w.backupLeft(w.sari.ID) != backupCodes-1 {
			t.Fatalf("%+v", r)
		}
		if again := w.alone(AloneForm{Backup: string(codes[0])}); again.Result != AloneCodeWrong {
			t.Errorf("the same code again: %+v", again)
		}
		second, _ := w.device(w.sari.ID)
		if r = w.alone(AloneForm{OTP: w.code(second, 0)}); r.Result != AloneBegun {
			t.Fatalf("a code of another device: %+v", r)
		}
		key := w.pendingKey(r.Token)
		if c, err := w.confirm(r.Token, w.code(key, 0)); err != nil || !c.OK {
			t.Fatal(c, err)
		}
		if n := w.count(`SELECT count(*) FROM devices WHERE state = 'active'`); n != 1 {
			t.Errorf("%d devices (ET-07)", n)
		}
	})
}

// What closes both ways closes the one with a second factor too, and no code
// is spent.
func TestABlockClosesBothWays_impostor2(t *testing.T) {
	for _, spoil := range []string{
		`UPDATE accounts SET remote_blocked_until = password_at + 99999999999999`, `UPDATE accounts SET suspended_at = 1`,
		`UPDATE accounts SET reset_needs_otp = TRUE`, `UPDATE people SET email_since = (SELECT max(password_at) FROM accounts)`,
	} {
		w := oneWorld(t)
		ready(w)
		codes := w.backup(w.sari.ID)
		w.exec(spoil)
		if r := w.alone(AloneForm{Backup: string(codes[0])}); r.Result != AloneBarred || w.backupLeft(w.sari.ID) != backupCodes {
			t.Errorf("%s: %+v", spoil, r)
		}
	}
}

// A bar that comes between the code and the new device's own (ET-12).
func TestABarStopsTheEnrolmentUnderWay_ET12(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	codes := w.backup(w.sari.ID)
	r := w.alone(AloneForm{Backup: string(codes[0])})
	key := w.pendingKey(r.Token)
	w.exec(`UPDATE accounts SET remote_blocked_until = $1`, w.d.Now()+1)
	if c, err := w.confirm(r.Token, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
		t.Errorf("%+v %v", c, err)
	}
}

// D: a botnet with the right password has twenty guesses a day.
func TestBackupCodesCannotBeGuessedHere_ET16(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	codes := w.backup(w.sari.ID)
	for i := range backupTries {
		w.alone(AloneForm{Backup: string(another(codes[0])), Network: fmt.Sprint("net", i)})
	}
	if r := w.alone(AloneForm{Backup: string(codes[0])}); r.Result != AloneCodeClosed {
		t.Errorf("guessing has no end: %+v", r)
	}
	if n := len(w.letters("notice.otp.failed")); n != 1 {
		t.Errorf("the owner was told %d times that somebody has his password (TV-08)", n)
	}
}

// Wrong passwords pause here as at the sign-in: it is one counter.
func TestWrongPasswordsPauseAsAtTheSignIn_impostor13(t *testing.T) {
	w := oneWorld(t)
	key := lost(w)
	for range 3 {
		w.enter(sariNIP, "Salah-tebak-11", "", network)
	}
	for range 2 {
		w.alone(AloneForm{Password: "Salah-tebak-11"})
	}
	if r := w.alone(AloneForm{}); r.Result != AlonePaused || r.Until == 0 {
		t.Errorf("%+v", r)
	}
	if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInPaused {
		t.Errorf("%+v", s)
	}
	if r := w.alone(AloneForm{Network: "198.51.100.0/24"}); r.Result != AloneMail {
		t.Errorf("the owner elsewhere: %+v", r)
	}
}

func TestTheSameStatementsAloneForEverybody_EN03(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	w.backup(w.sari.ID)
	for _, f := range []AloneForm{{}, {OTP: "123456"}, {Backup: "7K3M-9QXD-7K3M-9QXD"}} {
		counts := map[int64][]string{}
		for name, typed := range alike(w) {
			f.NIP, f.Password = typed.nip, "Salah-tebak-11"
			before := w.d.Statements()
			if r := w.alone(f); r.Result != AloneWrong {
				t.Fatalf("%s: %+v", name, r)
			}
			n := w.d.Statements() - before
			counts[n] = append(counts[n], name)
		}
		if len(counts) != 1 {
			t.Error(counts)
		}
		w.clock.Advance(time.Hour)
		w.exec(`DELETE FROM counters`)
		w.exec(`DELETE FROM accounts WHERE person <> $1`, w.sari.ID)
		w.exec(`DELETE FROM people WHERE id <> $1`, w.sari.ID)
	}
}

// Fifty browsers send the same backup code: one enrolment begins.
func TestFiftyBeginWithOneBackupCode_ET16(t *testing.T) {
	eachWorld(t, func(w *world) {
		ready(w)
		codes := w.backup(w.sari.ID)
		begun := together(t, 50, func(int) (bool, error) {
			r, err := w.tryAlone(AloneForm{Backup: string(codes[0])})
			return r.Result == AloneBegun, err
		})
		if begun != 1 || w.backupLeft(w.sari.ID) != backupCodes-1 {
			t.Errorf("%d begun, %d codes left", begun, w.backupLeft(w.sari.ID))
		}
	})
}

func TestEveryTryAloneIsInTheLog_law5(t *testing.T) {
	w := oneWorld(t)
	lost(w)
	w.alone(AloneForm{})
	w.alone(AloneForm{Password: "Salah-tebak-11"})
	w.alone(AloneForm{NIP: secret.NIP("198609262015052009")})
	for result, want := range map[AloneResult]int{AloneMail: 1, AloneWrong: 2} {
		if n := w.audited(audit.AloneTried, string(result)); n != want {
			t.Errorf("%s: %d rows", result, n)
		}
	}
}
