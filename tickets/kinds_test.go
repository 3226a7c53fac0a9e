package tickets_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// lockedOut files a request about a lock, after wrong passwords from the same
// network and from another.
func lockedOut(w *ticketstest.World) *ticketstest.Story {
	w.Helper()
	p := w.Person(budi, "Budi Santoso")
	for _, network := range []string{ticketstest.Stranger.Network, "10.8.8.0"} {
		for range 6 {
			enters(w, "Salah-tebak-11", network)
		}
	}
	return w.FileAs(p, tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Lock, Channel: tickets.Remote})
}

func enters(w *ticketstest.World, p secret.Password, network string) accounts.SignInResult {
	w.Helper()
	s, err := w.Desk.SignIn(w.Context(), accounts.SignInForm{NIP: budi, Password: p, OTP: "000000", Network: network}, ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return s.Result
}

func TestUnlockEndsOnePauseAndNothingElse_impostor13(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := lockedOut(w)
		exec(w, `UPDATE accounts SET otp_failures = 7, otp_wait_until = 9, disabled_at = 5, suspended_at = 6`)
		before := scan[string](w, `SELECT password || password_at || otp_failures || otp_wait_until || disabled_at || suspended_at || version FROM accounts`)
		if _, err := w.Desk.Unlock(w.Context(), w.Checker, s.Number, s.Version(), "Silakan coba lagi."); err != nil {
			w.Fatal(err)
		}
		after := scan[string](w, `SELECT password || password_at || otp_failures || otp_wait_until || disabled_at || suspended_at || version FROM accounts`)
		if before != after || s.State() != tickets.Done {
			w.Errorf("%s\n%s\n%s", before, after, s.State())
		}
		if got := enters(w, "Salah-tebak-11", ticketstest.Stranger.Network); got != accounts.SignInWrong {
			w.Error("where it was filed: ", got)
		}
		if got := enters(w, ticketstest.Password, "10.8.8.0"); got != accounts.SignInPaused {
			w.Error("a stranger elsewhere: ", got)
		}
	})
}

