package tickets_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

const freshEmail = ticketstest.FreshEmail

// mover files the change of an address.
func mover(w *ticketstest.World, c tickets.Channel) *ticketstest.Story {
	w.Helper()
	return w.FileKind(w.Person(newNIP(), "Budi Santoso"), tickets.Email, c)
}

func moverReady(w *ticketstest.World, c tickets.Channel) *ticketstest.Story {
	w.Helper()
	return mover(w, c).To(tickets.Ready)
}

func changesEmail(s *ticketstest.Story, code secret.Code, f tickets.FactorForm) (tickets.EmailTried, error) {
	return s.Desk.ChangeEmail(s.Context(), s.Number, s.Secret, code, f, ticketstest.Stranger)
}

var withPassword = tickets.FactorForm{Password: ticketstest.Password}

func onFile(s *ticketstest.Story) (email secret.Email) {
	return secret.Email(scan[string](s.World, `SELECT email FROM people WHERE id = $1`, s.Subject.ID))
}

func TestAnAddressChangesByCodeAndFactor_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		code := s.AskEmailCode()
		if got, err := changesEmail(s, code, tickets.FactorForm{}); err != nil || got != tickets.EmailFactorWrong {
			w.Error("without the factor: ", got, err)
		}
		if got, err := changesEmail(s, "00000000", withPassword); err != nil || got != tickets.EmailCodeWrong {
			w.Error("without the code: ", got, err)
		}
		if onFile(s) == freshEmail {
			w.Fatal("it has changed already")
		}
		if got, err := changesEmail(s, code, withPassword); err != nil || got != tickets.EmailDone {
			w.Fatal(got, err)
		}
		if onFile(s) != freshEmail || s.State() != tickets.Done {
			w.Error(onFile(s), s.State())
		}
		if got, err := changesEmail(s, code, withPassword); !errors.Is(err, tickets.ErrState) {
			w.Error("a second time: ", got, err)
		}
	})
}

func TestTheOldAddressIsToldForThirtyDays_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		if got, err := changesEmail(s, s.AskEmailCode(), withPassword); err != nil || got != tickets.EmailDone {
			w.Fatal(got, err)
		}
		told := func(kind string) map[string]bool {
			to := map[string]bool{}
			for _, l := range w.Letters() {
				if l.Kind == kind {
					to[l.To] = true
				}
			}
			return to
		}
		old := string(s.Subject.Email)
		if to := told("notice.email.changed"); !to[old] || !to[string(freshEmail)] {
			w.Error("told: ", to)
		}
		w.Clock.Advance(30*24*time.Hour - time.Minute)
		w.File(s.Subject, tickets.Remote)
		if !told("notice.request.filed")[old] {
			w.Error("not told on the thirtieth day")
		}
	})
}

func TestAFreshAddressFreezesRemoteRequests_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		if got, err := changesEmail(s, s.AskEmailCode(), withPassword); err != nil || got != tickets.EmailDone {
			w.Fatal(got, err)
		}
		w.Clock.Advance(7*24*time.Hour - time.Hour)
		next := w.File(s.Subject, tickets.Remote)
		next.Evidence()
		f, err := w.Desk.Look(w.Context(), w.Checker, next.Number)
		if err != nil || len(f.Missing) != 1 || !strings.Contains(f.Missing[0], "loket") {
			w.Error(f.Missing, err)
		}
	})
}

func TestTheCodeOfTheNewAddressHasBounds_RC06(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		code := s.AskEmailCode()
		for range 5 {
			if got, err := changesEmail(s, "00000000", withPassword); err != nil || got != tickets.EmailCodeWrong {
				w.Fatal(got, err)
			}
		}
		if got, err := changesEmail(s, code, withPassword); err != nil || got != tickets.EmailCodeWrong {
			w.Error("after five wrong ones: ", got, err)
		}
		first := s.AskEmailCode()
		second := s.AskEmailCode()
		if got, _ := changesEmail(s, first, withPassword); got != tickets.EmailCodeWrong {
			w.Error("the code before the newest: ", got)
		}
		w.Clock.Advance(30 * time.Minute)
		if got, _ := changesEmail(s, second, withPassword); got != tickets.EmailCodeWrong {
			w.Error("after half an hour: ", got)
		}
		s.AskEmailCode()
		s.AskEmailCode()
		if err := w.Desk.AskEmailCode(w.Context(), s.Number, s.Secret, ticketstest.Stranger); !errors.Is(err, tickets.ErrSpent) {
			w.Error("a sixth mail: ", err)
		}
	})
}

