package tickets_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// flagged tells whether staff are told of it.
func flagged(s *ticketstest.Story, words string) bool {
	s.Helper()
	f, err := s.Desk.Look(s.Context(), s.Checker, s.Number)
	if err != nil {
		s.Fatal(err)
	}
	return slices.ContainsFunc(f.Flags, func(line string) bool { return strings.Contains(line, words) })
}

// atCounterOnly tells whether no remote evidence is enough.
func atCounterOnly(s *ticketstest.Story) bool {
	s.Helper()
	f, err := s.Desk.Look(s.Context(), s.Checker, s.Number)
	if err != nil {
		s.Fatal(err)
	}
	return len(f.Missing) == 1 && strings.HasPrefix(f.Missing[0], "Harus di loket")
}

func TestManyNumbersFromOneNetworkAreFlagged(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		from := func(network string, n int) (s *ticketstest.Story) {
			for range n {
				nip := newNIP()
				r, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: nip, Name: "X", Kind: tickets.MFA, Channel: tickets.Remote},
					audit.Actor{Kind: audit.Anonymous, Network: network})
				if err != nil {
					w.Fatal(err)
				}
				s = &ticketstest.Story{World: w, Number: r.Number, Secret: r.Secret}
			}
			w.Person(scanNIP(s), "Budi Santoso")
			exec(w, `UPDATE tickets SET person = (SELECT id FROM people WHERE people.nip = tickets.nip) WHERE number = $1`, s.Number)
			return s
		}
		if s := from("10.3.3.0", 4); flagged(s, "jaringan yang sama") {
			w.Error("an office of four is flagged")
		}
		s := from("10.4.4.0", 5)
		if !flagged(s, "5 NIP diajukan dari jaringan yang sama") {
			w.Error("five are not")
		}
		w.Clock.Advance(24 * time.Hour)
		if later := from("10.4.4.0", 1); flagged(later, "jaringan yang sama") {
			w.Error("the next day is flagged")
		}
	})
}

func scanNIP(s *ticketstest.Story) secret.NIP {
	return secret.NIP(scan[string](s.World, `SELECT nip FROM tickets WHERE number = $1`, s.Number))
}

