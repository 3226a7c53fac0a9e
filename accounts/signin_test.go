package accounts

import (
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// enter tries to sign in from a network.
func (w *world) enter(nip secret.NIP, p secret.Password, code, from string) SignedIn {
	w.t.Helper()
	s, err := w.tryEnter(nip, p, code, from)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) tryEnter(nip secret.NIP, p secret.Password, code, from string) (s SignedIn, err error) {
	prepared, err := w.PrepareSignIn(w.ctx, SignInForm{NIP: nip, Password: p, OTP: code, Network: from, Agent: "Test"})
	if err != nil {
		return s, err
	}
	err = w.d.Write(w.ctx, func(tx *db.Tx) error {
		s, err = w.SignIn(w.ctx, tx, prepared, somebody)
		return err
	})
	return s, err
}

// ready gives Sari a password and an authenticator.
func ready(w *world) otp.Secret {
	w.setPassword(w.sari.ID, sariPass, ViaSeed)
	key, _ := w.device(w.sari.ID)
	return key
}

func TestSignInWithAllThree(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		s := w.enter(sariNIP, sariPass, w.code(key, 0), network)
		if s.Result != SignInOK || s.Person != w.sari.ID || s.Device == "" || !w.holds(AccountSession, s.Token) {
			t.Fatalf("%+v", s)
		}
		if w.audited(audit.SignIn, "ok") != 1 {
			t.Error("not in the log")
		}
	})
}

func TestWhatIsWrongIsToldOnlyAfterTheRightPassword_TV10(t *testing.T) {
	for _, c := range []struct {
		name string
		code func(w *world, key otp.Secret) string
		want SignInResult
	}{
		{"missing", func(*world, otp.Secret) string { return "" }, SignInOTPMissing},
		{"letters", func(*world, otp.Secret) string { return "12345x" }, SignInOTPWrong},
		{"wide digits", func(*world, otp.Secret) string { return "１２３４５６" }, SignInOTPWrong},
		{"late", func(w *world, k otp.Secret) string { return w.code(k, -4) }, SignInLate},
		{"early", func(w *world, k otp.Secret) string { return w.code(k, 5) }, SignInEarly},
		{"wrong", func(w *world, k otp.Secret) string { return w.code(k, 40) }, SignInOTPWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := oneWorld(t)
			code := c.code(w, ready(w))
			if s := w.enter(sariNIP, sariPass, code, network); s.Result != c.want || s.Token != "" {
				t.Errorf("right password: %+v", s)
			}
			if s := w.enter(sariNIP, "Kolam-keruh-perahu-41", code, network); s.Result != SignInWrong || s.Person != "" {
				t.Errorf("wrong password: %+v", s)
			}
			if s := w.enter("198609262015052009", sariPass, code, network); s.Result != SignInWrong {
				t.Errorf("unknown NIP: %+v", s)
			}
		})
	}
}

func TestACodeCountsOnce_TV02(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		newer := w.code(key, 1)
		for _, c := range []struct {
			code string
			want SignInResult
		}{{newer, SignInOK}, {newer, SignInUsed}, {newer[:3] + " " + newer[3:], SignInUsed}, {w.code(key, 0), SignInUsed}} {
			if s := w.enter(sariNIP, sariPass, c.code, network); s.Result != c.want {
				t.Errorf("%s: %s, want %s", c.code, s.Result, c.want)
			}
		}
	})
}

func TestFiftyUseOneCode_TV02(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		code := w.code(key, 0)
		prepared, err := w.PrepareSignIn(w.ctx, SignInForm{NIP: sariNIP, Password: sariPass, OTP: code, Network: network})
		if err != nil {
			t.Fatal(err)
		}
		in := together(t, 50, func(int) (ok bool, err error) {
			err = w.d.Write(w.ctx, func(tx *db.Tx) error {
				s, err := w.SignIn(w.ctx, tx, prepared, somebody)
				ok = s.Result == SignInOK
				return err
			})
			return ok, err
		})
		if in != 1 {
			t.Errorf("%d sessions from one code", in)
		}
	})
}

func TestOTPFailuresWaitLongerAndLonger_TV05(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		fail := func(want SignInResult) SignedIn {
			t.Helper()
			s := w.enter(sariNIP, sariPass, w.code(key, 40), network)
			if s.Result != want {
				t.Fatalf("%+v, want %s", s, want)
			}
			return s
		}
		for range 5 {
			fail(SignInOTPWrong)
		}
		for _, wait := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
			if s := fail(SignInLocked); s.Until != w.d.Now().Add(wait) {
				t.Fatalf("until %v, want %v", s.Until.Sub(w.d.Now()), wait)
			}
			w.clock.Advance(wait)
			fail(SignInOTPWrong)
		}
		w.clock.Advance(15 * time.Minute)
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK || w.account(w.sari.ID).OTPFailures != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestTheRightCodeIsNotEvenComparedDuringAPause_TV05(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	for range 5 {
		w.enter(sariNIP, sariPass, w.code(key, 40), network)
	}
	code := w.code(key, 0)
	if s := w.enter(sariNIP, sariPass, code, network); s.Result != SignInLocked {
		t.Fatalf("%+v", s)
	}
	w.clock.Advance(30 * time.Second)
	if s := w.enter(sariNIP, sariPass, code, network); s.Result != SignInOK {
		t.Errorf("the code was spent while locked: %+v", s)
	}
}

