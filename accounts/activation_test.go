package accounts

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

const (
	budiNIP   = secret.NIP("199408172022211003")
	budiEmail = secret.Email("budi.santoso@mail.example.org")
)

// newcomer is somebody who has never signed in.
func newcomer(w *world) Person { return w.add(budiNIP, budiEmail) }

// askFor asks for a code of any purpose and lets the due ones be sent.
func (w *world) askFor(purpose ResetPurpose, nip secret.NIP, email secret.Email, from string) Flow {
	w.t.Helper()
	browser, err := w.StartReset(w.ctx, purpose, nip, somebody)
	f := Flow{purpose, browser}
	if err == nil {
		_, err = w.AskResetCode(w.ctx, ResetAsk{Flow: f, Email: email, Network: from}, somebody)
	}
	if err == nil {
		err = w.SendCodes(w.ctx)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// proves types a flow's newest code and returns the flow with its new cookie.
func (w *world) proves(f Flow) Flow {
	w.t.Helper()
	tried, err := w.ProveByCode(w.ctx, f, w.last("reset.code").code(), somebody)
	if err != nil || !tried.OK {
		w.t.Fatal(tried, err)
	}
	return Flow{f.Purpose, tried.Browser}
}

// activating goes on to the first password, and returns the new secret.
func (w *world) activating(f Flow) (secret.Token, otp.Secret) {
	w.t.Helper()
	begun, err := w.BeginActivation(w.ctx, FirstPassword{f.Browser, newPass}, somebody)
	if err != nil || len(begun.Reasons) > 0 {
		w.t.Fatal(begun.Reasons, err)
	}
	var p Pending
	w.write(func(tx *db.Tx) (err error) {
		p, err = w.Pending(w.ctx, tx, begun.Token)
		return err
	})
	return begun.Token, p.Secret
}

// activate walks the whole way.
func (w *world) activate() otp.Secret {
	w.t.Helper()
	token, key := w.activating(w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network)))
	if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
		w.t.Fatal(c, err)
	}
	return key
}

func TestTheFirstActivation_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		budi := newcomer(w)
		key := w.activate()
		if s := w.enter(budiNIP, newPass, w.code(key, 1), network); s.Result != SignInOK {
			t.Errorf("%+v", s)
		}
		if acc := w.account(budi.ID); acc.PasswordVia != ViaActivation || acc.ActivatedAt != w.d.Now() {
			t.Errorf("%+v", acc)
		}
		if told := w.letters("notice.account.activated"); len(told) != 1 || told[0].To != string(budiEmail) {
			t.Errorf("%+v", told)
		}
		if w.audited(audit.Activating, "ok") != 1 || w.audited(audit.Activated, "ok") != 1 {
			t.Error("the log does not know")
		}
	})
}

// Nothing of the account changes before the new device has shown a code.
func TestNothingChangesBeforeTheFirstCode_RC14(t *testing.T) {
	eachWorld(t, func(w *world) {
		budi := newcomer(w)
		before := w.account(budi.ID)
		token, key := w.activating(w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network)))
		if c, err := w.confirm(token, w.code(key, 40)); err != nil || c.OK {
			t.Fatal(c, err)
		}
		if w.account(budi.ID) != before || w.count(`SELECT count(*) FROM devices`) != 0 {
			t.Error("the account changed before the right code")
		}
		if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
			t.Error("a wrong code ended it:", c, err)
		}
	})
}

