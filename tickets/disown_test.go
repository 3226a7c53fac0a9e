package tickets_test

import (
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func notMe(w *ticketstest.World, kind string) accounts.Disowned {
	w.Helper()
	d, err := w.Desk.Disown(w.Context(), w.NotMe(kind), ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return d
}

func frauds(w *ticketstest.World) int {
	w.Helper()
	return scan[int](w, `SELECT count(*) FROM tickets WHERE kind = 'fraud'`)
}

func devices(w *ticketstest.World, state string) int {
	w.Helper()
	return scan[int](w, `SELECT count(*) FROM devices WHERE state = $1`, state)
}

// Every notice of an attempt, pressed in every live state, stops that ticket
// and nothing else.
func TestNotMeStopsOneAttempt_impostor2(t *testing.T) {
	notices := map[tickets.State]string{tickets.Open: "notice.request.filed", tickets.Waiting: "notice.request.filed",
		tickets.Checked: "notice.request.filed", tickets.Approved: "notice.request.approved",
		tickets.Ready: "notice.request.approved", tickets.Issued: "notice.pass.issued"}
	for state, notice := range notices {
		t.Run(string(state), func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				p := w.Person(budi, "Budi Santoso")
				other := w.File(p, tickets.Remote)
				s := w.File(p, tickets.Remote).To(state)
				if d := notMe(w, notice); d.Kind != accounts.Attempt || d.Blocked {
					w.Errorf("%+v", d)
				}
				if s.State() != tickets.Cancelled || other.State() != tickets.Open {
					w.Error(s.State(), other.State())
				}
				if devices(w, "active") != 1 || frauds(w) != 1 {
					w.Error("devices ", devices(w, "active"), ", cases ", frauds(w))
				}
				if live := scan[int](w, `SELECT count(*) FROM passes WHERE state IN ('issued', 'opened')`); live != 0 {
					w.Error("a pass outlives its ticket")
				}
				if again := notMe(w, notice); !again.Already {
					w.Error("pressed twice")
				}
			})
		})
	}
}

func TestNotMeAfterTheEnrolmentSuspendsIt_impostor2(t *testing.T) {
	for _, notice := range []string{"notice.device.added", "notice.pass.issued", "notice.request.filed"} {
		t.Run(notice, func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
				w.Clock.Advance(9 * 24 * time.Hour)
				notMe(w, notice)
				if s.State() != tickets.Disowned || devices(w, "active") != 0 || frauds(w) != 1 {
					w.Error(s.State(), devices(w, "active"), frauds(w))
				}
				if got := signIn(w, budi, ticketstest.Password, s.Key); got == accounts.SignInOK {
					w.Error("what was disowned still opens the account")
				}
				if !scan[bool](w, `SELECT reset_needs_otp FROM accounts`) {
					w.Error("the mailbox alone still resets")
				}
				remote := w.File(s.Subject, tickets.Remote)
				remote.Factor()
				remote.Proof(tickets.KTP)
				if err := checks(remote); err == nil {
					w.Error("remote requests are not blocked")
				}
			})
		})
	}
}

// An enrolment at the counter sets a password too: both notices undo both.
func TestNotMeToTheNewPasswordUndoesTheEnrolment_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Done)
		other := w.File(s.Subject, tickets.Counter)
		notMe(w, "notice.password.changed")
		if s.State() != tickets.Disowned || devices(w, "active") != 0 || frauds(w) != 1 || other.State() != tickets.Open {
			w.Error(s.State(), devices(w, "active"), frauds(w), other.State())
		}
	})
}

// An enrolment on the originals sets a password too; whichever of its notices
// is pressed, both are gone, or the one would bring the other back.
func TestNotMeUndoesTheWholeEnrolment_impostor2(t *testing.T) {
	for _, notice := range []string{"notice.password.changed", "notice.device.added", "notice.pass.issued", "notice.request.approved"} {
		t.Run(notice, func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Done)
				if got := signIn(w, budi, ticketstest.NewPassword, s.Key); got != accounts.SignInOK {
					w.Fatal(got)
				}
				d := notMe(w, notice)
				if !d.Undone.Device || !d.Undone.Password || !d.Blocked {
					w.Errorf("%+v", d)
				}
				if s.State() != tickets.Disowned || devices(w, "active") != 0 || devices(w, "suspended") != 1 {
					w.Error(s.State(), devices(w, "active"), devices(w, "suspended"))
				}
				if scan[int64](w, `SELECT suspended_at FROM accounts`) == 0 || !scan[bool](w, `SELECT reset_needs_otp FROM accounts`) {
					w.Error("the password of the enrolment stands")
				}
				if got := signIn(w, budi, ticketstest.NewPassword, s.Key); got == accounts.SignInOK {
					w.Error("the impostor still enters")
				}
			})
		})
	}
}

