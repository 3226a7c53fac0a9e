package tickets_test

import (
	"errors"
	"testing"

	"pulih/accounts"
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
			_, asks := w.Desk.AskAccess(w.Context(), by, subject.ID, "Datang")
			_, reads := w.Desk.AccessRequests(w.Context(), by, true)
			_, one := w.Desk.AccessRequest(w.Context(), by, "x")
			for _, err := range []error{asks, reads, one} {
				if !errors.Is(err, tickets.ErrRole) {
					t.Error(by.Staff.Name, err)
				}
			}
		}
		ask := func(by tickets.By) string {
			id, err := w.Desk.AskAccess(w.Context(), by, subject.ID, "Datang")
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		own := ask(second)
		for name, c := range map[string]struct {
			by   tickets.By
			want error
		}{"an agent": {w.Checker, tickets.ErrRole}, "an approver": {w.Approver, tickets.ErrRole}, "who asked": {second, tickets.ErrAsker}} {
			if err := hand(c.by, own); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.Desk.HandOver(w.Context(), second, ask(w.Checker), tickets.Handing{Document: "--", Form: "csv"}); !errors.Is(err, tickets.ErrMissing) {
			t.Error("without an original: ", err)
		}
		if err := hand(second, ask(w.Checker)); err != nil {
			t.Error(err)
		}
		if _, err := w.Desk.HandOver(w.Context(), second, ask(w.Checker), seen); !errors.Is(err, accounts.ErrNoProof) {
			t.Error("without a fresh code: ", err)
		}
	})
}
