package tickets_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

const putSetting = `INSERT INTO settings (agency, name, version, value, from_at, made_at, made_by, made_name, second_by, second_name)
	VALUES ($1, $2, $3, $4, $5, $5, 'a', 'A', 'b', 'B')`

func put(w *ticketstest.World, agency string, name tickets.SettingName, version int64, value any) {
	w.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		w.Fatal(err)
	}
	exec(w, putSetting, agency, name, version, string(text), w.DB.Now())
}

func reckon(s *ticketstest.Story) tickets.Reckoning {
	s.Helper()
	k, err := s.Desk.Reckon(s.Context(), s.Supervisor, s.Number)
	if err != nil {
		s.Fatal(err)
	}
	return k
}

func TestTheTargetStandsStillWhileWaiting(t *testing.T) {
	each(t, func(w *ticketstest.World) { // Monday, 10.00; a day is 7.5 hours
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		if got := s.Status().Promise.At; got != local(t, "2026-11-24 10.00") {
			w.Error("at first: ", got.Short(db.WITA))
		}
		w.Clock.Advance(2 * time.Hour) // 12.00: two hours spent
		s.To(tickets.Waiting)
		w.Clock.Advance(48 * time.Hour)
		if k := reckon(s); k.Used != 2*time.Hour || k.Since != 0 {
			w.Error("while waiting: ", k.Used, k.Since)
		}
		if err := s.Desk.Reply(w.Context(), s.Number, s.Secret, "Kemarin.", ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		if got := s.Status().Promise.At; got != local(t, "2026-11-26 10.00") { // Wednesday 12.00, 5.5 hours left
			w.Error("after the reply: ", got.Short(db.WITA))
		}
	})
}

func TestAnotherCalendarMovesWhatIsOpen(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		done := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote).To(tickets.Refused)
		was := reckon(done).Due
		put(w, "Kabupaten Lain", tickets.CalendarSetting, 1, form(decree))
		w.Tick()
		if got := s.Status().Promise.At; got != local(t, "2026-11-24 10.00") {
			w.Error("another agency's calendar moved it: ", got.Short(db.WITA))
		}
		put(w, ticketstest.Agency, tickets.CalendarSetting, 1, form("tanggal;jenis;nama\n2026-11-24;libur;Hari jadi kabupaten\n"))
		w.Tick()
		if got := s.Status().Promise.At; got != local(t, "2026-11-25 10.00") {
			w.Error("a holiday later: ", got.Short(db.WITA))
		}
		if got := reckon(done).Due; got != was {
			w.Error("what had ended moved: ", got.Short(db.WITA))
		}
		if k := reckon(s); k.Version != 1 || len(k.Steps) != 3 || k.Steps[1].Why != "Hari jadi kabupaten" {
			w.Errorf("%+v", k)
		}
	})
}

func TestTargetsAreOfKindAndAgency(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		put(w, ticketstest.Agency, tickets.TargetSetting, 1, tickets.Targets{tickets.Other: 60})
		p := w.Person(budi, "Budi Santoso")
		mfa := w.File(p, tickets.Remote)
		other := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: p.Name, Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote})
		if got := mfa.Status().Promise.At; got != local(t, "2026-11-24 10.00") {
			w.Error("mfa: ", got.Short(db.WITA))
		}
		if got := other.Status().Promise.At; got != local(t, "2026-11-23 11.00") {
			w.Error("other: ", got.Short(db.WITA))
		}
		w.Clock.Advance(time.Minute)
		put(w, ticketstest.Agency, tickets.TargetSetting, 2, tickets.Targets{tickets.Other: 120})
		if k := reckon(other); k.Target != time.Hour {
			w.Error("a later target changed what was promised: ", k.Target)
		}
	})
}