// What two people approve is one address and no other.
func TestAnotherAddressVoidsTheCheck_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		s.NameEmail("penyerang@example.test")
		if status := s.Status(); status.State != tickets.Open || status.CheckedAt != 0 || status.ApprovedAt != 0 {
			w.Errorf("%+v", status.Ticket)
		}
		late := moverReady(w, tickets.Remote)
		exec(w, `UPDATE tickets SET new_email = 'penyerang@example.test' WHERE number = $1`, late.Number)
		if err := w.Desk.AskEmailCode(w.Context(), late.Number, late.Secret, ticketstest.Stranger); !errors.Is(err, tickets.ErrVoided) {
			w.Error("behind the approval's back: ", err)
		}
	})
}

func TestNoAddressNoCheck_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := mover(w, tickets.Remote)
		s.Factor()
		s.Proof(tickets.KTP, tickets.SKPNS)
		w.Prove(w.Checker)
		f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil || len(f.Missing) != 2 { // the call, and the address
			w.Error(f.Missing, err)
		}
		if _, err := w.Desk.CheckIdentity(w.Context(), w.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrEvidence) {
			w.Error(err)
		}
	})
}

func TestAnAddressChangesAtTheCounter_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Counter)
		if _, err := w.Desk.AskEmailCodeAtCounter(w.Context(), w.Checker, s.Number, s.Version()); err != nil {
			w.Fatal(err)
		}
		change := func(by tickets.By) (tickets.EmailTried, error) {
			return w.Desk.ChangeEmailAtCounter(w.Context(), by, s.Number, s.Version(), s.EmailCode())
		}
		if _, err := change(w.Checker); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("without a fresh OTP: ", err)
		}
		afar := w.Checker
		afar.AtCounter = false
		w.Prove(w.Checker)
		if _, err := change(afar); !errors.Is(err, tickets.ErrDesk) {
			w.Error("from elsewhere: ", err)
		}
		if got, err := change(w.Checker); err != nil || got != tickets.EmailDone || onFile(s) != freshEmail {
			w.Error(got, err, onFile(s))
		}
	})
}

// Verbs of one kind are of no other: a pass is none for an address, and an
// address none for a pass.
func TestKindsKeepTheirVerbs_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		address := moverReady(w, tickets.Remote)
		if _, err := w.Desk.TakePass(w.Context(), address.Number, address.Secret, withPassword, ticketstest.Stranger); !errors.Is(err, tickets.ErrKind) {
			w.Error("a pass for an address: ", err)
		}
		device := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Ready)
		if err := w.Desk.AskEmailCode(w.Context(), device.Number, device.Secret, ticketstest.Stranger); !errors.Is(err, tickets.ErrKind) {
			w.Error("a code for a device: ", err)
		}
		if _, err := changesEmail(device, "00000000", withPassword); !errors.Is(err, tickets.ErrKind) {
			w.Error("an address for a device: ", err)
		}
		if _, err := w.Desk.Unlock(w.Context(), w.Checker, w.File(w.Person(dewi, "Dewi"), tickets.Remote).Number, 1, ""); !errors.Is(err, tickets.ErrKind) {
			w.Error("unlocking a device: ", err)
		}
	})
}

func TestADisownedAddressIsOff_impostor2(t *testing.T) {
	for name, link := range map[string]string{"the change": "notice.email.changed", "the approval": "notice.request.approved"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				s := moverReady(w, tickets.Remote)
				if got, err := changesEmail(s, s.AskEmailCode(), withPassword); err != nil || got != tickets.EmailDone {
					w.Fatal(got, err)
				}
				token := w.NotMe(link)
				n, err := w.Desk.Notice(w.Context(), token)
				if err != nil || !n.Undoes.Email {
					w.Errorf("the page does not say it: %+v %v", n, err)
				}
				out, err := w.Desk.Disown(w.Context(), token, ticketstest.Stranger)
				if err != nil || !out.Undone.Email || !out.Blocked {
					w.Errorf("%+v %v", out, err)
				}
				if onFile(s) != "" || s.State() != tickets.Disowned {
					w.Error(onFile(s), s.State())
				}
				acc := account(s)
				if !acc.ResetNeedsOTP || acc.RemoteBlockedUntil <= w.DB.Now() {
					w.Errorf("%+v", acc)
				}
				if n := scan[int](w, `SELECT count(*) FROM tickets WHERE kind = 'fraud'`); n != 1 {
					w.Errorf("%d fraud cases", n)
				}
			})
		})
	}
}

func account(s *ticketstest.Story) (acc accounts.Account) {
	s.Helper()
	err := s.DB.Read(s.Context(), func(tx *db.Tx) (err error) {
		acc, err = s.Accounts.Account(s.Context(), tx, s.Subject.ID)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return acc
}
