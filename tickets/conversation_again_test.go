package tickets_test

import (
	"testing"

	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Who got no answer presses the button again: his message is there once. What
// he says after an answer is new, though it says the same.
func TestAMessageSentAgainIsThereOnce(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		say := func(text string, want int) {
			w.Helper()
			if err := w.Desk.Reply(w.Context(), s.Number, s.Secret, text, ticketstest.Stranger); err != nil {
				w.Fatal(err)
			}
			if got := len(s.Status().Messages); got != want {
				w.Errorf("%d messages after %q, not %d", got, text, want)
			}
		}
		say("Mohon dibantu.", 1)
		say(" Mohon dibantu.\n", 1)
		say("Sudah dua hari.", 2)
		say("Mohon dibantu.", 3)
		if _, err := w.Desk.Claim(w.Context(), w.Checker, s.Number, s.Version()); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Ask(w.Context(), w.Checker, s.Number, s.Version(), "Kapan hilangnya?"); err != nil {
			w.Fatal(err)
		}
		say("Mohon dibantu.", 5)
	})
}
