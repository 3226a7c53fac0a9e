package tickets_test

import (
	"errors"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// changes are what an approval is bound to: after each of them the approval
// must be void at the next step (impostor 18).
var changes = map[string]func(*ticketstest.Story){
	"e-mail":       func(s *ticketstest.Story) { set(s, `UPDATE people SET email = 'lain@example.go.id' WHERE id = $1`) },
	"phone":        func(s *ticketstest.Story) { set(s, `UPDATE people SET phone = '0899' WHERE id = $1`) },
	"leaving":      func(s *ticketstest.Story) { set(s, `UPDATE people SET active = FALSE WHERE id = $1`) },
	"password":     reset,
	"disabled":     func(s *ticketstest.Story) { set(s, `UPDATE accounts SET disabled_at = 1 WHERE person = $1`) },
	"suspended":    func(s *ticketstest.Story) { set(s, `UPDATE accounts SET suspended_at = 1 WHERE person = $1`) },
	"remote block": func(s *ticketstest.Story) { set(s, `UPDATE accounts SET remote_blocked_until = 1 WHERE person = $1`) },
	"device":       func(s *ticketstest.Story) { set(s, `UPDATE devices SET state = 'suspended' WHERE person = $1`) },
	"kind": func(s *ticketstest.Story) {
		set(s, `UPDATE ticket_proofs SET kind = 'sk_cpns' WHERE kind = 'ktp' AND person = $1`)
	},
	"evidence": func(s *ticketstest.Story) {
		set(s, `UPDATE ticket_proofs SET voided_at = 1 WHERE kind = 'ktp' AND person = $1`)
	},
	"document": func(s *ticketstest.Story) {
		set(s, `UPDATE ticket_proofs SET number_hash = code_hash WHERE person = $1`)
	},
	"level": func(s *ticketstest.Story) {
		set(s, `UPDATE tickets SET level = CASE WHEN level = 'L3' THEN 'L2' ELSE 'L3' END WHERE person = $1`)
	},
	"channel": func(s *ticketstest.Story) {
		set(s, `UPDATE ticket_proofs SET how = 'surat' WHERE kind = 'ktp' AND person = $1`)
	},
	"factor":          func(s *ticketstest.Story) { set(s, `UPDATE tickets SET factor = 'otp' WHERE person = $1`) },
	"somebody's name": func(s *ticketstest.Story) { set(s, `UPDATE people SET name = 'Orang Lain' WHERE id = $1`) },
}

func set(s *ticketstest.Story, query string) { exec(s.World, query, s.Subject.ID) }

// reset gives the subject the new password that a mailed code brings.
func reset(s *ticketstest.Story) {
	s.Helper()
	phc, err := accounts.NewHasher(1, time.Minute).Hash(s.Context(), fresh)
	if err != nil {
		s.Fatal(err)
	}
	s.Write(func(ctx contextType, tx *db.Tx) error {
		return s.Accounts.SetPassword(ctx, tx, s.Subject.ID, phc, accounts.ViaMail)
	})
}

const fresh = secret.Password("Hujan-Sore-9-payung")

func TestAChangeVoidsTheApproval_impostor18(t *testing.T) {
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ticketstest.World) { voids(w, change) })
		})
	}
}

func voids(w *ticketstest.World, change func(*ticketstest.Story)) {
	s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
	change(s)
	s.RelayAccepts()
	w.Clock.Advance(24 * time.Hour)
	s.Tick()
	s.Tick()
	status := s.Status()
	if status.State != tickets.Open || status.Reason == "" || status.Factor != accounts.NoFactor {
		w.Errorf("at Mature: %s, %q", status.State, status.Reason)
	}
}

// Two attempts disowned block remote requests; that voids what a remote
// approval said and leaves the counter's alone (impostor 2).
func TestABlockOfRemoteRequestsVoidsRemoteApprovalsOnly_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		block := func(s *ticketstest.Story) { set(s, `UPDATE accounts SET remote_blocked_until = 9 WHERE person = $1`) }
		voids(w, block)
		s := w.File(w.Person("198609262015051002", "Budi Santoso"), tickets.Counter).To(tickets.Ready)
		block(s)
		w.Prove(s.Checker)
		if _, _, err := s.Desk.Issue(s.Context(), s.Checker, s.Number, s.Version()); err != nil {
			w.Errorf("the counter is blocked too: %v", err)
		}
	})
}

func TestAChangeVoidsThePass_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		n := 0
		for name, change := range changes {
			if name == "password" || name == "leaving" || name == "disabled" {
				continue // below: their form says only that the factor is wrong
			}
			if name == "remote block" {
				continue // above: it never touches the counter
			}
			n++
			s := w.File(w.Person(secret.NIP("19860926201505100"+string(rune('0'+n%10))), "Budi Santoso"), tickets.Counter).To(tickets.Ready)
			change(s)
			w.Prove(s.Checker)
			_, _, err := s.Desk.Issue(s.Context(), s.Checker, s.Number, s.Version())
			if !errors.Is(err, tickets.ErrVoided) || s.State() != tickets.Open {
				w.Errorf("%s, at Issue: %v, %s", name, err, s.State())
			}
			exec(w, `UPDATE people SET nip = id WHERE id = $1`, s.Subject.ID)
		}
	})
}