// notForTheFirstTime are the accounts that are none, and why.
var notForTheFirstTime = map[string]string{
	"active":                      `UPDATE accounts SET activated_at = 1 WHERE person = $1`,
	"active once":                 `UPDATE accounts SET activated_at = 1, password = '', password_at = 0 WHERE person = $1`,
	"suspended":                   `UPDATE accounts SET suspended_at = 1 WHERE person = $1`,
	"closed by an administrator":  `UPDATE accounts SET disabled_at = 1 WHERE person = $1`,
	"guarded":                     `UPDATE accounts SET reset_needs_otp = TRUE WHERE person = $1`,
	"blocked for remote requests": `UPDATE accounts SET remote_blocked_until = 9000000000000000 WHERE person = $1`,
	"gone from the roster":        `UPDATE people SET active = FALSE WHERE id = $1`,
	"with a later address":        `UPDATE people SET email_since = created_at + 1 WHERE id = $1`,
	"without an address":          `UPDATE people SET email = '' WHERE id = $1`,
	"with a device": `INSERT INTO devices (id, person, name, secret, last_step, state, via, enrolled_at, used_at, ended_at)
		SELECT 'd', $1, 'HP', p, 0, 'active', 'seed', 1, 0, 0 FROM (SELECT pending_secret AS p FROM staff WHERE 1 = 0 UNION SELECT browser_hash FROM resets LIMIT 1) s`,
	"with a device that has ended": `INSERT INTO devices (id, person, name, secret, last_step, state, via, enrolled_at, used_at, ended_at)
		SELECT 'd', $1, 'HP', p, 0, 'ended', 'seed', 1, 0, 2 FROM (SELECT browser_hash AS p FROM resets LIMIT 1) s`,
}

// Whatever the account is or becomes, at every step: once in its life and to
// the first address only.
func TestAnAccountIsActivatedOnce_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		budi := newcomer(w)
		w.start(sariNIP) // a row whose bytes stand in for a device's secret
		for why, change := range notForTheFirstTime {
			w.exec(`DELETE FROM counters`)
			proven := w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network))
			begun, key := w.activating(w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network)))
			codes := len(w.letters("reset.code"))

			w.exec(change, budi.ID)
			w.askFor(ForActivation, budiNIP, budiEmail, network)
			if len(w.letters("reset.code")) != codes {
				t.Errorf("%s: a code was sent", why)
			}
			if _, err := w.BeginActivation(w.ctx, FirstPassword{proven.Browser, newPass}, somebody); !errors.Is(err, ErrStep) {
				t.Errorf("%s: began: %v", why, err)
			}
			if c, err := w.confirm(begun, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
				t.Errorf("%s: confirmed: %+v %v", why, c, err)
			}
			if n := w.count(`SELECT count(*) FROM devices WHERE person = $1 AND via = 'activation'`, budi.ID); n != 0 {
				t.Errorf("%s: a device was bound", why)
			}
			w.exec(`DELETE FROM devices`)
			w.exec(`UPDATE accounts SET activated_at = 0, suspended_at = 0, disabled_at = 0, reset_needs_otp = FALSE, remote_blocked_until = 0 WHERE person = $1`, budi.ID)
			w.exec(`UPDATE people SET active = TRUE, email = $2, email_since = 0 WHERE id = $1`, budi.ID, budiEmail)
		}
	})
}

// An account that lost its last device is re-enrolled by pass only, whatever
// the roster says again (impostor 15).
func TestDisableTheLastDeviceAndImportAgain_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		roster := directory{w.Accounts, t, w.d}
		const file = "NIP;Nama;Unit Kerja;Email\n" + string(budiNIP) + ";Budi Santoso;RSUD;" + string(budiEmail) + "\n"
		roster.imports(file)
		w.activate()
		for _, state := range []string{"suspended", "ended"} {
			w.exec(`UPDATE devices SET state = $1`, state)
			roster.imports("NIP;Nama;Unit Kerja;Email;Status\n" + string(budiNIP) + ";Budi Santoso;RSUD;" + string(budiEmail) + ";Pensiun\n")
			roster.imports(strings.Replace(file, "RSUD", "Dinas "+state, 1))
			w.askFor(ForActivation, budiNIP, budiEmail, network)
		}
		if n := len(w.letters("reset.code")); n != 1 {
			t.Errorf("%d codes for one life", n)
		}
		if n := len(w.letters("notice.activation.done")); n != 2 {
			t.Errorf("told %d times", n)
		}
	})
}

