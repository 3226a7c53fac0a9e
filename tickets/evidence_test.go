package tickets_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func checks(s *ticketstest.Story) error {
	s.Prove(s.Checker)
	_, err := s.Desk.CheckIdentity(s.Context(), s.Checker, s.Number, s.Version())
	return err
}

// exec changes a row behind the desk's back.
func exec(w *ticketstest.World, query string, args ...any) {
	w.Helper()
	w.Write(func(ctx contextType, tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

func scan[T any](w *ticketstest.World, query string, args ...any) (value T) {
	w.Helper()
	w.Write(func(ctx contextType, tx *db.Tx) error { return tx.Row(ctx, query, args...).Scan(&value) })
	return value
}

func TestTooLittleEvidenceIsRefused_impostor8(t *testing.T) {
	sets := map[string]func(*ticketstest.Story){
		"nothing at all":                      func(*ticketstest.Story) {},
		"a factor alone":                      func(s *ticketstest.Story) { s.Factor() },
		"a card alone":                        func(s *ticketstest.Story) { s.Proof(tickets.KTP) },
		"two cards":                           func(s *ticketstest.Story) { s.Proof(tickets.KTP, tickets.Karpeg); s.Call(s.Checker) },
		"two decrees":                         func(s *ticketstest.Story) { s.Proof(tickets.SKCPNS, tickets.SKPNS); s.Call(s.Checker) },
		"card and decree without a call":      func(s *ticketstest.Story) { s.Proof(tickets.KTP, tickets.SKPNS) },
		"a call by somebody else":             func(s *ticketstest.Story) { s.Proof(tickets.KTP, tickets.SKPNS); s.Call(s.Checker); handOver(s) },
		"a factor and a document that is not": func(s *ticketstest.Story) { s.Factor(); wrong(s, tickets.KTP) },
		"a call whose code was never typed": func(s *ticketstest.Story) {
			s.Proof(tickets.KTP, tickets.SKPNS)
			if _, err := s.Desk.CallCode(s.Context(), s.Checker, s.Number, s.Version(), string(s.Subject.Phone)); err != nil {
				s.Fatal(err)
			}
		},
	}
	each(t, func(w *ticketstest.World) {
		n := 0
		for name, gather := range sets {
			n++
			s := w.File(w.Person(secret.NIP(fmt.Sprintf("19860926201505%d%03d", 1, n)), "Budi Santoso"), tickets.Remote)
			gather(s)
			if err := checks(s); !errors.Is(err, tickets.ErrEvidence) {
				w.Errorf("%s: %v", name, err)
			}
		}
	})
}

// handOver makes somebody else the checker: rule 1 wants the checker's own call.
func handOver(s *ticketstest.Story) {
	s.Helper()
	if _, err := s.Desk.Release(s.Context(), s.Checker, s.Number, s.Version()); err != nil {
		s.Fatal(err)
	}
	s.Checker = s.Other
}

// wrong adds a document whose name is somebody else's.
func wrong(s *ticketstest.Story, k tickets.ProofKind) (tickets.Proof, error) {
	s.Helper()
	f := s.Form(k)
	f.Typed["nama"] = "Orang Lain"
	return s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f)
}

func TestTheCounterWantsTwoOriginals_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter)
		s.Factor()
		s.Proof(tickets.KTP)
		if err := checks(s); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("one original: ", err)
		}
		f := s.Form(tickets.SKPNS)
		f.How = tickets.Video
		if _, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); !errors.Is(err, tickets.ErrChannel) {
			w.Error("a video at the counter: ", err)
		}
		s.Proof(tickets.SKPNS)
		if err := checks(s); err != nil {
			w.Error(err)
		}
	})
}

func TestAnOriginalIsNotSeenRemotely_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		f := s.Form(tickets.KTP)
		f.How = tickets.Seen
		if _, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); !errors.Is(err, tickets.ErrChannel) {
			w.Error(err)
		}
	})
}

