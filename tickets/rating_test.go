package tickets_test

import (
	"errors"
	"testing"
	"time"

	"pulih/audit"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func TestARatingComesAtTheEndAndOnce(t *testing.T) {
	good := tickets.Rating{Solved: "ya", Helped: 4}
	for state, ends := range map[tickets.State]bool{tickets.Open: false, tickets.Waiting: false, tickets.Checked: false,
		tickets.Done: true, tickets.Refused: true, tickets.Expired: false, tickets.Cancelled: false} {
		each(t, func(w *ticketstest.World) {
			s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(state)
			rate := func(r tickets.Rating) error {
				return w.Desk.Rate(w.Context(), s.Number, s.Secret, r, ticketstest.Stranger)
			}
			if s.Status().CanRate != ends {
				w.Errorf("%s: asked %v", state, !ends)
			}
			for _, bad := range []tickets.Rating{{}, {Solved: "ya"}, {Solved: "mungkin", Helped: 3}, {Solved: "ya", Helped: 5}, {Solved: "ya", Helped: -1}} {
				if err := rate(bad); !errors.Is(err, tickets.ErrMissing) {
					w.Errorf("%+v: %v", bad, err)
				}
			}
			if !ends {
				if err := rate(good); !errors.Is(err, tickets.ErrState) {
					w.Errorf("%s: %v", state, err)
				}
				return
			}
			won := at(w, 4, func(int) error { return rate(good) }, tickets.ErrRated)
			if won != 1 || s.Status().CanRate || scan[int](w, `SELECT count(*) FROM ticket_ratings`) != 1 || audited(w, audit.Rated, audit.OK) != 1 {
				w.Errorf("%s: %d ratings", state, won)
			}
			if err := w.Desk.Rate(w.Context(), s.Number, "0000000000000000", good, ticketstest.Stranger); !errors.Is(err, tickets.ErrNoTicket) {
				w.Error("a wrong pair: ", err)
			}
		})
	}
}

// Nobody is asked for ever: a month after the end the questions are gone.
func TestARatingIsTakenForAMonth(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		early, late := w.finished(), w.finished()
		w.Clock.Advance(29 * 24 * time.Hour)
		w.rate(early, "ya", 4)
		w.Clock.Advance(24 * time.Hour)
		err := w.Desk.Rate(w.Context(), late.Number, late.Secret, tickets.Rating{Solved: "tidak", Helped: 1}, ticketstest.Stranger)
		if !errors.Is(err, tickets.ErrState) || late.Status().CanRate || early.Status().CanSurvey {
			w.Error("asked after a month: ", err)
		}
		if err := w.Desk.Survey(w.Context(), early.Number, early.Secret, nine[0], ticketstest.Stranger); !errors.Is(err, tickets.ErrState) {
			w.Error("a survey after a month: ", err)
		}
	})
}
