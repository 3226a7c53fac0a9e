package tickets_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// questions files n requests of n people.
func questions(w *ticketstest.World, n int) (numbers []string) {
	w.Helper()
	for i := range n {
		nip := secret.NIP(fmt.Sprintf("198609262015051%03d", 100+i))
		numbers = append(numbers, w.FileAs(ticketstest.Someone{}, tickets.Filing{NIP: nip, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote}).Number)
	}
	return numbers
}

func stateOf(w *ticketstest.World, number string) tickets.State {
	w.Helper()
	f, err := w.Desk.Look(w.Context(), w.Supervisor, number)
	if err != nil {
		w.Fatal(err)
	}
	return f.State
}

// Each of many goes through the gate of its own: what one may not, bulk may not.
func TestManyAreClaimedByTheSameRules(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		numbers := questions(w, 3)
		if _, err := w.Desk.Claim(w.Context(), w.Other, numbers[1], 1); err != nil {
			w.Fatal(err)
		}
		own := w.File(w.Person(w.Checker.Staff.NIP, "Rina"), tickets.Remote).Number
		done, err := w.Desk.ClaimMany(w.Context(), w.Checker, append(numbers, numbers[0], own, "PUL-0000-0000"))
		if err != nil || !slices.Equal(done.Done, inOrder(numbers[0], numbers[2])) || len(done.Not) != 3 {
			w.Errorf("%+v %v", done, err)
		}
		for _, not := range done.Not {
			if want := map[string]string{numbers[1]: tickets.ErrTaken.Text, own: tickets.ErrOneself.Text}[not.Number]; want != "" && not.Why != want {
				w.Errorf("%+v", not)
			}
		}
		if done, err := w.Desk.ClaimMany(w.Context(), w.Approver, numbers); err != nil || len(done.Done) != 0 {
			w.Error("an approver claims: ", done, err)
		}
		for _, wrong := range [][]string{nil, make([]string, 0), strings.Fields(strings.Repeat("x ", 1)), manyNumbers(51)} {
			if done, err := w.Desk.ClaimMany(w.Context(), w.Checker, wrong); err == nil && len(done.Done) != 0 || len(wrong) != 1 && !errors.Is(err, tickets.ErrBulk) {
				w.Errorf("%d numbers: %+v %v", len(wrong), done, err)
			}
		}
	})
}

func inOrder(all ...string) []string { slices.Sort(all); return all }

func manyNumbers(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprint(i))
	}
	return all
}

// Twenty people of a day by oneself; not one more, whether at once or in parts.
func TestABulkReplyToMoreThanTwentyTakesTwo_impostor24(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		numbers := questions(w, 41)
		done, err := w.Desk.ReplyMany(w.Context(), w.Checker, numbers[:20], "Portal sudah pulih. Apakah Anda sudah bisa masuk?")
		if err != nil || done.Proposed || len(done.Done) != 20 || stateOf(w, numbers[0]) != tickets.Waiting {
			w.Fatal(len(done.Done), done.Proposed, err)
		}
		if done, err = w.Desk.ReplyMany(w.Context(), w.Checker, numbers[20:21], "Satu lagi"); err != nil || !done.Proposed {
			w.Fatal("the twenty-first: ", done, err)
		}
		if done, err = w.Desk.ReplyMany(w.Context(), w.Other, numbers[20:], "Portal sudah pulih."); err != nil || !done.Proposed || stateOf(w, numbers[20]) != tickets.Open {
			w.Fatal("twenty-one at once: ", done, err)
		}
		waiting, err := w.Desk.BulkReplies(w.Context(), w.Checker)
		if err != nil || len(waiting) != 2 || waiting[1].People != 21 || waiting[1].Own || !waiting[0].Own {
			w.Fatalf("%+v %v", waiting, err)
		}
		if _, err := w.Desk.ConfirmBulk(w.Context(), w.Other, waiting[1].ID); !errors.Is(err, tickets.ErrBulkOwn) {
			w.Error("by himself: ", err)
		}
		done, err = w.Desk.ConfirmBulk(w.Context(), w.Checker, waiting[1].ID)
		if err != nil || len(done.Done) != 21 {
			w.Fatal(done, err)
		}
		f, err := w.Desk.Look(w.Context(), w.Checker, numbers[30])
		if err != nil || f.State != tickets.Waiting || f.Messages[len(f.Messages)-1].Author != "Tono" {
			w.Errorf("%+v %v", f.Messages, err)
		}
		if _, err := w.Desk.ConfirmBulk(w.Context(), w.Checker, waiting[1].ID); !errors.Is(err, tickets.ErrNoBulk) {
			w.Error("twice: ", err)
		}
		if err := w.Desk.DropBulk(w.Context(), w.Other, waiting[0].ID); err != nil {
			w.Error(err)
		}
		for action, n := range map[string]int{"bulk.propose": 3, "bulk.send": 2, "bulk.drop": 1} {
			if got := scan[int](w, `SELECT count(*) FROM audit_events WHERE action = $1`, action); got != n {
				w.Errorf("%d × %s", got, action)
			}
		}
	})
}

func TestABulkReplyIsAsCarefulAsAnother_impostor24(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		numbers := questions(w, 2)
		for text, want := range map[string]error{"Buka evil.com": tickets.ErrLink, " ": tickets.ErrMissing, strings.Repeat("x", 4001): tickets.ErrMissing} {
			if _, err := w.Desk.ReplyMany(w.Context(), w.Checker, numbers, text); !errors.Is(err, want) {
				w.Errorf("%.20q: %v", text, err)
			}
		}
		far := w.Staff("198001012005011009", "Lina", accounts.Agent)
		far.Staff.Agency = "BKPSDM Kota Lain"
		if _, err := w.Desk.ReplyMany(w.Context(), far, numbers, "Halo"); !errors.Is(err, tickets.ErrNoTicket) {
			w.Error("another agency's: ", err)
		}
		if done, err := w.Desk.ReplyMany(w.Context(), w.Approver, numbers, "Halo"); err != nil || len(done.Done) != 0 {
			w.Error("an approver asks: ", done, err)
		}
	})
}

// Other requests of the same NIP are told of, and lead to their pages from
// the check on.
func TestEarlierRequestsShowNothingOfTheRecord_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Bambang Sulaksono")
		old := w.File(p, tickets.Counter).To(tickets.Done)
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Pak Bams", Kind: tickets.MFA, Channel: tickets.Counter, By: &w.Other})
		look := func() []tickets.Earlier {
			f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
			if err != nil {
				w.Fatal(err)
			}
			return f.Earlier
		}
		if got := look(); len(got) != 1 || got[0].Number != "" || got[0].State != tickets.Done || got[0].Kind != tickets.MFA {
			w.Errorf("before the check: %+v", got)
		}
		s.To(tickets.Checked)
		if got := look(); len(got) != 1 || got[0].Number != old.Number {
			w.Errorf("after it: %+v", got)
		}
	})
}
