package tickets_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func approves(s *ticketstest.Story, by tickets.By) error {
	s.Helper()
	s.Prove(by)
	_, err := s.Desk.Approve(s.Context(), by, s.Number, s.Version(), tickets.ApproveForm{Document: "ktp" + ticketstest.DocumentNumber})
	return err
}

// both gives a member of staff the approver's role too.
func both(by tickets.By) tickets.By {
	by.Staff.Roles = []accounts.Role{accounts.Agent, accounts.Approver}
	by.Browser = "another browser of " + by.Staff.Name
	return by
}

func TestApproveRefusesWhoContributed_impostor18(t *testing.T) {
	ways := map[string]func(*ticketstest.Story, tickets.By) error{
		"claimed":  func(s *ticketstest.Story, by tickets.By) error { return staff(s, by, s.Desk.Claim) },
		"asked":    func(s *ticketstest.Story, by tickets.By) error { return acts["ask"](s, by) },
		"noted":    func(s *ticketstest.Story, by tickets.By) error { return acts["note"](s, by) },
		"compared": func(s *ticketstest.Story, by tickets.By) error { return acts["proof"](s, by) },
		"called":   func(s *ticketstest.Story, by tickets.By) error { return acts["call"](s, by) },
	}
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		for name, contribute := range ways {
			tono := both(w.Other)
			s := w.File(p, tickets.Remote)
			if err := contribute(s, tono); err != nil {
				w.Fatal(name, err)
			}
			if s.State() == tickets.Waiting {
				if err := s.Desk.Reply(s.Context(), s.Number, s.Secret, "Kemarin", ticketstest.Stranger); err != nil {
					w.Fatal(err)
				}
			}
			_ = staff(s, tono, s.Desk.Release)
			s.To(tickets.Checked)
			if err := approves(s, tono); !errors.Is(err, tickets.ErrTwoPeople) {
				w.Errorf("who %s: %v", name, err)
			}
			if err := s.Desk.Withdraw(s.Context(), s.Number, s.Secret, ticketstest.Stranger); err != nil {
				w.Fatal(err)
			}
		}
	})
}

func TestApproveRefusesTheCheckerAndTheOpener_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Checked)
		for _, by := range []tickets.By{both(w.Checker), both(w.Other)} { // Other opened it at the counter
			if err := approves(s, by); !errors.Is(err, tickets.ErrTwoPeople) {
				w.Errorf("%s: %v", by.Staff.Name, err)
			}
		}
		if err := approves(s, w.Approver); err != nil {
			w.Error(err)
		}
	})
}

// He holds every role, and no verb of staff is left out: each is refused as
// his own in at least one state, and goes through in none.
func TestNobodyActsOnHimself_ST05(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p, refused := w.Person(budi, "Budi Santoso"), map[string]bool{}
		self := w.Staff(budi, "Budi", accounts.Agent, accounts.Approver, accounts.Supervisor)
		for _, state := range []tickets.State{tickets.Open, tickets.Escalated, tickets.Checked, tickets.Ready, tickets.Issued, tickets.Refused} {
			s := w.File(p, tickets.Counter).To(state) // staff come to the counter
			for name := range acts {
				if !slices.Contains(personActs, name) && actsOnHimself(s, self, name) {
					refused[name] = true
				}
			}
			if _, err := w.Desk.Look(w.Context(), self, s.Number); !errors.Is(err, tickets.ErrOneself) {
				w.Error("look: ", err)
			}
			if state != tickets.Refused {
				if err := w.Desk.Withdraw(w.Context(), s.Number, s.Secret, ticketstest.Stranger); err != nil {
					w.Fatal(err)
				}
			}
		}
		if len(refused) != len(acts)-len(personActs) {
			w.Errorf("tried %v", refused)
		}
		w.File(p, tickets.Remote)
		if _, err := w.Desk.ClaimNext(w.Context(), self, tickets.Unproven); !errors.Is(err, tickets.ErrQueueDry) {
			w.Error("next: ", err)
		}
		if _, err := w.Desk.ClaimNext(w.Context(), w.Checker, tickets.Unproven); err != nil {
			w.Error("next for a colleague: ", err)
		}
	})
}