func TestAHundredWrongCodesStopTheAuthenticator_TV05(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	w.exec(`UPDATE accounts SET otp_failures = 99`)
	if s := w.enter(sariNIP, sariPass, w.code(key, 40), network); s.Result != SignInOTPWrong {
		t.Fatalf("%+v", s)
	}
	if w.audited(audit.DeviceEnded, audit.Refused) != 1 || w.count(`SELECT count(*) FROM outbox WHERE kind = 'notice.otp.stopped'`) != 1 {
		t.Error("nobody is told that the authenticator stopped")
	}
	w.clock.Advance(time.Hour)
	if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInSuspended {
		t.Errorf("%+v", s)
	}
}

func TestThreeWrongCodesAfterThePasswordAreTold_TV08(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		for range 4 {
			w.enter(sariNIP, sariPass, w.code(key, 40), network)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE kind = 'notice.otp.failed'`); n != 1 {
			t.Errorf("%d notices", n)
		}
	})
}

// Two hundred tries by a stranger, and the victim enters (impostor 13).
func TestAStrangerDelaysNobody_impostor13(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	for i := range 200 {
		w.enter(sariNIP, secret.Password(fmt.Sprint("Salah-tebak-", i)), "123456", fmt.Sprintf("198.51.%d.0/24", i%4))
	}
	if acc := w.account(w.sari.ID); acc.OTPFailures != 0 || acc.OTPWaitUntil != 0 {
		t.Errorf("the stranger moved the count: %+v", acc)
	}
	if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK {
		t.Errorf("%+v", s)
	}
}

func TestWrongPasswordsPausePerNumberAndNetwork_impostor13(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		for _, nip := range []secret.NIP{sariNIP, "198609262015052009"} { // known and unknown alike (EN-06)
			for range 5 {
				if s := w.enter(nip, "Salah-tebak-1", "", network); s.Result != SignInWrong {
					t.Fatalf("%+v", s)
				}
			}
			if s := w.enter(nip, sariPass, w.code(key, 0), network); s.Result != SignInPaused || s.Until != w.d.Now().Add(30*time.Second) {
				t.Fatalf("%+v", s)
			}
		}
		w.clock.Advance(30 * time.Second)
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK {
			t.Errorf("%+v", s)
		}
	})
}

func TestFiftyGuessesAtOnceAreFive_TV07(t *testing.T) {
	eachWorld(t, func(w *world) {
		ready(w)
		compared := together(t, 50, func(i int) (bool, error) {
			s, err := w.tryEnter(sariNIP, secret.Password(fmt.Sprint("Salah-tebak-", i)), "", network)
			return s.Result == SignInWrong, err
		})
		if compared != 5 {
			t.Errorf("%d passwords compared", compared)
		}
	})
}

func TestClosedAccountsStayOut(t *testing.T) {
	for how, want := range map[string]SignInResult{
		`UPDATE accounts SET disabled_at = 1`:          SignInSuspended,
		`UPDATE accounts SET suspended_at = 1`:         SignInSuspended,
		`UPDATE devices SET state = 'suspended'`:       SignInSuspended,
		`UPDATE devices SET state = 'ended'`:           SignInNeedsDevice,
		`UPDATE people SET active = FALSE`:             SignInWrong,
		`UPDATE accounts SET password = ''`:            SignInWrong,
		`UPDATE accounts SET otp_wait_until = 1 << 62`: SignInLocked,
	} {
		w := oneWorld(t)
		key := ready(w)
		w.exec(how)
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != want || s.Token != "" {
			t.Errorf("%s: %+v, want %s", how, s, want)
		}
	}
}

func TestAPasswordChangedMeanwhileIsWrong(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	prepared, err := w.PrepareSignIn(w.ctx, SignInForm{NIP: sariNIP, Password: sariPass, OTP: w.code(key, 0), Network: network})
	if err != nil {
		t.Fatal(err)
	}
	w.setPassword(w.sari.ID, "Lain-perahu-ombak-7", ViaSeed)
	w.write(func(tx *db.Tx) error {
		if s, err := w.SignIn(w.ctx, tx, prepared, somebody); err != nil || s.Result != SignInWrong {
			t.Errorf("%+v %v", s, err)
		}
		return nil
	})
}

// Swapped secrets do not open: each is bound to its row (TV-12).
func TestSwappedSecretsDoNotOpen_TV12(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	other := w.add("199408172022211003", "lain@example.go.id")
	key, id := w.device(other.ID)
	w.exec(`UPDATE devices SET secret = (SELECT secret FROM devices WHERE id = $1) WHERE person = $2`, id, w.sari.ID)
	if _, err := w.tryEnter(sariNIP, sariPass, w.code(key, 0), network); err == nil {
		t.Error("another's secret was used")
	}
}

// A stopped account is told of the ways that are open, and of no other.
func TestAStoppedAccountNamesTheOpenWays_impostor2(t *testing.T) {
	const device, password = `UPDATE devices SET state = 'suspended'`, `UPDATE accounts SET suspended_at = 1`
	for _, c := range []struct {
		how  []string
		want WayBack
	}{
		{[]string{`UPDATE accounts SET disabled_at = 1`}, BackByCounter},
		{[]string{password}, BackByMail},
		{[]string{password, `UPDATE accounts SET reset_needs_otp = TRUE`}, BackByMail},
		{[]string{device}, BackByRequest},
		{[]string{device, password}, BackByCounter},
		{[]string{device, `UPDATE accounts SET remote_blocked_until = 1 << 62`}, BackByCounter},
		{[]string{device, `UPDATE accounts SET reset_needs_otp = TRUE`}, BackByCounter},
	} {
		w := oneWorld(t)
		key := ready(w)
		for _, how := range c.how {
			w.exec(how)
		}
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInSuspended || s.Way != c.want {
			t.Errorf("%q: %+v, want %s", c.how, s, c.want)
		}
	}
}
