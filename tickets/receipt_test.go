package tickets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func TestTheImpostorFilesFirst_impostor4(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		for range 3 {
			w.File(p, tickets.Remote)
		}
		w.Clock.Advance(time.Hour)
		victim := w.File(p, tickets.Remote)
		victim.Factor()
		next, err := w.Desk.ClaimNext(w.Context(), w.Checker, tickets.Unclaimed)
		if err != nil || next.Number != victim.Number {
			w.Error("the victim, who has proven something, is not the next: ", err)
		}
		victim.Proof(tickets.KTP)
		victim.Check()
		victim.Approve()
		victim.Wait()
		victim.Issue()
		victim.Begin()
		victim.Enrol()
	})
}

func TestOneSlotFromCheckedOn_impostor4(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		first, second := w.File(p, tickets.Remote), w.File(p, tickets.Remote)
		first.Evidence()
		second.Evidence()
		first.Check()
		if err := checks(second); !errors.Is(err, tickets.ErrSlot) {
			w.Error(err)
		}
		if err := first.Desk.Withdraw(w.Context(), first.Number, first.Secret, ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		if err := checks(second); err != nil {
			w.Error("the slot is free again: ", err)
		}
	})
}

func TestReceiptsLookTheSame_impostor4(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		known := w.Person(budi, "Budi Santoso")
		file := func(nip secret.NIP) (tickets.Receipt, tickets.Status, int) {
			before := w.DB.Statements()
			r, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: nip, Name: "Budi", Unit: "Dinas", Kind: tickets.MFA, Channel: tickets.Remote}, ticketstest.Stranger)
			cost := w.DB.Statements() - before
			if err != nil {
				w.Fatal(err)
			}
			w.Tick()
			status, err := w.Desk.Follow(w.Context(), r.Number, r.Secret)
			if err != nil {
				w.Fatal(err)
			}
			return r, status, int(cost)
		}
		_, one, cost := file(known.NIP)
		_, other, same := file("198701012015051009")
		if cost != same {
			w.Errorf("%d statements for a known NIP, %d for an unknown one", cost, same)
		}
		if a, b := plain(one), plain(other); a != b {
			w.Errorf("known:\n%s\nunknown:\n%s", a, b)
		}
	})
}

// plain is what a status shows, without what differs between any two.
func plain(s tickets.Status) string {
	s.ID, s.Number, s.MaskedNIP = "", "", ""
	s.OpenedAt, s.StateAt, s.Timeline[0].At = 0, 0, 0
	return reveal(s)
}

func TestOnlyTheReceiptOpensTheStatusPage_impostor10(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s, other := w.File(p, tickets.Remote), w.File(p, tickets.Remote)
		if len(s.Secret) != 16 {
			w.Error("not 80 bit")
		}
		for name, pair := range map[string][2]string{"no secret": {s.Number, ""}, "another's secret": {s.Number, string(other.Secret)},
			"a part of it": {s.Number, string(s.Secret[:15])}, "the NIP": {s.Number, string(budi)}, "no number": {"", string(s.Secret)},
			"the id": {s.Status().ID, string(s.Secret)}, "another number": {"PUL-0000-0000", string(s.Secret)}} {
			_, err := w.Desk.Follow(w.Context(), pair[0], secret.Code(pair[1]))
			if err != tickets.ErrNoTicket { //nolint:errorlint // the very same answer, always
				w.Errorf("%s: %v", name, err)
			}
		}
		for _, l := range w.Letters() {
			if strings.Contains(l.Text+l.HTML+l.Subject, string(s.Secret)) || strings.Contains(l.Text, s.Secret.Grouped()) {
				w.Error("the secret is mailed")
			}
		}
	})
}

