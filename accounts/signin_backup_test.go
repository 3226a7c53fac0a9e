package accounts

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"pulih/db"
	"pulih/secret"
)

// enterBy tries to sign in with a backup code.
func (w *world) enterBy(nip secret.NIP, p secret.Password, backup string) (s SignedIn) {
	w.t.Helper()
	return w.enterWith(SignInForm{NIP: nip, Password: p, Backup: backup, Network: network})
}

func (w *world) enterWith(f SignInForm) (s SignedIn) {
	w.t.Helper()
	prepared, err := w.PrepareSignIn(w.ctx, f)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *db.Tx) (err error) {
		s, err = w.SignIn(w.ctx, tx, prepared, somebody)
		return err
	})
	return s
}

func TestSignInWithABackupCode_ET16_impostor11(t *testing.T) {
	eachWorld(t, func(w *world) {
		ready(w)
		codes := w.backup(w.sari.ID)
		s := w.enterBy(sariNIP, sariPass, codes[0].Grouped())
		if s.Result != SignInOK || s.Device != "" || s.Person != w.sari.ID {
			t.Fatalf("%+v", s)
		}
		if got, err := w.Session(w.ctx, AccountSession, s.Token); err != nil || got.ProvenAt != 0 {
			t.Errorf("it has proven an OTP: %+v %v", got, err)
		}
		if n := len(w.letters("notice.backup.used")); n != 1 {
			t.Errorf("%d notices", n)
		}
	})
}

// Wrong, used and too many are told to who has the password, and to nobody
// else (TV-10).
func TestABackupCodeIsJudgedAfterThePassword_TV10(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	codes := w.backup(w.sari.ID)
	w.spend(w.sari.ID, string(codes[0]), network)
	for typed, want := range map[string]SignInResult{
		string(codes[0]): SignInBackupUsed, string(another(codes[1])): SignInBackupWrong, "kode saya": SignInBackupWrong,
	} {
		if s := w.enterBy(sariNIP, sariPass, typed); s.Result != want || s.Token != "" {
			t.Errorf("%s: %+v", typed, s)
		}
		for _, nip := range []secret.NIP{sariNIP, "198609262015052009"} {
			if s := w.enterBy(nip, "Salah-tebak-11", typed); s.Result != SignInWrong {
				t.Errorf("%s, %s: %+v", nip, typed, s)
			}
			w.clock.Advance(time.Hour)
		}
	}
	w.exec(`UPDATE counters SET n = 100`)
	if s := w.enterBy(sariNIP, sariPass, string(codes[1])); s.Result != SignInBackupClosed {
		t.Errorf("%+v", s)
	}
	if w.backupLeft(w.sari.ID) != backupCodes-1 {
		t.Error("a code was spent")
	}
}

// A wrong password costs the same beside a backup code, whose number ever it
// is (EN-03).
func TestASignInByBackupCodeRunsTheSameStatements_EN03(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	w.backup(w.sari.ID)
	counts := map[int64][]string{}
	for name, typed := range alike(w) {
		before := w.d.Statements()
		if s := w.enterBy(typed.nip, "Salah-tebak-11", "0000000000000000"); s.Result != SignInWrong {
			t.Fatalf("%s: %+v", name, s)
		}
		n := w.d.Statements() - before
		counts[n] = append(counts[n], name)
	}
	if len(counts) != 1 {
		t.Error(counts)
	}
}

// Wrong OTPs close neither the backup codes nor the other way round.
func TestBackupAndOTPCloseEachOnItsOwn_impostor13(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	codes := w.backup(w.sari.ID)
	for range 6 {
		w.enter(sariNIP, sariPass, w.code(key, 40), network)
	}
	if s := w.enterBy(sariNIP, sariPass, string(codes[0])); s.Result != SignInOK {
		t.Errorf("while OTPs pause: %+v", s)
	}
	if acc := w.account(w.sari.ID); acc.OTPFailures != 5 {
		t.Errorf("a backup code moved the OTP count to %d", acc.OTPFailures)
	}
	w.exec(`UPDATE counters SET n = 100`)
	w.clock.Advance(time.Hour)
	if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK {
		t.Errorf("while backup codes are closed: %+v", s)
	}
}

