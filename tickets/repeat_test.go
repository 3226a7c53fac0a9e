package tickets_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Each message of an agent is a mail, and a warning among many is not read.
func TestNobodyIsWrittenToWithoutEnd_impostor3(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for i := range 6 {
			_, err := w.Desk.Ask(w.Context(), w.Checker, s.Number, s.Version(), fmt.Sprint("Pertanyaan ", strings.Repeat("x", i+1)))
			if refused := errors.Is(err, tickets.ErrUnanswered); refused != (i == 5) || err != nil && !refused {
				w.Errorf("message %d: %v", i+1, err)
			}
		}
		if err := w.Desk.Reply(w.Context(), s.Number, s.Secret, "Sejak kemarin", ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Ask(w.Context(), w.Checker, s.Number, s.Version(), "Terima kasih. Apa lagi?"); err != nil {
			w.Error("after an answer: ", err)
		}
	})
}

// Who enters a person at the counter sees whether his number has other
// requests: guesses at a masked number are filings (impostor 22).
func TestAnAgentEntersSixtyPeopleADay_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		enter := func(by tickets.By) error {
			_, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Other, Channel: tickets.Counter, By: &by}, by.Actor)
			return err
		}
		for i := range 61 {
			if err := enter(w.Checker); errors.Is(err, tickets.ErrFiled) != (i == 60) {
				w.Fatal(i, err)
			}
		}
		if err := enter(w.Other); err != nil {
			w.Error("a colleague: ", err)
		}
		w.Clock.Advance(24 * time.Hour)
		if err := enter(w.Checker); err != nil {
			w.Error("tomorrow: ", err)
		}
	})
}

// The same text to one person after the other is a bulk reply by hand: with
// other names, numbers and signs it stays the same.
func TestTheSameTextByHandStopsAtTwenty_impostor24(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		numbers := questions(w, 23)
		ask := func(n int, text string) error {
			f, err := w.Desk.Look(w.Context(), w.Checker, numbers[n])
			if err == nil {
				_, err = w.Desk.Ask(w.Context(), w.Checker, numbers[n], f.Version, text)
			}
			return err
		}
		for i := range 20 {
			if err := ask(i, fmt.Sprintf("Yth. Budi (%s): kirim KTP,  %d!", numbers[i], i)); err != nil {
				w.Fatal(i, err)
			}
		}
		for name, text := range map[string]string{"the same": "Yth. Budi: kirim KTP!", "spelled": "yth BUDI … k\u200birim ktp 99"} {
			if err := ask(20, text); !errors.Is(err, tickets.ErrSameText) {
				w.Errorf("%s: %v", name, err)
			}
		}
		if done, err := w.Desk.ReplyMany(w.Context(), w.Checker, numbers[20:21], "Yth.: kirim KTP"); err != nil || !done.Proposed {
			w.Error("in bulk: ", done, err)
		}
		if err := ask(20, "Yth. Budi, kirim SK."); err != nil {
			w.Error("another text: ", err)
		}
		if err := w.Desk.SaveReply(w.Context(), w.Supervisor, tickets.SavedReply{Title: "KTP", Text: "Yth. {nama}: kirim KTP!"}); err != nil {
			w.Fatal(err)
		}
		if err := ask(21, "Yth. Budi: kirim KTP!"); err != nil {
			w.Error("as a supervisor wrote it: ", err)
		}
		if err := ask(22, "Yth. Budi: kirim KTP! 0813 9999 6666"); !errors.Is(err, tickets.ErrSameText) {
			w.Error("as a supervisor wrote it, with a number of his own: ", err)
		}
		exec(w, `UPDATE saved_replies SET changed_by = $1`, w.Checker.Staff.ID)
		if err := ask(22, "Yth. Budi: kirim KTP!"); !errors.Is(err, tickets.ErrSameText) {
			w.Error("as he wrote it himself: ", err)
		}
		w.Clock.Advance(24 * time.Hour)
		if err := ask(22, "Yth. Budi: kirim KTP!"); err != nil {
			w.Error("the next day: ", err)
		}
	})
}