func TestOnlyTheNumberOnFileIsCalledBack_impostor1(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.File(p, tickets.Remote)
		for _, typed := range []string{"0811111111", "", "0", "62"} { // the ticket's own number first
			if call, err := s.Desk.CallCode(s.Context(), s.Checker, s.Number, s.Version(), typed); call.Match {
				w.Errorf("%q: %v %v", typed, call, err)
			}
		}
		s = w.File(p, tickets.Remote)
		exec(w, `UPDATE people SET phone_since = $1`, w.DB.Now().Add(-29*24*time.Hour))
		if call, _ := s.Desk.CallCode(s.Context(), s.Checker, s.Number, s.Version(), string(p.Phone)); call.Match {
			w.Error("a number of 29 days")
		}
		exec(w, `UPDATE people SET phone_since = $1`, w.DB.Now().Add(-accounts.Old))
		if call, err := s.Desk.CallCode(s.Context(), s.Checker, s.Number, s.Version(), "+62 812-3456-7890"); !call.Match {
			w.Error("the right number, as SIASN writes it: ", err)
		}
	})
}

func TestTheCodeOfACallRunsOut(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		call := func() tickets.CallCode {
			c, err := s.Desk.CallCode(s.Context(), s.Checker, s.Number, s.Version(), string(s.Subject.Phone))
			if err != nil || !c.Match {
				w.Fatal(c, err)
			}
			return c
		}
		enter := func(c secret.Code) (bool, error) {
			return s.Desk.EnterCallCode(s.Context(), s.Number, s.Secret, c, ticketstest.Stranger)
		}
		old := call()
		fresh := call()
		if ok, _ := enter(old.Code); ok {
			w.Error("the code of the earlier call")
		}
		for range 4 {
			_, _ = enter("000000")
		}
		if ok, err := enter(fresh.Code); ok || !errors.Is(err, tickets.ErrProof) {
			w.Error("after five wrong ones: ", ok, err)
		}
		late := call()
		w.Clock.Advance(15 * time.Minute)
		if ok, err := enter(late.Code); ok || !errors.Is(err, tickets.ErrProof) {
			w.Error("after a quarter of an hour: ", ok, err)
		}
	})
}

func TestNoReferenceValueBeforeTheCheck_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "I Gede Budi Santoso Wirawan")
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Unit: "Dinas P", Phone: "0811", Kind: tickets.MFA, Channel: tickets.Remote})
		s.Subject.Name = p.Name
		s.Factor()
		s.Proof(tickets.KTP)
		s.Call(s.Checker)
		s.Checker.Staff.Roles = append(s.Checker.Staff.Roles, accounts.Supervisor)
		look := func() string {
			f, err := w.Desk.Look(w.Context(), s.Checker, s.Number)
			if err != nil {
				w.Fatal(err)
			}
			page, err := w.Desk.Queue(w.Context(), s.Checker, tickets.List{View: tickets.Mine})
			if err != nil || len(page.Rows) != 1 {
				w.Fatal(page, err)
			}
			return reveal(f) + reveal(page)
		}
		record := []string{string(p.Email), string(p.Phone), "81234567890", string(p.NIP), "19860926", "1986-09-26", p.Name, p.Unit}
		for _, value := range record {
			if strings.Contains(look(), value) {
				w.Errorf("%q before the check", value)
			}
		}
		s.Check()
		if seen := look(); !strings.Contains(seen, string(p.NIP)) || !strings.Contains(seen, p.Name) {
			w.Error("and after it not even name and NIP")
		}
	})
}

func TestThreeWrongForEachItem_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for left := 2; left >= 0; left-- {
			if got, err := wrong(s, tickets.KTP); err != nil || got.Result != tickets.NoMatch || got.Left != left {
				w.Fatal(got, err)
			}
		}
		if _, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), s.Form(tickets.KTP)); !errors.Is(err, tickets.ErrSpent) {
			w.Error("the right one after three wrong ones: ", err)
		}
		s.Proof(tickets.Karpeg) // another item is open
	})
}