// An import may change the address of an account that nobody uses; neither
// the old address nor the new one activates it then (impostor 15).
func TestAnImportedChangeOfAddressEndsTheActivation_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		roster := directory{w.Accounts, t, w.d}
		const file = "NIP;Nama;Unit Kerja;Email\n" + string(budiNIP) + ";Budi Santoso;RSUD;"
		roster.imports(file + string(budiEmail) + "\n")
		proven := w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network))
		begun, key := w.activating(proven)
		w.clock.Advance(time.Minute)
		roster.imports(file + "lain@example.org\n")
		if _, err := w.confirm(begun, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
			t.Error("an activation outlived the address:", err)
		}
		if _, err := w.BeginActivation(w.ctx, FirstPassword{proven.Browser, newPass}, somebody); !errors.Is(err, ErrStep) {
			t.Error("a proof outlived the address:", err)
		}
		roster.imports(file + string(budiEmail) + "\n") // and back again: not unchanged
		for _, email := range []secret.Email{budiEmail, "lain@example.org"} {
			w.askFor(ForActivation, budiNIP, email, network)
		}
		if n := len(w.letters("reset.code")); n != 1 {
			t.Errorf("%d codes", n)
		}
	})
}

// Whichever comes first, the other finds it done: never a device of the one
// beside the address of the other.
func TestAnActivationAndAnImportAtOnce_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		roster := directory{w.Accounts, t, w.d}
		const file = "NIP;Nama;Unit Kerja;Email\n" + string(budiNIP) + ";Budi Santoso;RSUD;"
		roster.imports(file + string(budiEmail) + "\n")
		begun, key := w.activating(w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network)))
		plan := roster.plan(file + "lain@example.org\n")
		released := map[BrakeName]int{}
		for _, b := range plan.Brakes {
			released[b.Name] = b.Count
		}
		done := together(t, 2, func(i int) (bool, error) {
			if i == 0 {
				c, err := w.confirm(begun, w.code(key, 0))
				if errors.Is(err, ErrNoEnrolment) {
					err = nil
				}
				return c.OK, err
			}
			err := w.ApplyImport(w.ctx, plan, released, console)
			if errors.Is(err, ErrPlanOld) || errors.Is(err, db.ErrConflict) {
				return false, nil
			}
			return err == nil, err
		})
		if done != 1 {
			t.Errorf("%d of both happened", done)
		}
	})
}

func TestFiftyActivateOneAccount_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		budi := newcomer(w)
		token, key := w.activating(w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network)))
		bound := together(t, 50, func(int) (bool, error) {
			c, err := w.confirm(token, w.code(key, 0))
			if errors.Is(err, ErrNoEnrolment) {
				err = nil
			}
			return c.OK, err
		})
		if n := w.count(`SELECT count(*) FROM devices WHERE person = $1`, budi.ID); bound != 1 || n != 1 {
			t.Errorf("%d bound, %d devices", bound, n)
		}
	})
}

// The password may be chosen again until the device is bound; the last holds.
func TestTheLastChosenPasswordHolds(t *testing.T) {
	w := oneWorld(t)
	newcomer(w)
	f := w.proves(w.askFor(ForActivation, budiNIP, budiEmail, network))
	first, old := w.activating(f)
	if begun, err := w.BeginActivation(w.ctx, FirstPassword{f.Browser, "budi-santoso-1994"}, somebody); err != nil || len(begun.Reasons) == 0 {
		t.Error("a password with his name was taken:", begun, err)
	}
	token, key := w.activating(f)
	if _, err := w.confirm(first, w.code(old, 0)); !errors.Is(err, ErrNoEnrolment) {
		t.Error("two secrets wait at once:", err)
	}
	if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
		t.Error(c, err)
	}
}

