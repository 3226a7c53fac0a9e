package tickets_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// at runs n at once and returns how many succeeded. Any failure must be one
// of the expected.
func at(w *ticketstest.World, n int, f func(i int) error, expected ...error) int {
	w.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for i := range n {
		wg.Go(func() {
			err := f(i)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
				return
			}
			for _, e := range expected {
				if errors.Is(err, e) {
					return
				}
			}
			w.Error("unexpected: ", err)
		})
	}
	wg.Wait()
	return won
}

func TestManyClaimsOneWins(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		agents, version := []tickets.By{w.Checker, w.Other}, s.Version()
		won := at(w, 20, func(i int) error {
			_, err := w.Desk.Claim(w.Context(), agents[i%2], s.Number, version)
			return err
		}, tickets.ErrChanged)
		if won != 1 {
			w.Errorf("%d claims won", won)
		}
	})
}

func TestManyWhoClaimTheNextGetDifferentOnes(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		for range 6 {
			w.File(p, tickets.Remote)
		}
		agents := []tickets.By{w.Checker, w.Other}
		won := at(w, 6, func(i int) error {
			_, err := w.Desk.ClaimNext(w.Context(), agents[i%2], tickets.Unproven)
			return err
		}, tickets.ErrChanged)
		if claims := scan[int](w, `SELECT count(*) FROM ticket_events WHERE verb = 'claim'`); claims != won || won == 0 {
			w.Errorf("%d claims, %d rows", won, claims)
		}
		if twice := scan[int](w, `SELECT count(*) FROM (SELECT 1 FROM ticket_events WHERE verb = 'claim' GROUP BY ticket HAVING count(*) > 1) AS t`); twice != 0 {
			w.Error("two have the same")
		}
	})
}

func TestTwoApprovalsOneWins(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Checked)
		lia := w.Staff("197501012000011001", "Lia", accounts.Approver)
		both, version := []tickets.By{w.Approver, lia}, s.Version()
		for _, by := range both {
			w.Prove(by)
		}
		won := at(w, 10, func(i int) error {
			_, err := w.Desk.Approve(w.Context(), both[i%2], s.Number, version, tickets.ApproveForm{})
			return err
		}, tickets.ErrChanged, accounts.ErrNoProof)
		if won != 1 || scan[int](w, `SELECT count(*) FROM ticket_events WHERE verb = 'approve'`) != 1 {
			w.Errorf("%d approvals", won)
		}
		if told := scan[int](w, `SELECT count(*) FROM notices WHERE what = 'request.approved'`); told != 1 {
			w.Errorf("told %d times", told)
		}
	})
}

func TestApproveAgainstAChangeOfEvidence_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for range 5 {
			s := w.File(w.Person(newNIP(), "Budi Santoso"), tickets.Remote).To(tickets.Checked)
			f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
			if err != nil {
				w.Fatal(err)
			}
			w.Prove(w.Approver)
			won := at(w, 2, func(i int) error {
				if i == 0 {
					_, err := w.Desk.Approve(w.Context(), w.Approver, s.Number, f.Version, tickets.ApproveForm{})
					return err
				}
				_, err := w.Desk.WithdrawProof(w.Context(), w.Checker, s.Number, f.Version, f.Proofs[1].ID)
				return err
			}, tickets.ErrChanged)
			if status := s.Status(); won != 1 || (status.State != tickets.Approved && status.State != tickets.Open) {
				w.Errorf("%d won, %s", won, status.State)
			}
		}
	})
}

func TestRedeemAgainstDisown_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for range 5 {
			s := w.File(w.Person(newNIP(), "Budi Santoso"), tickets.Remote).To(tickets.Issued)
			s.Begin()
			link, code := w.NotMe("notice.pass.issued"), s.Code()
			at(w, 2, func(i int) error {
				if i == 0 {
					_, err := w.Desk.Enrol(w.Context(), s.Cookie, code, "HP baru", ticketstest.Stranger)
					return err
				}
				_, err := w.Desk.Disown(w.Context(), link, ticketstest.Stranger)
				return err
			}, tickets.ErrChanged, tickets.ErrState, accounts.ErrNoEnrolment)
			state := s.State()
			fresh := scan[int](w, `SELECT count(*) FROM devices WHERE state = 'active' AND name = 'HP baru' AND person = $1`, s.Subject.ID)
			if state != tickets.Cancelled && state != tickets.Disowned || fresh != 0 {
				w.Errorf("disowned, yet %s with %d new devices", state, fresh)
			}
		}
	})
}

func TestFiftyEnrolOneBinds(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		code := s.Code()
		won := at(w, 50, func(int) error {
			_, err := w.Desk.Enrol(w.Context(), s.Cookie, code, "HP baru", ticketstest.Stranger)
			return err
		}, tickets.ErrChanged, tickets.ErrState, accounts.ErrNoEnrolment)
		if won != 1 || devices(w, "active") != 1 {
			w.Errorf("%d won, %d devices", won, devices(w, "active"))
		}
	})
}

func TestFiftyWrongFactorsAreFive_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		var mu sync.Mutex
		results := map[accounts.PassResult]int{}
		at(w, 50, func(int) error {
			e, err := w.Desk.OpenEnrolment(w.Context(), tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: "salah-Sandi-123"}, ticketstest.Stranger)
			mu.Lock()
			results[e.Result]++
			mu.Unlock()
			return err
		}, tickets.ErrChanged)
		if results[accounts.PassFactorWrong] != 4 || results[accounts.PassOpened] != 0 || s.State() != tickets.Ready {
			w.Errorf("%v, %s", results, s.State())
		}
	})
}

func TestFiftyTakeOnePass(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Ready)
		won := at(w, 50, func(int) error {
			_, err := w.Desk.TakePass(w.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger)
			return err
		}, tickets.ErrChanged, tickets.ErrState)
		if live := scan[int](w, `SELECT count(*) FROM passes WHERE state = 'issued'`); won != 1 || live != 1 || s.Status().Passes != 1 {
			w.Errorf("%d won, %d live", won, live)
		}
	})
}

func TestTheClockInManyProcessesDoesThingsOnce(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Approved)
		at(w, 8, func(int) error { return w.Desk.Tick(w.Context()) })
		if n := scan[int](w, `SELECT count(*) FROM ticket_events WHERE verb = 'mature'`); n != 1 || s.State() != tickets.Ready {
			w.Error(n, s.State())
		}
		if n := scan[int](w, `SELECT count(*) FROM notices WHERE what = 'request.filed'`); n != 1 {
			w.Error("told of one filing ", n)
		}
	})
}

func TestParallelComparisonsShareTheBudget_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		var stories []*ticketstest.Story
		for range 8 {
			stories = append(stories, w.File(p, tickets.Remote))
		}
		exec(w, `INSERT INTO ticket_counts (what, who, day, n) VALUES ('wrong.person', $1, '2026-11-23', 8)`, p.ID)
		won := at(w, 8, func(i int) error {
			s := stories[i]
			f := tickets.ProofForm{Kind: tickets.KTP, How: tickets.Video, Typed: map[string]string{"nama": "X", "lahir": "1990-01-01", "nomor": "1"}}
			_, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, 1, f)
			return err
		}, tickets.ErrSpent)
		if won != 2 {
			w.Errorf("%d comparisons with two left", won)
		}
	})
}

var nips struct {
	sync.Mutex
	n int
}

// newNIP is nobody's: none of the people with a name in these tests was born
// on that day.
func newNIP() secret.NIP {
	nips.Lock()
	defer nips.Unlock()
	nips.n++
	return secret.NIP(fmt.Sprintf("198707172016051%03d", nips.n))
}
