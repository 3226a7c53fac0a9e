package tickets_test

import (
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

const farAgency = "BKD Kota Lain"

// far is somebody of another agency, whose hours and targets are others.
func far(w *ticketstest.World) ticketstest.Someone {
	p := w.Person(dewi, "Dewi Lestari")
	exec(w, `UPDATE people SET agency = $2 WHERE id = $1`, p.ID, farAgency)
	p.Agency = farAgency
	short := tickets.OfficeForm(db.WIT)
	for day := range short.Week {
		if short.Week[day] != "" {
			short.Week[day] = "09.00-10.00"
		}
	}
	put(w, farAgency, tickets.CalendarSetting, 1, short)
	put(w, farAgency, tickets.TargetSetting, 1, tickets.Targets{tickets.MFA: 120, tickets.Other: 60})
	put(w, ticketstest.Agency, tickets.TargetSetting, 1, tickets.Targets{tickets.MFA: 600})
	w.Clock.Advance(time.Hour)
	return p
}

// filed are requests for a person at home, one elsewhere and nobody at all.
func filed(w *ticketstest.World, k tickets.Kind) (all [3]*ticketstest.Story) {
	home, there := w.Person(budi, "Budi Santoso"), far(w)
	for i, nip := range []secret.NIP{home.NIP, there.NIP, "198701012015051009"} {
		p := [3]ticketstest.Someone{home, there}[i]
		all[i] = w.FileAs(p, tickets.Filing{NIP: nip, Name: "Siti", Unit: "Dinas", Problem: "Tanya", Kind: k, Channel: tickets.Remote})
	}
	return all
}

// What a receipt opens is the same for a person here, one elsewhere and
// nobody, whatever each agency has set and however long one looks (law 10).
func TestThePromiseTellsNoAgency_EN08(t *testing.T) {
	for _, k := range []tickets.Kind{tickets.MFA, tickets.Other} {
		each(t, func(w *ticketstest.World) {
			all := filed(w, k)
			for _, after := range []time.Duration{0, time.Minute, 26 * time.Hour} {
				w.Clock.Advance(after)
				w.Tick()
				home := plain(all[0].Status())
				for i, s := range all {
					if got := plain(s.Status()); got != home {
						w.Errorf("%d after %s:\n%s\nand at home:\n%s", i, after, got, home)
					}
				}
			}
		})
	}
}

func TestTheSameStatementsForEveryAgency_EN03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		var costs [3]uint64
		for i, s := range filed(w, tickets.MFA) {
			before := w.DB.Statements()
			s.Status()
			costs[i] = uint64(w.DB.Statements() - before)
		}
		if costs[0] != costs[1] || costs[0] != costs[2] {
			w.Error(costs)
		}
	})
}

// From the factor on he is told what his own agency promises.
func TestWhoIsProvenSeesHisAgencysTarget(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := filed(w, tickets.MFA)[1]
		before := s.Status().Promise
		s.Factor()
		p := s.Status().Promise
		due := scan[int64](w, `SELECT due_at FROM tickets WHERE number = $1`, s.Number)
		if p.At == before.At || p.Zone.Name != "WIT" || p.At != db.Time(due) {
			w.Errorf("before %s, after %s, due %d", before, p, due)
		}
	})
}

// A reply that staff fill from a text says what the page says.
func TestASavedReplyPromisesWhatThePageDoes_EN08(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := filed(w, tickets.MFA)[1]
		by := w.Checker
		by.Staff.Agency = farAgency
		f, err := w.Desk.Look(w.Context(), by, s.Number)
		if err != nil {
			w.Fatal(err)
		}
		told := s.Status().Promise
		if got := (tickets.SavedReply{Text: "{batas}"}).Fill(f.Ticket, by, f.Promise); got != told.String() || f.DueAt == told.At {
			w.Error(got, told, f.DueAt.Long(db.WIT))
		}
	})
}