func TestTenWrongADayForAPerson_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		for range 3 {
			s := w.File(p, tickets.Remote)
			for range 3 {
				_, _ = wrong(s, tickets.KTP)
			}
		}
		s := w.File(p, tickets.Remote)
		if got, err := wrong(s, tickets.KTP); err != nil || got.Result != tickets.NoMatch {
			w.Fatal("the tenth: ", got, err)
		}
		if _, err := wrong(s, tickets.SKPNS); !errors.Is(err, tickets.ErrSpent) {
			w.Error("the eleventh: ", err)
		}
		counter := w.File(p, tickets.Counter)
		counter.Proof(tickets.KTP) // the counter stays open
		w.Clock.Advance(24 * time.Hour)
		s.Proof(tickets.SKPNS)
	})
}

func TestThirtyWrongADayForAnAgent_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		var s *ticketstest.Story
		for n := range 10 {
			s = w.File(w.Person(secret.NIP(fmt.Sprintf("19860926201505%d%03d", 1, n+1)), "Budi Santoso"), tickets.Remote)
			for range 3 {
				if got, err := wrong(s, tickets.KTP); err != nil || got.Result != tickets.NoMatch {
					w.Fatal(got, err)
				}
			}
		}
		if _, err := wrong(s, tickets.Karpeg); !errors.Is(err, tickets.ErrSpent) {
			w.Error("the 31st: ", err)
		}
		handOver(s)
		s.Proof(tickets.Karpeg)
	})
}

// One paper typed twice would be two originals; trying it out is a wrong try,
// so that nobody learns the number of a colleague's entry by asking.
func TestOnePaperIsNotTwoOriginals_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter)
		s.Proof(tickets.KTP)
		f := s.Form(tickets.SKPNS)
		f.Typed["nomor"] = strings.ToUpper(s.Form(tickets.KTP).Typed["nomor"]) + " "
		got, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f)
		if err != nil || got.Result != tickets.NoMatch || !got.Twice || got.Left != 2 {
			w.Errorf("the card's number on a decree: %+v %v", got, err)
		}
		if err := checks(s); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("one paper, typed as two: ", err)
		}
		s.Proof(tickets.SKPNS)
		if err := checks(s); err != nil {
			w.Error("two papers: ", err)
		}
	})
}

// A digit that only looks like one is another number, which would pass for
// another paper; and a paper that has matched has one number, not several.
func TestAPaperHasOneNumberInPlainLetters_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter)
		s.Proof(tickets.KTP)
		f := s.Form(tickets.SKPNS)
		for _, number := range []string{"７２０１123", "72٠1123", "7201123𝟕", "72О1123" /* Cyrillic */} {
			f.Typed["nomor"] = number
			if _, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); !errors.Is(err, tickets.ErrUnreadable) {
				w.Errorf("%s: %v", number, err)
			}
		}
		again := s.Form(tickets.KTP)
		again.Typed["nomor"] = "99999999"
		if _, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), again); !errors.Is(err, tickets.ErrMatched) {
			w.Error("a second number of the card: ", err)
		}
	})
}

func TestNobodyIsKnownByHisTitles(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Drs. H. Budi Santoso, M.Si.")
		for typed, want := range map[string]tickets.Result{"BUDI SANTOSO": tickets.Match, "budi  santoso, s.pd": tickets.Match,
			"Dr. Budi Santoso": tickets.Match, "Budi": tickets.NoMatch, "Santoso Budi": tickets.NoMatch, ".": tickets.NoMatch} {
			s := w.File(p, tickets.Remote)
			f := s.Form(tickets.KTP)
			f.Typed["nama"] = typed
			if got, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); err != nil || got.Result != want {
				w.Errorf("%q: %v %v", typed, got.Result, err)
			}
		}
		s := w.File(p, tickets.Remote)
		f := s.Form(tickets.KTP)
		f.Typed["lahir"] = "27/09/1986"
		if got, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); got.Result != tickets.NoMatch {
			w.Error(got, err)
		}
		f.Typed["lahir"] = "26/09/1986"
		if got, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); got.Result != tickets.Match {
			w.Error(got, err)
		}
		delete(f.Typed, "nomor")
		if _, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), f); !errors.Is(err, tickets.ErrMissing) {
			w.Error("without a number: ", err)
		}
	})
}