// The stored timer is what a rebuild from ticket_events says, whatever
// happened to the ticket and at whatever hour.
func TestTheStoredTimerIsTheRebuiltOne(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		random := rand.New(rand.NewPCG(9, 10))
		p := w.Person(budi, "Budi Santoso")
		for range 12 {
			s := w.File(p, tickets.Remote)
			for range random.IntN(8) {
				w.Clock.Advance(time.Duration(random.Int64N(int64(20 * time.Hour))))
				anything(s, random)
				w.Tick()
			}
			k := reckon(s)
			stored := storedTimer(s)
			office := tickets.Office(db.WITA)
			if stored.At(office, w.DB.Now()) != k.Used || stored.Due != k.Due || stored.Ended != k.Ended || stored.Target != k.Target {
				w.Errorf("%s: stored %+v, rebuilt %+v", s.State(), stored, k.Timer)
			}
		}
	})
}

func storedTimer(s *ticketstest.Story) (t tickets.Timer) {
	s.Helper()
	s.Write(func(ctx contextType, tx *db.Tx) error {
		return tx.Row(ctx, `SELECT m.kind, m.cycle, m.target, m.spent, m.since, m.due_at, m.ended_at FROM ticket_timers m
			JOIN tickets t ON t.id = m.ticket WHERE t.number = $1 AND t.due_at = m.due_at`, s.Number).
			Scan(&t.Kind, &t.Cycle, &t.Target, &t.Spent, &t.Since, &t.Due, &t.Ended)
	})
	t.Target, t.Spent = t.Target*time.Microsecond, t.Spent*time.Microsecond
	return t
}

// A ticket whose timer cannot be computed is told of, and the others are
// counted all the same.
func TestABadTicketHoldsUpNoOther(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		bad, good := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote), w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		exec(w, `UPDATE tickets SET agency = 'Rusak' WHERE number = $1`, bad.Number)
		exec(w, `UPDATE ticket_timers SET agency = 'Rusak' WHERE ticket = (SELECT id FROM tickets WHERE number = $1)`, bad.Number)
		put(w, "Rusak", tickets.CalendarSetting, 1, "no calendar")
		put(w, ticketstest.Agency, tickets.CalendarSetting, 1, form("tanggal;jenis;nama\n2026-11-24;libur;Hari jadi kabupaten\n"))
		if err := w.Desk.Tick(w.Context()); err == nil {
			w.Error("nobody hears of it")
		}
		if got := good.Status().Promise.At; got != local(t, "2026-11-25 10.00") || storedTimer(good).Due != got {
			w.Error("the good one waits for the bad one: ", got.Short(db.WITA))
		}
	})
}

// A new calendar is followed while people work: no step of theirs is lost
// (law 4).
func TestRecountingLosesNoStep_law4(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for version := range int64(8) {
			w.Clock.Advance(time.Hour)
			put(w, ticketstest.Agency, tickets.CalendarSetting, version+1, tickets.OfficeForm(db.WITA))
			exec(w, `UPDATE ticket_timers SET calendar = -1`)
			at(w, 12, func(i int) error {
				if i != 5 {
					return w.Desk.Tick(w.Context())
				}
				return askOrReply(s)
			}, tickets.ErrChanged, tickets.ErrState)
			if got, k := storedTimer(s), reckon(s); got.Since != k.Since || got.Spent != k.Spent || got.Due != k.Due {
				w.Errorf("stored %+v, rebuilt %+v", got, k.Timer)
			}
		}
	})
}

func askOrReply(s *ticketstest.Story) error {
	if s.State() == tickets.Open {
		_, err := s.Desk.Ask(s.Context(), s.Checker, s.Number, s.Version(), "Kapan?")
		return err
	}
	return s.Desk.Reply(s.Context(), s.Number, s.Secret, "Kemarin.", ticketstest.Stranger)
}

// anything does what may come next, whether or not it may.
func anything(s *ticketstest.Story, random *rand.Rand) {
	ctx, by, v := s.Context(), s.Checker, s.Version()
	switch random.IntN(6) {
	case 0:
		_, _ = s.Desk.Claim(ctx, by, s.Number, v)
	case 1, 2:
		_, _ = s.Desk.Ask(ctx, by, s.Number, v, "Kapan?")
	case 3, 4:
		_ = s.Desk.Reply(ctx, s.Number, s.Secret, "Kemarin.", ticketstest.Stranger)
	case 5:
		_, _ = s.Desk.Refuse(ctx, by, s.Number, v, tickets.LacksProof)
	}
}
