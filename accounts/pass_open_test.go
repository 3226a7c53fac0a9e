package accounts

import (
	"errors"
	"testing"
	"time"

	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

const enrolPass = secret.Password("Sawah-Hijau-7-petak")

// pass issues one to Sari, an hour long.
func (w *world) pass(b Basis) (code secret.Code) {
	w.t.Helper()
	w.write(func(tx *db.Tx) (err error) {
		_, code, err = w.IssuePass(w.ctx, tx, NewPass{Person: w.sari.ID, Ticket: "t1", Basis: b, FactorAfter: tx.Now, Until: tx.Now.Add(time.Hour)}, somebody)
		return err
	})
	return code
}

func (w *world) open(f PassForm) (o OpenedPass) {
	w.t.Helper()
	p, err := w.PreparePass(w.ctx, f)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *db.Tx) (err error) {
		o, err = w.OpenPass(w.ctx, tx, p, somebody)
		return err
	})
	return o
}

// What still has to be shown follows from what the pass rests on (ET-05): the
// form is the same, and neither basis takes what the other wants.
func TestWhatAPassWants_ET05(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.setPassword(w.sari.ID, sariPass, ViaSeed)
		w.clock.Advance(settled)
		for _, c := range []struct {
			basis    Basis
			password secret.Password
			want     PassResult
		}{
			{ByFactor, sariPass, PassOpened}, {ByFactor, enrolPass, PassFactorWrong}, {ByFactor, "", PassFactorWrong},
			{ByCallback, enrolPass, PassOpened}, {ByOriginals, enrolPass, PassOpened},
			{ByCallback, "", PassPassword}, {ByOriginals, "lemah", PassPassword},
		} {
			if o := w.open(PassForm{NIP: sariNIP, Pass: w.pass(c.basis), Password: c.password}); o.Result != c.want || (o.Token != "") != (c.want == PassOpened) {
				t.Errorf("%s with %q: %s", c.basis, string(c.password), o.Result)
			}
		}
	})
}

// A password set less than seven days before the request, or after it, is no
// remaining factor, however long the pass was on its way.
func TestAFreshPasswordOpensNoPass_impostor1(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.setPassword(w.sari.ID, sariPass, ViaMail)
		w.clock.Advance(settled - time.Second)
		code := w.pass(ByFactor)
		if o := w.open(PassForm{NIP: sariNIP, Pass: code, Password: sariPass}); o.Result != PassFactorWrong {
			t.Error("a second too young: ", o.Result)
		}
		w.setPassword(w.sari.ID, enrolPass, ViaMail)
		if o := w.open(PassForm{NIP: sariNIP, Pass: code, Password: enrolPass}); o.Result != PassFactorWrong {
			t.Error("set after the request: ", o.Result)
		}
	})
}

func TestANewPassKillsTheOldOne(t *testing.T) {
	eachWorld(t, func(w *world) {
		old := w.pass(ByOriginals)
		fresh := w.pass(ByOriginals)
		if o := w.open(PassForm{NIP: sariNIP, Pass: old, Password: enrolPass}); o.Result != PassWrong {
			t.Error(o.Result)
		}
		if o := w.open(PassForm{NIP: sariNIP, Pass: fresh, Password: enrolPass}); o.Result != PassOpened {
			t.Error(o.Result)
		}
		w.write(func(tx *db.Tx) error { return w.EndPass(w.ctx, tx, "t1", somebody) })
		if o := w.open(PassForm{NIP: sariNIP, Pass: fresh, Password: enrolPass}); o.Result != PassWrong {
			t.Error("ended: ", o.Result)
		}
	})
}

// A wrong pass costs the same for an unknown number, for one whose owner has
// a pass, and for one whose owner has none (EN-03).
func TestAWrongPassRunsTheSameStatements_EN03(t *testing.T) {
	w := oneWorld(t)
	w.setPassword(w.sari.ID, sariPass, ViaSeed)
	w.add("199408172022211003", "lain@example.go.id")
	w.pass(ByFactor)
	counts := map[int64][]secret.NIP{}
	for _, nip := range []secret.NIP{sariNIP, "199408172022211003", "198609262015052009"} {
		before := w.d.Statements()
		w.open(PassForm{NIP: nip, Pass: "000000000000", Password: sariPass})
		n := w.d.Statements() - before
		counts[n] = append(counts[n], nip)
	}
	if len(counts) != 1 {
		t.Errorf("%d different costs", len(counts))
	}
}

// The secret of a pending enrolment is sealed for its row (TV-12).
func TestAPendingSecretIsBoundToItsRow_TV12(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.open(PassForm{NIP: sariNIP, Pass: w.pass(ByOriginals), Password: enrolPass})
		read := func() (p Pending, err error) {
			err = w.d.Read(w.ctx, func(tx *db.Tx) error { p, err = w.Pending(w.ctx, tx, o.Token); return err })
			return p, err
		}
		p, err := read()
		if err != nil || len(p.Secret) != 20 || !p.NewPassword {
			t.Fatal(p, err)
		}
		w.exec(`UPDATE enrolments SET secret = $1 WHERE id = $2`, w.keys.Seal(enrolmentPlace("another"), otp.NewSecret()), p.ID)
		if _, err := read(); !errors.Is(err, secret.ErrSealed) {
			t.Error(err)
		}
	})
}

// Every field of the state is in its hash (impostor 18); a code that is used,
// or one that is wrong, is not a change of the account.
func TestTheStateHashKnowsEveryField_impostor18(t *testing.T) {
	w := oneWorld(t)
	w.setPassword(w.sari.ID, sariPass, ViaSeed)
	w.device(w.sari.ID)
	hash := func() (h string) {
		w.write(func(tx *db.Tx) (err error) { h, err = w.StateHash(w.ctx, tx, w.sari.ID); return err })
		return h
	}
	last := hash()
	for _, change := range []string{
		`UPDATE people SET email = 'x@example.go.id' WHERE id = $1`, `UPDATE people SET email_since = 5 WHERE id = $1`,
		`UPDATE people SET phone = '0811' WHERE id = $1`, `UPDATE people SET phone_since = 5 WHERE id = $1`,
		`UPDATE people SET name = 'X' WHERE id = $1`, `UPDATE people SET agency = 'X' WHERE id = $1`, `UPDATE people SET active = FALSE WHERE id = $1`,
		`UPDATE accounts SET password_at = 5 WHERE person = $1`, `UPDATE accounts SET password_via = 'mail' WHERE person = $1`,
		`UPDATE accounts SET suspended_at = 5 WHERE person = $1`, `UPDATE accounts SET disabled_at = 5 WHERE person = $1`,
		`UPDATE accounts SET reset_needs_otp = TRUE WHERE person = $1`,
		`UPDATE devices SET state = 'suspended' WHERE person = $1`, `UPDATE devices SET state = 'ended' WHERE person = $1`,
	} {
		w.exec(change, w.sari.ID)
		if now := hash(); now == last {
			t.Errorf("%s: the same hash", change)
		} else {
			last = now
		}
	}
	for _, use := range []string{`UPDATE accounts SET remote_blocked_until = 5 WHERE person = $1`, `UPDATE accounts SET otp_failures = 3, otp_wait_until = 9 WHERE person = $1`, `UPDATE devices SET last_step = 9, used_at = 9 WHERE person = $1`} {
		w.exec(use, w.sari.ID)
		if hash() != last {
			t.Errorf("%s changes it", use)
		}
	}
}