// The page says beforehand what its button does at that moment (NO-04).
func TestANoticeTellsWhatItWouldUndo_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		undoes := func(kind string) accounts.Undone {
			n, err := w.Desk.Notice(w.Context(), w.NotMe(kind))
			if err != nil {
				w.Fatal(err)
			}
			return n.Undoes
		}
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Issued)
		if undoes("notice.pass.issued").Any() {
			w.Error("before the enrolment there is nothing to undo")
		}
		s.Begin()
		s.Enrol()
		for _, kind := range []string{"notice.request.approved", "notice.pass.issued", "notice.device.added", "notice.password.changed"} {
			if u := undoes(kind); !u.Device || !u.Password {
				w.Errorf("%s: %+v", kind, u)
			}
		}
		if devices(w, "active") != 1 {
			w.Error("looking acted")
		}
	})
}

func TestTheTwoNoticesOfAnEnrolmentAreOneChange_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Done)
		notMe(w, "notice.password.changed")
		if d := notMe(w, "notice.device.added"); !d.Already {
			w.Errorf("%+v", d)
		}
	})
}

func TestNotMeNeverBlocksTheCounter_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
		notMe(w, "notice.device.added")
		w.Clock.Advance(18 * time.Hour) // Tuesday morning
		s = w.File(s.Subject, tickets.Counter).To(tickets.Done)
		if got := signIn(w, budi, ticketstest.NewPassword, s.Key); got != accounts.SignInOK {
			w.Error(got)
		}
	})
}

func TestAStrangerCannotMakeTheVictimLockHimselfOut_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		w.File(p, tickets.Remote)
		if d := notMe(w, "notice.request.filed"); d.Blocked {
			w.Error("one attempt blocks")
		}
		mine := w.File(p, tickets.Remote).To(tickets.Done)
		if mine.State() != tickets.Done {
			w.Error(mine.State())
		}
	})
}

func TestNotMeIsGoneAfter240Hours_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
		link := w.NotMe("notice.device.added")
		w.Clock.Advance(240 * time.Hour)
		if _, err := w.Desk.Disown(w.Context(), link, ticketstest.Stranger); err == nil || s.State() != tickets.Done {
			w.Error(err, s.State())
		}
	})
}

func TestTheLostDeviceIsFound_impostor11(t *testing.T) {
	for _, state := range []tickets.State{tickets.Open, tickets.Waiting, tickets.Checked, tickets.Approved, tickets.Ready, tickets.Issued} {
		t.Run(string(state), func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(state)
				if got := signIn(w, budi, ticketstest.Password, s.Subject.Key); got != accounts.SignInOK {
					w.Fatal(got)
				}
				if s.State() != tickets.Cancelled || frauds(w) != 1 {
					w.Error(s.State(), frauds(w))
				}
			})
		})
	}
}

func TestAFailedSignInFindsNothing_impostor11(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for range 3 {
			signIn(w, budi, "salah-Sandi-123", s.Subject.Key)
			signIn(w, budi, ticketstest.Password, nil)
		}
		if s.State() != tickets.Open || frauds(w) != 0 {
			w.Error(s.State())
		}
	})
}

func TestOneFraudCaseAWeek_impostor23(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		for range 3 {
			w.File(p, tickets.Remote)
			signIn(w, budi, ticketstest.Password, p.Key)
		}
		if frauds(w) != 1 {
			w.Error(frauds(w))
		}
		w.Clock.Advance(7 * 24 * time.Hour)
		w.File(p, tickets.Remote)
		signIn(w, budi, ticketstest.Password, p.Key)
		if frauds(w) != 2 {
			w.Error(frauds(w))
		}
	})
}

func TestAFraudCaseGoesFirstAndTellsNoReference(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "I Gede Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Kind: tickets.MFA, Channel: tickets.Remote})
		s.Factor()
		w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote).Factor()
		notMe(w, "notice.request.filed")
		signIn(w, budi, ticketstest.Password, p.Key)
		w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Kind: tickets.MFA, Channel: tickets.Remote})
		signIn(w, budi, ticketstest.Password, p.Key)
		first, err := w.Desk.ClaimNext(w.Context(), w.Checker, tickets.Unclaimed)
		if err != nil || first.Kind != tickets.Fraud {
			w.Fatal(first.Kind, err)
		}
		f, err := w.Desk.Look(w.Context(), w.Checker, first.Number)
		if err != nil || strings.Contains(reveal(f), p.Name) {
			w.Error("the record's name, or ", err)
		}
		if _, err := w.Desk.Resolve(w.Context(), w.Checker, first.Number, first.Version, tickets.Secured, "Pemilik sudah dihubungi."); err != nil {
			w.Error(err)
		}
	})
}

// A backup code is not the lost device, so signing in with one is no
// contradiction: the request lives on.
func TestABackupCodeFindsNothing_impostor11(t *testing.T) {
	for _, state := range []tickets.State{tickets.Open, tickets.Approved, tickets.Issued} {
		t.Run(string(state), func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				p := w.Person(budi, "Budi Santoso")
				code := w.Backup(p)[0]
				w.Clock.Advance(time.Minute)
				s := w.File(p, tickets.Remote).To(state)
				in, err := w.Desk.SignIn(w.Context(), accounts.SignInForm{NIP: budi, Password: ticketstest.Password, Backup: string(code)}, ticketstest.Stranger)
				if err != nil || in.Result != accounts.SignInOK || s.State() != state || frauds(w) != 0 {
					w.Error(in.Result, err, s.State(), frauds(w))
				}
			})
		})
	}
}