func TestAChangeVoidsTheEnrolment_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		set(s, `UPDATE people SET phone = '0899' WHERE id = $1`)
		if _, err := s.Desk.Enrol(s.Context(), s.Cookie, s.Code(), "HP baru", ticketstest.Stranger); !errors.Is(err, tickets.ErrVoided) {
			w.Error("at Enrol: ", err)
		}
		if s.State() != tickets.Open {
			w.Error(s.State())
		}
		if got := signIn(w, budi, ticketstest.Password, s.Subject.Key); got != accounts.SignInOK {
			w.Error("the old device after an enrolment that did not happen: ", got)
		}
		s = w.File(s.Subject, tickets.Remote).To(tickets.Issued)
		set(s, `UPDATE people SET phone = '0877' WHERE id = $1`)
		e, err := s.Desk.OpenEnrolment(s.Context(), tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: ticketstest.Password}, ticketstest.Stranger)
		if err != nil || e.Token != "" || s.State() != tickets.Open {
			w.Error("at the form: ", e, err, s.State())
		}
	})
}

// The mailbox counts once (impostor 1): a password that came by mail, before
// the request, during the wait or after the pass, is no remaining factor.
func TestAFreshPasswordIsNoFactor_impostor1(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		w.Clock.Advance(time.Hour)
		before := &ticketstest.Story{World: w, Subject: p}
		reset(before)
		w.Clock.Advance(6 * 24 * time.Hour)
		s := w.File(p, tickets.Remote)
		got, err := s.Desk.ShowFactor(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: fresh}, ticketstest.Stranger)
		if err != nil || got != accounts.NoFactor {
			w.Error("before Open: ", got, err)
		}
		w.Clock.Advance(30 * 24 * time.Hour) // waiting longer does not age it: the request was opened before
		if got, _ := s.Desk.ShowFactor(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: fresh}, ticketstest.Stranger); got != accounts.NoFactor {
			w.Error("by waiting: ", got)
		}
	})
}

func TestAPasswordAfterThePassOpensNothing_impostor1(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		reset(s)
		for _, p := range []secret.Password{fresh, ticketstest.Password} {
			e, err := s.Desk.OpenEnrolment(s.Context(), tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: p}, ticketstest.Stranger)
			if err != nil || e.Token != "" {
				w.Error(e, err)
			}
		}
	})
}

func TestAnApprovalLasts72Hours_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
		w.Clock.Advance(72*time.Hour - time.Second) // the relay is down all the time
		s.Tick()
		if s.State() != tickets.Approved {
			w.Error("a second before: ", s.State())
		}
		w.Clock.Advance(time.Second)
		s.Tick()
		if s.State() != tickets.Open {
			w.Error("after 72 hours: ", s.State())
		}
		s.To(tickets.Ready)
		w.Clock.Advance(72 * time.Hour)
		if _, err := s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger); !errors.Is(err, tickets.ErrVoided) {
			w.Error("before the clock has ticked: ", err)
		}
		s.Tick()
		if s.State() != tickets.Open {
			w.Error("ready: ", s.State())
		}
	})
}

func TestThreePassesForAnApproval_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Ready)
		for range 3 {
			s.Issue()
			w.Clock.Advance(time.Hour)
			s.Tick()
			if s.State() != tickets.Ready {
				w.Fatal("a pass lasts an hour: ", s.State())
			}
		}
		_, err := s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger)
		if !errors.Is(err, tickets.ErrPasses) {
			w.Error("the fourth: ", err)
		}
	})
}

func TestEvidenceAddedLaterVoidsTheCheck(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for _, state := range []tickets.State{tickets.Checked, tickets.Approved, tickets.Ready} {
			p := w.Person(secret.NIP("19860926201505100"+string(rune('0'+len(state)))), "Budi Santoso")
			s := w.File(p, tickets.Remote).To(state)
			f, err := w.Desk.Look(w.Context(), s.Checker, s.Number)
			if err != nil {
				w.Fatal(err)
			}
			if _, err := s.Desk.WithdrawProof(s.Context(), s.Checker, s.Number, s.Version(), f.Proofs[1].ID); err != nil {
				w.Fatal(err)
			}
			if status := s.Status(); status.State != tickets.Open || status.Level != "" || status.ApprovedAt != 0 {
				w.Errorf("from %s: %+v", state, status)
			}
			if err := checks(s); !errors.Is(err, tickets.ErrEvidence) {
				w.Error(err)
			}
		}
	})
}