// actsOnHimself tells whether a verb that the state has is refused.
func actsOnHimself(s *ticketstest.Story, self tickets.By, name string) bool {
	s.Helper()
	s.Prove(self)
	err := acts[name](s, self)
	if !errors.Is(err, tickets.ErrOneself) && !errors.Is(err, tickets.ErrState) {
		s.Errorf("%s on his own ticket, %s: %v", name, s.State(), err)
	}
	return errors.Is(err, tickets.ErrOneself)
}

func TestABrowserThatCheckedDoesNotApprove_impostor17(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Checked)
		sari := w.Approver
		for _, browser := range []string{w.Checker.Browser, ""} {
			sari.Browser = browser
			if err := approves(s, sari); !errors.Is(err, tickets.ErrBrowser) {
				w.Errorf("%q: %v", browser, err)
			}
		}
		w.Clock.Advance(28 * time.Hour) // into the next working day
		sari.Browser = w.Checker.Browser
		if err := approves(s, sari); err != nil {
			w.Error("after 12 hours: ", err)
		}
	})
}

func TestANewApproverWaits_impostor17(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Checked)
		sari := w.Approver
		for _, from := range []db.Time{0, w.DB.Now().Add(time.Microsecond)} {
			sari.Staff.ApprovesFrom = from
			if err := approves(s, sari); !errors.Is(err, tickets.ErrTooNew) {
				w.Error(err)
			}
		}
	})
}

func TestEachActSpendsAFreshCode_impostor17(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Open)
		s.Evidence()
		check := func() error {
			_, err := s.Desk.CheckIdentity(s.Context(), s.Checker, s.Number, s.Version())
			return err
		}
		if err := check(); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("check without a code: ", err)
		}
		w.Prove(s.Checker)
		w.Clock.Advance(5*time.Minute + time.Second)
		if err := check(); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("check with an old code: ", err)
		}
		s.Check()
		if _, err := s.Desk.Approve(s.Context(), w.Approver, s.Number, s.Version(),
			tickets.ApproveForm{Document: "ktp" + ticketstest.DocumentNumber}); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("approve without a code: ", err)
		}
		s.Approve()
		s.Wait()
		if _, _, err := s.Desk.Issue(s.Context(), s.Checker, s.Number, s.Version()); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("issue with the code that the check spent: ", err)
		}
		if s.State() != tickets.Ready {
			w.Error(s.State())
		}
	})
}

func TestBothReadTheSameOriginal_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Checked)
		try := func(number string) error {
			w.Prove(w.Approver)
			_, err := s.Desk.Approve(s.Context(), w.Approver, s.Number, s.Version(), tickets.ApproveForm{Document: number})
			return err
		}
		for _, number := range []string{"", "1234", "karpeg" + ticketstest.DocumentNumber} {
			if err := try(number); !errors.Is(err, tickets.ErrDocument) {
				w.Errorf("%q: %v", number, err)
			}
		}
		if err := try("ktp" + ticketstest.DocumentNumber); !errors.Is(err, tickets.ErrSpent) || s.State() != tickets.Checked {
			w.Error("the right one after three wrong ones: ", err)
		}
	})
}

func TestCounterVerbsWantTheCounter_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		away := func(by tickets.By) tickets.By { by.AtCounter = false; return by }
		open := func(by tickets.By) error {
			_, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: p.NIP, Name: "Budi", Kind: tickets.MFA, Channel: tickets.Counter, By: &by}, by.Actor)
			return err
		}
		refused := func(what string, err error) {
			w.Helper()
			if !errors.Is(err, tickets.ErrDesk) {
				w.Errorf("%s: %v", what, err)
			}
		}
		refused("open from elsewhere", open(away(w.Checker)))
		s := w.File(p, tickets.Counter)
		_, err := s.Desk.AddProof(s.Context(), away(s.Checker), s.Number, s.Version(), s.Form(tickets.KTP))
		refused("proof from elsewhere", err)
		s.Evidence()
		refused("check from elsewhere", staff(s, away(s.Checker), s.Desk.CheckIdentity))
		s.Check()
		refused("approve from elsewhere", approves(s, away(w.Approver)))
		s.Approve()
		s.Wait()
		_, _, err = s.Desk.Issue(s.Context(), away(s.Checker), s.Number, s.Version())
		refused("issue from elsewhere", err)
		w.Clock.Advance(8 * time.Hour) // 18.00 WITA
		_, _, err = s.Desk.Issue(s.Context(), s.Checker, s.Number, s.Version())
		refused("issue in the evening", err)
		refused("open in the evening", open(w.Checker))
	})
}