func TestThoseWhoMayDoMoreComeToTheCounter(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		boss := w.Person(w.Supervisor.Staff.NIP, "Wayan Penyelia")
		operator := w.Person(newNIP(), "Ani Operator")
		w.Write(func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO operators (agency, unit, email, created_at) VALUES ($1, 'Dinas Pendidikan', $2, 1)`,
				ticketstest.Agency, operator.Email)
			return err
		})
		for name, p := range map[string]ticketstest.Someone{"a supervisor": boss, "an operator": operator} {
			s := w.File(p, tickets.Remote)
			s.Evidence()
			if !flagged(s, "petugas atau operator") || !atCounterOnly(s) {
				w.Errorf("%s is served from afar", name)
			}
		}
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		if flagged(s, "petugas atau operator") || atCounterOnly(s) {
			w.Error("and so must everybody else")
		}
	})
}

// Each flag of the desk, and whether it leads to the counter.
func TestEveryFlag(t *testing.T) {
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		words   string
		counter bool
		make    func(w *ticketstest.World, p ticketstest.Someone)
	}{
		"an address changed a week ago": {"email baru: belum 30 hari", false, func(w *ticketstest.World, p ticketstest.Someone) {
			exec(w, `UPDATE people SET email_since = $2 WHERE id = $1`, p.ID, w.DB.Now().Add(-8*day))
		}},
		"an address changed yesterday": {"alamat email berubah", true, func(w *ticketstest.World, p ticketstest.Someone) {
			exec(w, `UPDATE people SET email_since = $2 WHERE id = $1`, p.ID, w.DB.Now().Add(-day))
		}},
		"the second in 30 days": {"pemulihan kedua", true, func(w *ticketstest.World, p ticketstest.Someone) {
			w.File(p, tickets.Remote).To(tickets.Done)
		}},
		"disowned before": {"dilaporkan “Bukan saya”", true, func(w *ticketstest.World, p ticketstest.Someone) {
			w.File(p, tickets.Remote).To(tickets.Done)
			if _, err := w.Desk.Disown(w.Context(), w.NotMe("notice.device.added"), ticketstest.Stranger); err != nil {
				w.Fatal(err)
			}
			w.Clock.Advance(31 * day)
		}},
		"replaced alone": {"pemulihan kedua", true, func(w *ticketstest.World, p ticketstest.Someone) {
			exec(w, `UPDATE devices SET via = 'self' WHERE person = $1`, p.ID)
		}},
		"withdrawn": {"2 permohonan dibatalkan atau kedaluwarsa", false, func(w *ticketstest.World, p ticketstest.Someone) {
			w.File(p, tickets.Remote).To(tickets.Cancelled)
		}},
		"run out": {"2 permohonan dibatalkan atau kedaluwarsa", false, func(w *ticketstest.World, p ticketstest.Someone) {
			w.File(p, tickets.Remote).To(tickets.Expired)
		}},
		"refused once": {"Satu permohonan ditolak", false, func(w *ticketstest.World, p ticketstest.Someone) {
			w.File(p, tickets.Remote).To(tickets.Refused)
		}},
		"outside hours": {"di luar jam kerja", false, func(w *ticketstest.World, _ ticketstest.Someone) { w.Clock.Advance(12 * time.Hour) }},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				p := w.Person(budi, "Budi Santoso")
				before := w.File(p, tickets.Remote)
				if flagged(before, c.words) {
					w.Error("flagged without a cause")
				}
				_ = w.Desk.Withdraw(w.Context(), before.Number, before.Secret, ticketstest.Stranger)
				c.make(w, p)
				s := w.File(p, tickets.Remote)
				if !flagged(s, c.words) {
					w.Error("not flagged")
				}
				if got := atCounterOnly(s); got != c.counter {
					w.Errorf("counter only: %v", got)
				}
			})
		})
	}
}

// What was refused stays refused, of whom and of what it was: no verb of one
// agent's on the reopened request moves it (impostor 21).
func TestARefusalStaysWhereItWas_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p, bystander := w.Person(budi, "Budi Santoso"), w.Person(dewi, "Dewi Lestari")
		for name, hide := range map[string]func(s *ticketstest.Story) error{
			"another kind": func(s *ticketstest.Story) error {
				return second(w.Desk.Reclassify(w.Context(), w.Checker, s.Number, s.Version(), tickets.Other))
			},
			"another person": func(s *ticketstest.Story) error {
				return second(w.Desk.Identify(w.Context(), w.Checker, s.Number, s.Version(), bystander.NIP))
			},
		} {
			s := w.File(p, tickets.Remote).To(tickets.Refused)
			if _, err := w.Desk.Reopen(w.Context(), w.Checker, s.Number, s.Version(), "Bukti baru."); err != nil {
				w.Fatal(err)
			}
			if err := hide(s); err != nil {
				w.Fatal(name, ": ", err)
			}
		}
		later := w.File(p, tickets.Remote)
		later.Evidence()
		if !flagged(later, "dua permohonan ditolak") || !atCounterOnly(later) {
			w.Error("two refusals are forgotten")
		}
		if other := w.File(bystander, tickets.Remote); flagged(other, "ditolak dalam 30 hari") {
			w.Error("somebody else has been refused now")
		}
	})
}

// A merged, identified or reclassified request takes its refusal from nobody
// else either: what ends later counts for whom it is about then.
func TestARefusalCountsForWhomItIsAbout_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		typed, meant := w.Person(budi, "Budi Santoso"), w.Person(dewi, "Dewi Lestari")
		s := w.FileKind(typed, tickets.Other, tickets.Remote)
		if _, err := w.Desk.Identify(w.Context(), w.Checker, s.Number, s.Version(), meant.NIP); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Reclassify(w.Context(), w.Checker, s.Number, s.Version(), tickets.MFA); err != nil {
			w.Fatal(err)
		}
		s.To(tickets.Refused)
		for p, want := range map[*ticketstest.Someone]bool{&typed: false, &meant: true} {
			if got := flagged(w.File(*p, tickets.Remote), "Satu permohonan ditolak"); got != want {
				w.Errorf("%s: %v", p.Name, got)
			}
		}
	})
}
