package accounts

import (
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// show shows a remaining factor for a request that was opened at some time.
func (w *world) show(p secret.Password, code string, opened db.Time) (f Factor) {
	w.t.Helper()
	return w.showFor(w.sari.ID, p, code, opened)
}

func (w *world) showFor(person string, p secret.Password, code string, opened db.Time) (f Factor) {
	w.t.Helper()
	checked, err := w.CheckFactor(w.ctx, FactorForm{Person: person, Password: p, OTP: code, Before: opened})
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *db.Tx) (err error) {
		f, err = w.UseFactor(w.ctx, tx, checked, somebody)
		return err
	})
	return f
}

func TestAPasswordOfSevenDaysIsAFactor_impostor1(t *testing.T) {
	for age, want := range map[time.Duration]Factor{settled - time.Second: NoFactor, settled: PasswordFactor} {
		w := oneWorld(t)
		w.setPassword(w.sari.ID, sariPass, ViaSeed)
		w.clock.Advance(age)
		if got := w.show(sariPass, "", w.d.Now()); got != want {
			t.Errorf("%v old: %q", age, got)
		}
		if got := w.show("Salah-tebak-11", "", w.d.Now()); got != NoFactor {
			t.Errorf("a wrong password: %q", got)
		}
	}
}

// The fresh password of a mail reset is no factor: before Open, during the
// wait, nor after Issue (impostor 1).
func TestAPasswordByMailIsNoFactor_impostor1(t *testing.T) {
	for name, opened := range map[string]time.Duration{"reset before Open": time.Hour, "reset during the wait": -time.Hour, "reset after Issue": -settled - time.Hour} {
		w := oneWorld(t)
		w.setPassword(w.sari.ID, sariPass, ViaSeed)
		w.clock.Advance(30 * 24 * time.Hour)
		tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
		w.finishWith(tried.Browser, newPass, "")
		if got := w.show(newPass, "", w.d.Now().Add(opened)); got != NoFactor {
			t.Errorf("%s: %q", name, got)
		}
		if got := w.show(sariPass, "", w.d.Now()); got != NoFactor {
			t.Errorf("the replaced password: %q", got)
		}
	}
}

func TestAnotherDevicesCodeIsAFactor_impostor1(t *testing.T) {
	eachWorld(t, func(w *world) {
		key, _ := w.device(w.sari.ID)
		if got := w.show("", w.code(key, 0), w.d.Now()); got != NoFactor {
			t.Errorf("a code of the only device: %q", got)
		}
		other, _ := w.device(w.sari.ID)
		if got := w.show("", w.code(other, 0), w.d.Now()); got != OTPFactor {
			t.Errorf("a code of another device: %q", got)
		}
		if got := w.show("", w.code(other, 0), w.d.Now()); got != NoFactor {
			t.Errorf("the same code again: %q", got)
		}
	})
}

func TestWrongFactorsAreCountedAndNoError(t *testing.T) {
	w := oneWorld(t)
	key, _ := w.device(w.sari.ID)
	w.device(w.sari.ID)
	for range otpGuesses.most {
		w.show("", w.code(key, 40), w.d.Now())
	}
	if got := w.show("", w.code(key, 0), w.d.Now()); got != NoFactor {
		t.Error("guessing has no end")
	}
	if acc := w.account(w.sari.ID); acc.OTPFailures != 0 {
		t.Error("guesses without the password delay the owner")
	}
	if n := w.audited(audit.FactorShown, audit.Refused); n != int(otpGuesses.most)+1 {
		t.Errorf("%d rows in the log", n)
	}
}

func TestNobodyHasNoFactor_EN05(t *testing.T) {
	w := oneWorld(t)
	for _, person := range []string{"", "nobody"} {
		if got := w.showFor(person, "", "123456", w.d.Now()); got != NoFactor {
			t.Errorf("%q: %q", person, got)
		}
	}
}

func TestASuspendedPasswordIsNoFactor_impostor2(t *testing.T) {
	for _, how := range []string{`UPDATE accounts SET suspended_at = 1`, `UPDATE accounts SET disabled_at = 1`} {
		w := oneWorld(t)
		w.setPassword(w.sari.ID, sariPass, ViaSeed)
		w.clock.Advance(settled)
		w.exec(how)
		if got := w.show(sariPass, "", w.d.Now()); got != NoFactor {
			t.Errorf("%s: %q", how, got)
		}
	}
}
