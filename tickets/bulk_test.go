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
		if err != nil || len(waiting) != 2 || waiting[1].People != 21 || waiting[1].ProposedBy != w.Other.Staff.ID {
			w.Fatalf("%+v %v", waiting, err)
		}
		if n, err := w.Desk.BulkWaiting(w.Context(), w.Checker); n != 2 || err != nil {
			w.Error(n, err)
		}
		w.Prove(w.Checker)
		done, err = w.Desk.ConfirmBulk(w.Context(), w.Checker, waiting[1].ID)
		if err != nil || len(done.Done) != 21 {
			w.Fatal(done, err)
		}
		f, err := w.Desk.Look(w.Context(), w.Checker, numbers[30])
		if err != nil || f.State != tickets.Waiting || f.Messages[len(f.Messages)-1].Author != "Tono" {
			w.Errorf("%+v %v", f.Messages, err)
		}
		w.Prove(w.Checker)
		if _, err := w.Desk.ConfirmBulk(w.Context(), w.Checker, waiting[1].ID); !errors.Is(err, accounts.ErrNoProposal) {
			w.Error("twice: ", err)
		}
		if err := w.Desk.DropBulk(w.Context(), w.Other, waiting[0].ID); err != nil {
			w.Error(err)
		}
		for action, n := range map[string]int{"bulk.send": 2, "proposal.make": 2, "proposal.confirm": 1, "proposal.end": 1} {
			if got := scan[int](w, `SELECT count(*) FROM audit_events WHERE action = $1`, action); got != n {
				w.Errorf("%d × %s", got, action)
			}
		}
	})
}

// proposed is a bulk reply of w.Other to n people, which waits.
func proposed(w *ticketstest.World, n int) (tickets.BulkReply, []string) {
	w.Helper()
	numbers := questions(w, n)
	if done, err := w.Desk.ReplyMany(w.Context(), w.Other, numbers, "Portal sudah pulih."); err != nil || !done.Proposed {
		w.Fatal(done, err)
	}
	all, err := w.Desk.BulkReplies(w.Context(), w.Other)
	if err != nil || len(all) != 1 {
		w.Fatal(all, err)
	}
	return all[0], numbers
}

// The second person is another one, at another browser, with a fresh code,
// in time; and nobody sends in the name of one who has left.
func TestTheSecondPersonOfABulkReply_impostor17(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		b, numbers := proposed(w, 21)
		confirm := func(by tickets.By) error {
			_, err := w.Desk.ConfirmBulk(w.Context(), by, b.ID)
			return err
		}
		borrowed, unknown, elsewhere := w.Checker, w.Checker, w.Checker
		borrowed.Browser, unknown.Browser, elsewhere.Browser = w.Other.Browser, "", "another browser"
		for _, by := range []tickets.By{w.Other, w.Checker, w.Approver, w.Supervisor} {
			w.Prove(by)
		}
		for name, err := range map[string][2]error{
			"by himself":             {confirm(w.Other), accounts.ErrProposalOwn},
			"at his browser":         {confirm(borrowed), accounts.ErrProposalOwn},
			"at no browser":          {confirm(unknown), accounts.ErrProposalOwn},
			"by an approver":         {confirm(w.Approver), accounts.ErrProposalRole},
			"by a supervisor":        {confirm(w.Supervisor), accounts.ErrProposalRole},
			"among the settings":     {confirmSetting(w, elsewhere, b.ID), accounts.ErrNoProposal},
			"ended as a setting":     {w.Accounts.EndProposal(w.Context(), officer(w.Checker), b.ID), accounts.ErrNoProposal},
			"shown as a setting":     {readProposal(w, w.Checker, b.ID), accounts.ErrNoProposal},
			"proposed a second time": {proposeAgain(w, numbers), accounts.ErrProposalTwice},
		} {
			if !errors.Is(err[0], err[1]) {
				w.Errorf("%s: %v", name, err[0])
			}
		}
		old := scan[int64](w, `SELECT proposed_at FROM staff_proposals`)
		exec(w, `UPDATE staff_proposals SET proposed_at = $1`, old-accounts.ProposalLife.Microseconds())
		if err := confirm(w.Checker); !errors.Is(err, accounts.ErrNoProposal) {
			w.Error("after 72 hours: ", err)
		}
		exec(w, `UPDATE staff_proposals SET proposed_at = $1`, old)
		exec(w, `UPDATE staff SET disabled_at = 1 WHERE id = $1`, w.Other.Staff.ID)
		if err := confirm(w.Checker); !errors.Is(err, accounts.ErrProposalOld) {
			w.Error("of one who has left: ", err)
		}
		exec(w, `UPDATE staff SET disabled_at = 0 WHERE id = $1`, w.Other.Staff.ID)
		if stateOf(w, numbers[0]) != tickets.Open {
			w.Fatal("it was sent")
		}
		if err := confirm(w.Checker); err != nil {
			w.Error("with the code that nothing spent: ", err)
		}
	})
}

func TestABulkReplyTakesAFreshCode_impostor17(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		b, numbers := proposed(w, 21)
		if _, err := w.Desk.ConfirmBulk(w.Context(), w.Checker, b.ID); !errors.Is(err, accounts.ErrNoProof) || stateOf(w, numbers[0]) != tickets.Open {
			w.Error(err)
		}
	})
}

