package tickets_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

const office = "198.51.100.0/24"

// waits begins the wait of somebody who enrols alone.
func waits(w *ticketstest.World, p ticketstest.Someone) accounts.Held {
	w.Helper()
	r, err := w.Accounts.EnrolAlone(w.Context(), accounts.AloneForm{NIP: p.NIP, Password: ticketstest.Password, Network: office}, ticketstest.Stranger)
	if err != nil || r.Result != accounts.AloneMail {
		w.Fatalf("%+v %v", r, err)
	}
	flow := accounts.Flow{Purpose: accounts.ForMFA, Browser: r.Token}
	if _, err := w.Accounts.AskResetCode(w.Context(), accounts.ResetAsk{Flow: flow, Email: p.Email, Network: office}, ticketstest.Stranger); err != nil {
		w.Fatal(err)
	}
	if err := w.Accounts.SendCodes(w.Context()); err != nil {
		w.Fatal(err)
	}
	tried, err := w.Accounts.ProveByCode(w.Context(), flow, mailedCode(w), ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	b, err := w.Accounts.BeginWait(w.Context(), tried.Browser, ticketstest.Stranger)
	if err != nil || b.Token == "" {
		w.Fatalf("%+v %v", b, err)
	}
	return accounts.Held{Browser: b.Token}
}

var groups = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}\b`)

func mailedCode(w *ticketstest.World) (code secret.Code) {
	w.Helper()
	for _, l := range w.Letters() {
		if l.Kind == "reset.code" {
			code, _ = secret.ReadCode(groups.FindString(l.Text), 8)
		}
	}
	return code
}

// aDay lets a wait ripen.
func aDay(w *ticketstest.World) {
	w.Helper()
	w.RelayAccepts()
	for _, pause := range []time.Duration{accounts.Day, 0} {
		if err := w.Accounts.TendWaits(w.Context()); err != nil {
			w.Fatal(err)
		}
		w.Clock.Advance(pause)
	}
}

// goesOn enrols a new device after the wait.
func goesOn(w *ticketstest.World, p ticketstest.Someone, h accounts.Held) (tickets.Enrolled, error) {
	w.Helper()
	r, err := w.Accounts.EnrolAlone(w.Context(), accounts.AloneForm{NIP: p.NIP, Password: ticketstest.Password, Network: office, Held: h}, ticketstest.Stranger)
	if err != nil || r.Result != accounts.AloneBegun {
		w.Fatalf("%+v %v", r, err)
	}
	pending, err := w.Desk.Enrolment(w.Context(), r.Token)
	if err != nil {
		w.Fatal(err)
	}
	return w.Desk.Enrol(w.Context(), r.Token, otp.Code(pending.Secret, otp.Step(w.Clock.Now())), "HP baru", ticketstest.Stranger)
}

// A request that its owner has made needless leaves the queue, without a case.
func TestEnrollingAloneWithdrawsTheRequest(t *testing.T) {
	for _, state := range []tickets.State{tickets.Open, tickets.Waiting, tickets.Checked, tickets.Approved, tickets.Ready, tickets.Issued} {
		t.Run(string(state), func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				p := w.Person(budi, "Budi Santoso")
				h := waits(w, p)
				aDay(w)
				s := w.File(p, tickets.Remote).To(state)
				if e, err := goesOn(w, p, h); err != nil || !e.OK || e.Via != accounts.BySelf {
					w.Fatalf("%+v %v", e, err)
				}
				if s.State() != tickets.Cancelled || frauds(w) != 0 {
					w.Errorf("%s, %d cases", s.State(), frauds(w))
				}
			})
		})
	}
}

func TestTheLostDeviceEndsTheWait_impostor11(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		h := waits(w, p)
		for range 2 { // one case a week, and one wait
			signIn(w, budi, ticketstest.Password, p.Key)
			w.Clock.Advance(time.Minute)
		}
		got, err := w.Accounts.Wait(w.Context(), h)
		if err != nil || got.Because != accounts.WaitFound || frauds(w) != 1 {
			w.Errorf("%+v %v, %d cases", got, err, frauds(w))
		}
	})
}

// A wrong code, or the password alone, finds nothing.
func TestAFailedSignInLeavesTheWait_impostor11(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		h := waits(w, p)
		signIn(w, budi, "salah-Sandi-123", p.Key)
		signIn(w, budi, ticketstest.Password, nil)
		if got, err := w.Accounts.Wait(w.Context(), h); err != nil || !got.Live() || frauds(w) != 0 {
			w.Errorf("%+v %v", got, err)
		}
	})
}

// "Bukan saya" on the wait opens a case and leaves the person's own request.
func TestAWaitDisownedOpensACase_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.File(p, tickets.Remote)
		h := waits(w, p)
		notMe(w, "notice.mfa.waiting")
		got, err := w.Accounts.Wait(w.Context(), h)
		if err != nil || got.Because != accounts.WaitDisowned || frauds(w) != 1 || s.State() != tickets.Open {
			w.Errorf("%+v %v, %d cases, %s", got, err, frauds(w), s.State())
		}
	})
}

// After the enrolment it takes the new device back, and stops what is remote.
func TestAWaitDisownedTooLateUndoesTheDevice_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		h := waits(w, p)
		link := w.NotMe("notice.mfa.waiting")
		aDay(w)
		if e, err := goesOn(w, p, h); err != nil || !e.OK {
			w.Fatalf("%+v %v", e, err)
		}
		s := w.File(p, tickets.Remote)
		d, err := w.Desk.Disown(w.Context(), link, ticketstest.Stranger)
		if err != nil || !d.Undone.Device || s.State() != tickets.Cancelled || frauds(w) != 1 {
			w.Errorf("%+v %v, %s, %d cases", d, err, s.State(), frauds(w))
		}
		var active int
		w.Write(func(ctx context.Context, tx *db.Tx) error {
			devices, err := w.Accounts.Devices(ctx, tx, p.ID)
			for _, d := range devices {
				if d.State == accounts.DeviceActive {
					active++
				}
			}
			return err
		})
		if active != 0 {
			w.Errorf("%d devices open", active)
		}
	})
}