func TestABackupCodeOpensNoStoppedAccount_impostor2(t *testing.T) {
	for how, want := range map[string]SignInResult{
		`UPDATE accounts SET disabled_at = 1`:    SignInSuspended,
		`UPDATE accounts SET suspended_at = 1`:   SignInSuspended,
		`UPDATE devices SET state = 'suspended'`: SignInSuspended,
		`UPDATE devices SET state = 'ended'`:     SignInNeedsDevice,
		`UPDATE people SET active = FALSE`:       SignInWrong,
	} {
		w := oneWorld(t)
		ready(w)
		codes := w.backup(w.sari.ID)
		w.exec(how)
		if s := w.enterBy(sariNIP, sariPass, string(codes[0])); s.Result != want || s.Token != "" || w.backupLeft(w.sari.ID) != backupCodes {
			t.Errorf("%s: %+v", how, s)
		}
	}
}

// A password stored at a lower cost is stored anew when its owner signs in,
// and nothing else about it changes (PW-05).
func TestAPasswordIsRehashed_PW05(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		old := phcParts{argonMemory / 2, argonTime, argonThreads, []byte("sixteen bytes ok"), nil}
		old.key = argon2.IDKey([]byte(sariPass), old.salt, old.time, old.memory, old.threads, argonKey)
		w.exec(`UPDATE accounts SET password = $1`, old.String())
		before := w.account(w.sari.ID)
		w.enter(sariNIP, "Salah-tebak-11", w.code(key, 0), network)
		w.enter(sariNIP, sariPass, w.code(key, 40), network)
		if acc := w.account(w.sari.ID); acc.password != old.String() {
			t.Fatal("stored anew without a sign-in")
		}
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK {
			t.Fatalf("%+v", s)
		}
		acc := w.account(w.sari.ID)
		if cheap(acc.password) || acc.PasswordAt != before.PasswordAt || acc.Version != before.Version {
			t.Errorf("%+v", acc)
		}
		w.clock.Advance(time.Minute)
		if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result != SignInOK || w.account(w.sari.ID).password != acc.password {
			t.Errorf("%+v", s)
		}
	})
}

func TestASignInAfterARecoveryIsTold_NO01(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		told := func() int { return len(w.letters("notice.signin.told")) }
		enter := func(p secret.Password) {
			t.Helper()
			w.clock.Advance(time.Minute)
			if s := w.enter(sariNIP, p, w.code(key, 0), network); s.Result != SignInOK {
				t.Fatalf("%+v", s)
			}
		}
		enter(sariPass)
		if told() != 0 {
			t.Fatal("an ordinary sign-in is told")
		}
		for i, via := range []Via{ViaMail, ViaEnrolment, ViaActivation} {
			w.clock.Advance(time.Minute)
			w.setPassword(w.sari.ID, newPass, via)
			enter(newPass)
			enter(newPass)
			if told() != i+1 {
				t.Errorf("after a password by %s: %d notices", via, told())
			}
		}
		for i, via := range []EnrolmentVia{ByPass, BySelf, ByActivation} {
			w.clock.Advance(time.Minute)
			w.exec(`UPDATE devices SET via = $1, enrolled_at = $2`, string(via), w.d.Now())
			enter(newPass)
			enter(newPass)
			if told() != 3+i+1 {
				t.Errorf("after a device by %s: %d notices", via, told())
			}
		}
		w.clock.Advance(time.Minute)
		w.setPassword(w.sari.ID, newPass, ViaOwner)
		w.exec(`UPDATE devices SET via = 'owner', enrolled_at = $1`, w.d.Now())
		enter(newPass)
		if told() != 6 {
			t.Error("a change by the owner is told as a recovery")
		}
	})
}

func TestASuccessAfterFiveWrongCodesIsTold_TV08(t *testing.T) {
	for wrong, want := range map[int]int{4: 0, 5: 1} {
		w := oneWorld(t)
		key := ready(w)
		for range wrong {
			w.enter(sariNIP, sariPass, w.code(key, 40), network)
		}
		w.clock.Advance(time.Hour)
		w.enter(sariNIP, sariPass, w.code(key, 0), network)
		if n := len(w.letters("notice.signin.told")); n != want {
			t.Errorf("after %d wrong codes: %d notices", wrong, n)
		}
	}
}

// A password from before today's rule lets its owner in, who hears why it
// will not do.
func TestAWeakPasswordIsToldAfterTheSignIn_PW03(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	w.setPassword(w.sari.ID, "Sari-Wulandari-1986", ViaSeed)
	if s := w.enter(sariNIP, "Sari-Wulandari-1986", w.code(key, 40), network); len(s.Weak) != 0 {
		t.Errorf("before the code: %v", s.Weak)
	}
	s := w.enter(sariNIP, "Sari-Wulandari-1986", w.code(key, 0), network)
	if s.Result != SignInOK || !strings.Contains(fmt.Sprint(s.Weak), "nama Anda") {
		t.Errorf("%+v", s)
	}
}
