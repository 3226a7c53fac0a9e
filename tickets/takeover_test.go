package tickets_test

import (
	"errors"
	"testing"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// A request never ends up with somebody who can neither act on it nor let go.
func TestWhoOnlySupervisesHoldsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := ticketstest.New(t, d, clock)
		s := w.File(w.Person(newNIP(), "Budi Santoso"), tickets.Remote)
		if err := staff(s, w.Supervisor, w.Desk.TakeOver); !errors.Is(err, tickets.ErrNotOwned) {
			t.Fatalf("of nobody: %v", err)
		}
		ok(t, staff(s, w.Checker, w.Desk.Claim))
		ok(t, staff(s, w.Supervisor, w.Desk.TakeOver))
		if got := s.Status(); got.Owner != "" {
			t.Fatalf("held by %q", got.OwnerName)
		}
		ok(t, staff(s, w.Other, w.Desk.Claim))

		both := w.Staff("197401012000011001", "Dua Peran", accounts.Agent, accounts.Supervisor)
		ok(t, staff(s, both, w.Desk.TakeOver))
		if err := staff(s, both, w.Desk.TakeOver); !errors.Is(err, tickets.ErrNotOwned) {
			t.Errorf("from himself: %v", err)
		}
		ok(t, staff(s, both, w.Desk.Release))
	})
}

// Whoever was written down at the counter, or whose case Pulih opened, holds
// no receipt: a question would stop the clock and could never be answered.
func TestNobodyIsAskedWhoCannotAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := ticketstest.New(t, d, clock)
		s := w.File(w.Person(newNIP(), "Budi Santoso"), tickets.Counter)
		_, err := w.Desk.Ask(s.Context(), w.Checker, s.Number, s.Version(), "Kapan?")
		if !errors.Is(err, tickets.ErrKeyless) || s.Status().State != tickets.Open {
			t.Fatalf("at the counter: %v, %s", err, s.Status().State)
		}
		done, err := w.Desk.ReplyMany(s.Context(), w.Checker, []string{s.Number}, "Kapan?")
		if err != nil || len(done.Not) != 1 || done.Not[0].Why != tickets.ErrKeyless.Text {
			t.Errorf("in bulk: %+v %v", done, err)
		}
	})
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
