package tickets_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/mail"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// The verbs ask for the roles and for two people themselves, not the routes
// alone (impostor 22).
func TestTheVerbsOfAnAccessRequestAskWho_PR02(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		second, subject := w.Supervisor, w.Person(budi, "Budi Santoso")
		admin := w.Staff("197001102000011010", "Adi Admin", accounts.Admin)
		seen := tickets.Handing{Document: "7401 0001", Form: "csv"}
		hand := func(by tickets.By, id string) error {
			w.Prove(by)
			_, err := w.Desk.HandOver(w.Context(), by, id, seen)
			return err
		}
		for _, by := range []tickets.By{w.Approver, admin} {
			_, asks := w.Desk.AskAccess(w.Context(), by, tickets.Asking{Person: subject.ID, Reason: "Datang", Document: "7401 0001"})
			_, reads := w.Desk.AccessRequests(w.Context(), by, true)
			_, one := w.Desk.AccessRequest(w.Context(), by, "x")
			for _, err := range []error{asks, reads, one} {
				if !errors.Is(err, tickets.ErrRole) {
					t.Error(by.Staff.Name, err)
				}
			}
		}
		fresh := func(by tickets.By) string {
			w.Write(func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, `UPDATE access_requests SET ended_at = 1 WHERE handed_at = 0`)
				return err
			})
			id, err := w.Desk.AskAccess(w.Context(), by, tickets.Asking{Person: subject.ID, Reason: "Datang", Document: "7401 0001"})
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		if _, err := w.Desk.AskAccess(w.Context(), w.Checker, tickets.Asking{Person: subject.ID, Reason: "Datang", Document: "--"}); !errors.Is(err, tickets.ErrMissing) {
			t.Error("written down without an original: ", err)
		}
		own := fresh(second)
		for name, c := range map[string]struct {
			by   tickets.By
			want error
		}{"an agent": {w.Checker, tickets.ErrRole}, "an approver": {w.Approver, tickets.ErrRole}, "who asked": {second, tickets.ErrAsker}} {
			if err := hand(c.by, own); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.Desk.HandOver(w.Context(), second, fresh(w.Checker), tickets.Handing{Document: "--", Form: "csv"}); !errors.Is(err, tickets.ErrMissing) {
			t.Error("without an original: ", err)
		}
		asked := fresh(w.Checker)
		w.Prove(second)
		if _, err := w.Desk.HandOver(w.Context(), second, asked, tickets.Handing{Document: "7401 0002", Form: "csv"}); !errors.Is(err, tickets.ErrOriginal) {
			t.Error("with the original of somebody else: ", err)
		}
		if _, err := w.Desk.HandOver(w.Context(), second, asked, seen); !errors.Is(err, accounts.ErrNoProof) {
			t.Error("a wrong number costs no code: ", err)
		}
		if err := hand(second, asked); err != nil {
			t.Error(err)
		}
		if _, err := w.Desk.HandOver(w.Context(), second, fresh(w.Checker), seen); !errors.Is(err, accounts.ErrNoProof) {
			t.Error("without a fresh code: ", err)
		}
	})
}

// One request is open for a person. It is no key for ever: seven days after the
// first copy there is no other, nor thirty days after nobody came.
func TestAnAccessRequestEnds_PR02(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		subject := w.Person(budi, "Budi Santoso")
		ask := func() (string, error) {
			return w.Desk.AskAccess(w.Context(), w.Checker, tickets.Asking{Person: subject.ID, Reason: "Datang", Document: "7401 0001"})
		}
		hand := func(id string) error {
			w.Prove(w.Supervisor)
			_, err := w.Desk.HandOver(w.Context(), w.Supervisor, id, tickets.Handing{Document: "7401 0001", Form: "csv"})
			return err
		}
		first, err := ask()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ask(); !errors.Is(err, tickets.ErrAccessOpen) {
			t.Error("a second one: ", err)
		}
		if err := hand(first); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(tickets.AccessAgain - 24*time.Hour) // on a Sunday the counter is closed
		w.Clock.Advance(24*time.Hour - time.Second)
		if err := hand(first); errors.Is(err, tickets.ErrAccessOver) {
			t.Error("within seven days: ", err)
		}
		w.Clock.Advance(time.Second)
		if err := hand(first); !errors.Is(err, tickets.ErrAccessOver) {
			t.Error("after seven days: ", err)
		}
		second, err := ask()
		if err != nil {
			t.Fatal("a new one: ", err)
		}
		w.Clock.Advance(tickets.AccessWaits)
		if err := hand(second); !errors.Is(err, tickets.ErrAccessOver) {
			t.Error("nobody came: ", err)
		}
		for open, want := range map[bool]int{true: 0, false: 2} {
			if all, err := w.Desk.AccessRequests(w.Context(), w.Supervisor, open); err != nil || len(all) != want {
				t.Errorf("open %v: %d, %v", open, len(all), err)
			}
		}
		if _, err := ask(); err != nil {
			t.Error("after one that nobody fetched: ", err)
		}
	})
}

// Two members of staff ask at once: one request is open.
func TestTwoAccessRequestsAtOnceAreOne_PR02(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		subject, done := w.Person(budi, "Budi Santoso"), make(chan error, 4)
		for range cap(done) {
			go func() {
				_, err := w.Desk.AskAccess(w.Context(), w.Checker, tickets.Asking{Person: subject.ID, Reason: "Datang", Document: "7401 0001"})
				done <- err
			}()
		}
		taken := 0
		for range cap(done) {
			if err := <-done; err == nil {
				taken++
			} else if !errors.Is(err, tickets.ErrAccessOpen) {
				t.Error(err)
			}
		}
		if taken != 1 {
			t.Error(taken, " were taken")
		}
	})
}

// He is told when somebody asks and when it is handed over. "Bukan saya" ends
// the request and opens a case: staff wrote it down.
func TestThePersonIsToldOfAnAccessRequest_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		subject := w.Person(budi, "Budi Santoso")
		hand := func(id string) error {
			w.Prove(w.Supervisor)
			_, err := w.Desk.HandOver(w.Context(), w.Supervisor, id, tickets.Handing{Document: "7401 0001", Form: "csv"})
			return err
		}
		for _, what := range []mail.What{mail.DataAsked, mail.DataGiven} {
			id, err := w.Desk.AskAccess(w.Context(), w.Checker, tickets.Asking{Person: subject.ID, Reason: "Datang", Document: "7401 0001"})
			if err != nil {
				t.Fatal(err)
			}
			if what == mail.DataGiven {
				if err := hand(id); err != nil {
					t.Fatal(err)
				}
			}
			out, err := w.Desk.Disown(w.Context(), w.NotMe("notice."+string(what)), ticketstest.Stranger)
			if err != nil || out.Blocked || out.Undone.Any() {
				t.Error(what, out, err)
			}
			if err := hand(id); !errors.Is(err, tickets.ErrAccessOver) {
				t.Errorf("%s: it is handed over all the same: %v", what, err)
			}
			w.Write(func(ctx context.Context, tx *db.Tx) error {
				var n int
				if err := tx.Row(ctx, `SELECT count(*) FROM tickets WHERE kind = 'fraud'`).Scan(&n); err != nil || n != 1 {
					t.Errorf("%s: %d cases, %v", what, n, err)
				}
				return nil
			})
		}
	})
}