// Each history names who did it, from where; both have had a hand in it.
func TestBothOfABulkReplyContributed_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		b, numbers := proposed(w, 21)
		w.Prove(w.Checker)
		if _, err := w.Desk.ConfirmBulk(w.Context(), w.Checker, b.ID); err != nil {
			w.Fatal(err)
		}
		const last = `FROM ticket_events e JOIN tickets t ON t.id = e.ticket WHERE t.number = $1 AND e.verb = 'ask'`
		line := scan[string](w, `SELECT e.actor || ' ' || e.browser || ' ' || e.note `+last, numbers[7])
		if want := w.Checker.Staff.ID + " " + w.Checker.Browser + " Balasan massal dari Tono"; line != want {
			w.Errorf("%q, want %q", line, want)
		}
		if got := scan[string](w, `SELECT actor FROM audit_events WHERE action = 'ticket.ask' LIMIT 1`); got != w.Checker.Staff.ID {
			w.Error("the audit log names ", got)
		}
		if got := scan[string](w, `SELECT owner FROM tickets WHERE number = $1`, numbers[7]); got != w.Other.Staff.ID {
			w.Error("the author does not hold it: ", got)
		}
	})
}

// An author and his second person both stay away from the approval.
func TestNeitherOfABulkReplyApproves_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		both := w.Staff("198001012005011009", "Lina", accounts.Agent, accounts.Approver)
		second := w.Staff("198001012005011010", "Mira", accounts.Agent, accounts.Approver)
		numbers := append(questions(w, 20), s.Number)
		if done, err := w.Desk.ReplyMany(w.Context(), both, numbers, "Kirim foto KTP."); err != nil || !done.Proposed {
			w.Fatal(done, err)
		}
		all, err := w.Desk.BulkReplies(w.Context(), second)
		if err != nil || len(all) != 1 {
			w.Fatal(all, err)
		}
		w.Prove(second)
		if done, err := w.Desk.ConfirmBulk(w.Context(), second, all[0].ID); err != nil || len(done.Done) != 21 {
			w.Fatal(done, err)
		}
		if _, err := w.Desk.Release(w.Context(), both, s.Number, s.Version()); err != nil {
			w.Fatal(err)
		}
		if err := s.Desk.Reply(w.Context(), s.Number, s.Secret, "Ini fotonya", ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		s.To(tickets.Checked)
		for _, by := range []tickets.By{both, second} {
			w.Prove(by)
			if _, err := w.Desk.Approve(w.Context(), by, s.Number, s.Version(), tickets.ApproveForm{}); !errors.Is(err, tickets.ErrTwoPeople) {
				w.Errorf("%s: %v", by.Staff.Name, err)
			}
		}
	})
}

// Whoever does not see one of the requests sees nothing of the reply.
func TestABulkReplyIsSeenWhereEachRequestIs_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		subject := w.Staff("198609262015051100", "Petugas Pemohon", accounts.Agent) // of the first request
		b, numbers := proposed(w, 21)
		exec(w, `UPDATE tickets SET home_unit = 'RSUD Contoh'`)
		exec(w, `UPDATE tickets SET home_unit = 'Dinas Lain' WHERE number = $1`, numbers[20])
		narrow, far := w.Checker, w.Checker
		narrow.Staff.Units = []string{"RSUD Contoh", "RSUD Lain"}
		far.Staff.Agency = "BKPSDM Kota Lain"
		wide := w.Checker
		wide.Staff.Units = []string{"RSUD Contoh", "Dinas Lain"}
		for name, by := range map[string]tickets.By{"another unit": narrow, "another agency": far, "about himself": subject} {
			w.Prove(by)
			all, err := w.Desk.BulkReplies(w.Context(), by)
			n, _ := w.Desk.BulkWaiting(w.Context(), by)
			_, read := w.Desk.BulkReply(w.Context(), by, b.ID)
			_, confirm := w.Desk.ConfirmBulk(w.Context(), by, b.ID)
			if drop := w.Desk.DropBulk(w.Context(), by, b.ID); len(all) != 0 || err != nil || n != 0 || !errors.Is(read, accounts.ErrNoProposal) ||
				!errors.Is(confirm, accounts.ErrNoProposal) || !errors.Is(drop, accounts.ErrNoProposal) {
				w.Errorf("%s: %d %v %d %v %v %v", name, len(all), err, n, read, confirm, drop)
			}
		}
		if _, err := w.Desk.ReplyMany(w.Context(), subject, numbers, "Halo"); !errors.Is(err, tickets.ErrOneself) {
			w.Error("to himself: ", err)
		}
		if all, err := w.Desk.BulkReplies(w.Context(), wide); len(all) != 1 || err != nil {
			w.Error("all units: ", all, err)
		}
	})
}

func confirmSetting(w *ticketstest.World, by tickets.By, id string) error {
	_, err := w.Desk.ConfirmProposal(w.Context(), by, id)
	return err
}

func readProposal(w *ticketstest.World, by tickets.By, id string) error {
	_, err := w.Accounts.ProposalByID(w.Context(), officer(by), id)
	return err
}

func proposeAgain(w *ticketstest.World, numbers []string) error {
	_, err := w.Desk.ReplyMany(w.Context(), w.Other, numbers, "Portal sudah pulih.")
	return err
}

func officer(by tickets.By) accounts.Officer {
	return accounts.Officer{Staff: by.Staff, Browser: by.Browser, Actor: by.Actor}
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