// "Bukan saya" on the attempt stops it, however far it is.
func TestADisownedActivationStops_impostor2(t *testing.T) {
	w := oneWorld(t)
	budi := newcomer(w)
	f := w.askFor(ForActivation, budiNIP, budiEmail, network)
	disown := w.last("reset.code").disown()
	token, key := w.activating(w.proves(f))
	w.press(disown)
	if _, err := w.confirm(token, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
		t.Error("went on:", err)
	}
	if w.account(budi.ID).ActivatedAt != 0 {
		t.Error("active")
	}
	w.activate()
}

// "Bukan saya" on the change takes back all that the activation brought, and
// it is not brought again.
func TestADisownedActivationIsTakenBack_impostor2(t *testing.T) {
	w := oneWorld(t)
	newcomer(w)
	key := w.activate()
	d := w.press(w.last("notice.account.activated").disown())
	if !d.Undone.Device || !d.Undone.Password || !d.Blocked {
		t.Errorf("%+v", d)
	}
	if s := w.enter(budiNIP, newPass, w.code(key, 1), network); s.Result != SignInSuspended {
		t.Errorf("%+v", s)
	}
	w.askFor(ForActivation, budiNIP, budiEmail, network)
	if n := len(w.letters("reset.code")); n != 1 {
		t.Error("activated again")
	}
}

// Whoever asks for the wrong thing is told by mail, never by the answer, and
// twice a day at most.
func TestTheWrongPurposeIsToldByMail(t *testing.T) {
	for purpose, kind := range map[ResetPurpose]string{ForPassword: "notice.activation.needed", ForUnlock: "notice.activation.needed",
		ForActivation: "notice.activation.done"} {
		w := oneWorld(t)
		newcomer(w)
		nip, email := budiNIP, budiEmail
		if purpose == ForActivation {
			nip, email = sariNIP, sariEmail
		}
		for range 12 {
			w.askFor(purpose, nip, email, network)
			w.clock.Advance(31 * time.Minute)
		}
		told := w.letters(kind)
		if len(told) != insteadADay || told[0].To != string(email) || codeInMail.MatchString(told[0].Text) {
			t.Errorf("%s: %d mails", purpose, len(told))
		}
		if n := len(w.letters("reset.code")); n != 0 {
			t.Errorf("%s: %d codes", purpose, n)
		}
		w.askFor(purpose, nip, "lain@example.go.id", network)
		if len(w.letters(kind)) != len(told) {
			t.Errorf("%s: told at another address", purpose)
		}
	}
}

func TestNotMeOnTheHintStopsThatFlow_impostor2(t *testing.T) {
	w := oneWorld(t)
	f := w.askFor(ForActivation, sariNIP, sariEmail, network)
	w.press(w.last("notice.activation.done").disown())
	w.clock.Advance(time.Hour - time.Minute)
	if _, err := w.AskResetCode(w.ctx, ResetAsk{Flow: f, Email: sariEmail, Network: network}, somebody); err != nil {
		t.Fatal(err)
	}
	if err := w.SendCodes(w.ctx); err != nil || len(w.letters("notice.activation.done")) != 1 {
		t.Error("told again", err)
	}
}

// A stranger who spends what there is for a newcomer, whose networks nobody
// knows, gives him his links with it: they belong to who presses them.
func TestAStrangersRequestsActivateTheVictim_impostor12(t *testing.T) {
	w := oneWorld(t)
	newcomer(w)
	for range 8 {
		w.askFor(ForActivation, budiNIP, budiEmail, "198.51.100.0/24")
	}
	if n := len(w.letters("reset.code")); n != liveCodes {
		t.Fatalf("%d codes", n)
	}
	tried, err := w.ProveByLink(w.ctx, ForActivation, w.last("reset.code").link(), somebody)
	if err != nil || !tried.OK {
		t.Fatal(tried, err)
	}
	token, key := w.activating(Flow{ForActivation, tried.Browser})
	if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
		t.Error(c, err)
	}
}