func TestThePassIsShownAfterTheFactorOnly_impostor10(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Ready)
		for _, f := range []tickets.FactorForm{{}, {Password: "salah-Sandi-123"}, {OTP: "123456"}} {
			got, err := s.Desk.TakePass(s.Context(), s.Number, s.Secret, f, ticketstest.Stranger)
			if err != nil || got.OK || got.Code != "" || s.State() != tickets.Ready {
				w.Error(got.OK, err)
			}
		}
		if _, err := s.Desk.TakePass(s.Context(), s.Number, "0000000000000000", tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger); !errors.Is(err, tickets.ErrNoTicket) {
			w.Error(err)
		}
		for range 7 {
			_, _ = s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: "salah-Sandi-123"}, ticketstest.Stranger)
		}
		if _, err := s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger); !errors.Is(err, tickets.ErrSpent) {
			w.Error("the form guesses passwords: ", err)
		}
	})
}

func TestShowFactorGuessesNoPasswords(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for range 5 {
			got, err := s.Desk.ShowFactor(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: "salah-Sandi-123"}, ticketstest.Stranger)
			if err != nil || got != "" {
				w.Fatal(got, err)
			}
		}
		if _, err := s.Desk.ShowFactor(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger); !errors.Is(err, tickets.ErrSpent) {
			w.Error(err)
		}
	})
}

func TestStaffSeeTheirOwnAgencyOnly_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter)
		for name, act := range acts {
			if slices.Contains(personActs, name) {
				continue
			}
			far := w.Checker
			far.Staff.Agency, far.Staff.ID = "BKPSDM Kota Lain", db.NewID()
			if err := act(s, far); !errors.Is(err, tickets.ErrNoTicket) {
				w.Errorf("%s: %v", name, err)
			}
			if _, err := w.Desk.Look(w.Context(), far, s.Number); !errors.Is(err, tickets.ErrNoTicket) {
				w.Error("look: ", err)
			}
			if page, err := w.Desk.Queue(w.Context(), far, tickets.List{View: tickets.Unclaimed}); err != nil || len(page.Rows) != 0 || page.Counts[tickets.Unclaimed] != 0 {
				w.Error("queue: ", page, err)
			}
		}
	})
}

func TestARefusalIsCoarseAndCounts_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		for range 2 {
			s := w.File(p, tickets.Remote)
			if _, err := w.Desk.Note(w.Context(), w.Checker, s.Number, s.Version(), "KTP tampak disunting"); err != nil {
				w.Fatal(err)
			}
			s.To(tickets.Refused)
			status := s.Status()
			if status.Reason != tickets.LacksProof.Label() || strings.Contains(reveal(status), "disunting") || strings.Contains(reveal(status), "Rina") {
				w.Error("the requester reads too much: ", reveal(status))
			}
		}
		s := w.File(p, tickets.Remote)
		s.Evidence()
		f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil || len(f.Missing) == 0 || len(f.Flags) == 0 {
			w.Error(f.Missing, f.Flags, err)
		}
		if err := checks(s); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("two refusals in 30 days, remotely: ", err)
		}
		w.File(p, tickets.Counter).To(tickets.Checked)
	})
}

func TestASecondRecoveryInAMonthIsForTheCounter(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
		again := w.File(s.Subject, tickets.Remote)
		again.Evidence()
		if err := checks(again); !errors.Is(err, tickets.ErrEvidence) {
			w.Error(err)
		}
		w.Clock.Advance(31 * 24 * time.Hour)
		if err := checks(again); err != nil {
			w.Error("a month later: ", err)
		}
	})
}

func TestResolveTouchesNoAccount_impostor16(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		snapshot := func() string {
			return scan[string](w, `SELECT string_agg(a.password || a.password_at || a.version || d.state || d.last_step, ',')
				FROM accounts a JOIN devices d ON d.person = a.person`)
		}
		before := snapshot()
		if _, err := s.Desk.Resolve(s.Context(), w.Checker, s.Number, s.Version(), tickets.ByClock, "Jam HP Anda terlambat."); err != nil {
			w.Fatal(err)
		}
		if snapshot() != before || scan[int](w, `SELECT count(*) FROM passes`) != 0 {
			w.Error("Resolve changed an account")
		}
	})
}
