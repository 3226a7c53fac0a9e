package accounts

import (
	"testing"

	"pulih/secret"
)

type alikeCase struct {
	nip   secret.NIP
	email secret.Email
}

// alike are the five cases that no answer may tell apart (EN-01): what is
// typed, and what is so.
func alike(w *world) map[string]alikeCase {
	closed := w.add("199001012015051003", "tutup@example.go.id")
	w.exec(`UPDATE accounts SET disabled_at = 1 WHERE person = $1`, closed.ID)
	w.add("198812032024212015", "")
	return map[string]alikeCase{
		"match":            {sariNIP, sariEmail},
		"another address":  {sariNIP, "lain@example.go.id"},
		"unknown number":   {"198609262015052009", sariEmail},
		"no address":       {"198812032024212015", "lain@example.go.id"},
		"a closed account": {"199001012015051003", "tutup@example.go.id"},
	}
}

// Up to the right code the same statements run for everybody and in every
// flow (EN-03).
func TestTheSameStatementsForEverybody_EN03(t *testing.T) {
	w := oneWorld(t)
	cases := alike(w)
	newcomer(w)
	cases["never activated"] = alikeCase{budiNIP, budiEmail}
	counts := map[int64][]string{}
	for _, purpose := range []ResetPurpose{ForPassword, ForActivation, ForUnlock} {
		for name, typed := range cases {
			before := w.d.Statements()
			browser, err := w.StartReset(w.ctx, purpose, typed.nip, somebody)
			if err != nil {
				t.Fatal(err)
			}
			f := Flow{purpose, browser}
			asked, err := w.AskResetCode(w.ctx, ResetAsk{Flow: f, Email: typed.email, Network: network}, somebody)
			if err != nil || asked.TooEarly || asked.Spent {
				t.Fatalf("%s: %+v %v", name, asked, err)
			}
			asking := w.d.Statements() - before
			if err := w.SendCodes(w.ctx); err != nil {
				t.Fatal(err)
			}
			before = w.d.Statements()
			if tried, err := w.ProveByCode(w.ctx, f, "00000000", somebody); err != nil || tried.OK || tried.Left != 4 || tried.Closed {
				t.Fatalf("%s: %+v %v", name, tried, err)
			}
			n := 1000*asking + w.d.Statements() - before
			counts[n] = append(counts[n], string(purpose)+", "+name)
		}
	}
	if len(counts) != 1 {
		t.Error(counts)
	}
}

func TestASignInRunsTheSameStatementsForEverybody_EN03(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	counts := map[int64][]string{}
	for name, typed := range alike(w) {
		before := w.d.Statements()
		if s := w.enter(typed.nip, "Salah-tebak-11", "123456", network); s.Result != SignInWrong {
			t.Fatalf("%s: %+v", name, s)
		}
		n := w.d.Statements() - before
		counts[n] = append(counts[n], name)
	}
	if len(counts) != 1 {
		t.Error(counts)
	}
}