func TestAnActivationPassLeadsToAFirstPassword_impostor15(t *testing.T) {
	for _, c := range []tickets.Channel{tickets.Counter, tickets.Remote} {
		t.Run(string(c), func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				s := w.FileKind(w.Newcomer(newNIP(), "Wati Baru"), tickets.Activation, c).To(tickets.Done)
				if s.State() != tickets.Done || account(s).ActivatedAt == 0 {
					w.Error(s.State(), account(s))
				}
				told := func(l ticketstest.Letter) bool { return strings.Contains(l.Subject, "Akun diaktifkan di unit Anda") }
				if !slices.ContainsFunc(w.Letters(), told) {
					w.Error("the unit was not told")
				}
				if n := scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'activation.finish'`); n != 1 {
					w.Errorf("%d activations in the log", n)
				}
			})
		})
	}
}

func TestAnActiveAccountIsNotActivatedAgain_impostor15(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Activation, Channel: tickets.Counter, By: &w.Other})
		s.Evidence()
		w.Prove(w.Checker)
		if _, err := w.Desk.CheckIdentity(w.Context(), w.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrActive) {
			w.Error(err)
		}
	})
}

// fraudCase is the case of a change that was disowned.
func fraudCase(w *ticketstest.World) (number string, s *ticketstest.Story) {
	w.Helper()
	s = w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
	if _, err := w.Desk.Disown(w.Context(), w.NotMe("notice.device.added"), ticketstest.Stranger); err != nil {
		w.Fatal(err)
	}
	return scan[string](w, `SELECT number FROM tickets WHERE kind = 'fraud'`), s
}

func versionOf(w *ticketstest.World, number string) int64 {
	w.Helper()
	v, err := w.Desk.Version(w.Context(), w.Checker, number)
	if err != nil {
		w.Fatal(err)
	}
	return v
}

func TestTwoStaffLiftABlock_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, s := fraudCase(w)
		both := w.Staff("197601012000011001", "Hana", accounts.Agent, accounts.Approver)
		ask := func(by tickets.By) error {
			w.Prove(by)
			return second(w.Desk.AskLift(w.Context(), by, number, versionOf(w, number), "KTP asli di loket"))
		}
		lift := func(by tickets.By) error { return second(w.Desk.Lift(w.Context(), by, number, versionOf(w, number))) }
		w.Prove(w.Approver)
		if err := lift(w.Approver); !errors.Is(err, tickets.ErrNoLift) {
			w.Error("what nobody has proposed: ", err)
		}
		if err := ask(both); err != nil {
			w.Fatal(err)
		}
		w.Prove(both)
		if err := lift(both); !errors.Is(err, tickets.ErrTwoPeople) {
			w.Error("one alone: ", err)
		}
		if err := ask(w.Approver); !errors.Is(err, tickets.ErrRole) {
			w.Error("proposed by an approver: ", err)
		}
		w.Write(func(ctx context.Context, tx *db.Tx) error {
			return w.Accounts.SpendProof(ctx, tx, w.Approver.Staff.Session)
		})
		if err := lift(w.Approver); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("without a fresh OTP: ", err)
		}
		w.Prove(w.Approver)
		if err := lift(w.Approver); err != nil {
			w.Fatal(err)
		}
		if acc := account(s); acc.ResetNeedsOTP || acc.RemoteBlockedUntil != 0 {
			w.Errorf("%+v", acc)
		}
		if n := scan[int](w, `SELECT count(*) FROM devices WHERE state = 'active'`); n != 0 {
			w.Error("the suspended device works again")
		}
		if n := scan[int](w, `SELECT count(*) FROM notices WHERE what = 'block.lifted'`); n != 1 {
			w.Errorf("told %d times", n)
		}
		w.Prove(w.Approver)
		if err := lift(w.Approver); !errors.Is(err, tickets.ErrTwoPeople) {
			w.Error("twice: ", err)
		}
		if err := ask(both); !errors.Is(err, accounts.ErrNotBlocked) {
			w.Error("there is nothing left to lift: ", err)
		}
	})
}

func TestAProposedLiftLastsThreeDays_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, _ := fraudCase(w)
		w.Prove(w.Checker)
		if _, err := w.Desk.AskLift(w.Context(), w.Checker, number, versionOf(w, number), "KTP"); err != nil {
			w.Fatal(err)
		}
		w.Clock.Advance(72 * time.Hour)
		w.Prove(w.Approver)
		if _, err := w.Desk.Lift(w.Context(), w.Approver, number, versionOf(w, number)); !errors.Is(err, tickets.ErrNoLift) {
			w.Error(err)
		}
	})
}

// Disowning the news of a lifted block blocks again, and ends no case.
func TestADisownedLiftBlocksAgain_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, s := fraudCase(w)
		w.Prove(w.Checker)
		if _, err := w.Desk.AskLift(w.Context(), w.Checker, number, versionOf(w, number), "KTP"); err != nil {
			w.Fatal(err)
		}
		w.Prove(w.Approver)
		if _, err := w.Desk.Lift(w.Context(), w.Approver, number, versionOf(w, number)); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Disown(w.Context(), w.NotMe("notice.block.lifted"), ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		if !account(s).Blocked(w.DB.Now()) {
			w.Error("it is not")
		}
		if state := scan[string](w, `SELECT state FROM tickets WHERE number = $1`, number); state != "open" {
			w.Error("the case is ", state)
		}
	})
}

func TestAFraudCaseFreezesAndEnds_impostor16(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, s := fraudCase(w)
		exec(w, `UPDATE accounts SET suspended_at = 0, remote_blocked_until = 0, reset_needs_otp = FALSE`)
		freeze := func() error {
			return second(w.Desk.Freeze(w.Context(), w.Checker, number, versionOf(w, number), "Ada yang masuk dari kota lain"))
		}
		if err := freeze(); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("without a fresh OTP: ", err)
		}
		w.Prove(w.Checker)
		if err := freeze(); err != nil {
			w.Fatal(err)
		}
		w.Prove(w.Checker)
		if err := freeze(); !errors.Is(err, accounts.ErrFrozen) {
			w.Error("twice: ", err)
		}
		acc := account(s)
		if acc.SuspendedAt == 0 || !acc.Blocked(w.DB.Now()) {
			w.Errorf("%+v", acc)
		}
		if _, err := w.Desk.Resolve(w.Context(), w.Checker, number, versionOf(w, number), tickets.ByClock, ""); !errors.Is(err, tickets.ErrMissing) {
			w.Error("solved like a question: ", err)
		}
		closed, err := w.Desk.Resolve(w.Context(), w.Checker, number, versionOf(w, number), tickets.Secured, "")
		if err != nil || closed.State != tickets.Done {
			w.Error(closed.State, err)
		}
		if again := account(s); again.SuspendedAt != acc.SuspendedAt {
			w.Error("ending the case gave the password back")
		}
	})
}

// One agent alone holds nobody back: the owner files from afar and is served
// at the counter, and the supervisor reads who did it (impostor 2).
func TestAFreezeLocksNobodyOut_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, s := fraudCase(w)
		exec(w, `UPDATE accounts SET suspended_at = 0, remote_blocked_until = 0, reset_needs_otp = FALSE`)
		w.Prove(w.Checker)
		if _, err := w.Desk.Freeze(w.Context(), w.Checker, number, versionOf(w, number), "Ada yang masuk"); err != nil {
			w.Fatal(err)
		}
		if acc := account(s); acc.RemoteBlockedUntil != 0 || acc.SuspendedAt == 0 || !acc.ResetNeedsOTP {
			w.Errorf("%+v", acc)
		}
		var told bool
		for _, l := range w.Letters() {
			told = told || strings.Contains(l.Text, "Rina membekukan akun") && strings.HasPrefix(l.To, "Wayan")
		}
		if !told {
			w.Error("no supervisor is told")
		}
		if remote := w.File(s.Subject, tickets.Remote); flagged(remote, "diblokir") {
			w.Error("requests from afar are blocked")
		}
		w.File(s.Subject, tickets.Counter).To(tickets.Done)
		if acc := account(s); acc.SuspendedAt != 0 {
			w.Error("the counter gave no password back")
		}
	})
}

// A lift by the proposer's browser, or by one that nobody can recognise, is no
// second pair of eyes (impostor 17).
func TestALiftNeedsAnotherBrowser_impostor17(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, _ := fraudCase(w)
		nowhere := w.Checker
		nowhere.Browser = ""
		w.Prove(nowhere)
		if _, err := w.Desk.AskLift(w.Context(), nowhere, number, versionOf(w, number), "KTP"); !errors.Is(err, tickets.ErrBrowser) {
			w.Error("proposed at no browser: ", err)
		}
		for _, at := range []string{"the first browser", "a second browser"} { // proposed anew elsewhere
			by := w.Checker
			by.Browser = at
			if _, err := w.Desk.AskLift(w.Context(), by, number, versionOf(w, number), "KTP"); err != nil {
				w.Fatal(err)
			}
			w.Prove(by)
		}
		w.Prove(w.Approver)
		for _, at := range []string{"the first browser", "a second browser", ""} {
			by := w.Approver
			by.Browser = at
			if _, err := w.Desk.Lift(w.Context(), by, number, versionOf(w, number)); !errors.Is(err, tickets.ErrOneBrowser) {
				w.Errorf("at %q: %v", at, err)
			}
		}
		if _, err := w.Desk.Lift(w.Context(), w.Approver, number, versionOf(w, number)); err != nil {
			w.Error(err)
		}
	})
}
