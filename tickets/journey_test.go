package tickets_test

import (
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

const (
	budi = secret.NIP("198609262015051001")
	dewi = secret.NIP("199408172022212003")
)

// each runs a test in a fresh world on both engines.
func each(t *testing.T, f func(*ticketstest.World)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) { f(ticketstest.New(t, d, clock)) })
}

func signIn(w *ticketstest.World, nip secret.NIP, p secret.Password, key otp.Secret) accounts.SignInResult {
	w.Helper()
	w.Clock.Advance(31 * time.Second)
	f := accounts.SignInForm{NIP: nip, Password: p, OTP: otp.Code(key, otp.Step(w.Clock.Now())), Network: "10.9.9.0"}
	s, err := w.Desk.SignIn(w.Context(), f, ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return s.Result
}

func TestLostAuthenticatorRemote(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso, S.Pd.")
		filed := w.DB.Now()
		s := w.File(p, tickets.Remote).To(tickets.Done)
		if spent := w.DB.Now().Sub(filed); spent > 8*time.Hour {
			w.Errorf("filed in the morning, solved after %s", spent)
		}
		if got := signIn(w, budi, ticketstest.Password, p.Key); got == accounts.SignInOK {
			w.Error("the old device still opens the account")
		}
		if got := signIn(w, budi, ticketstest.Password, s.Key); got != accounts.SignInOK {
			w.Error("the new device: ", got)
		}
	})
}

func TestLostAuthenticatorAtTheCounter(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso, S.Pd.")
		s := w.File(p, tickets.Counter).To(tickets.Done)
		if got := signIn(w, budi, ticketstest.NewPassword, s.Key); got != accounts.SignInOK {
			w.Error(got)
		}
		if got := signIn(w, budi, ticketstest.Password, s.Key); got != accounts.SignInWrong {
			w.Error("the old password: ", got)
		}
	})
}

func TestWithoutAnyFactor(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote)
		s.Proof(tickets.Karpeg, tickets.SKPPPK)
		s.Call(w.Checker)
		s.Check()
		s.Approve()
		before := w.DB.Now()
		s.Wait()
		if waited := w.DB.Now().Sub(before); waited < 24*time.Hour {
			w.Errorf("ready after %s", waited)
		}
		s.Issue()
		s.Begin()
		s.Enrol()
		if got := signIn(w, dewi, ticketstest.NewPassword, s.Key); got != accounts.SignInOK {
			w.Error(got)
		}
	})
}
