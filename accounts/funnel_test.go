package accounts

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// accepted lets the relay take all mails that wait.
func (w *world) accepted() {
	w.t.Helper()
	w.exec(`UPDATE outbox SET state = 'accepted' WHERE state = 'queued'`)
}

// funnelOf lets the clock count, and reads an agency's funnel.
func (w *world) funnelOf(agency string) map[CodeStage]int {
	w.t.Helper()
	if err := w.CountFlows(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	f, err := w.CodeFunnel(w.ctx, agency, 0, w.d.Now()+1)
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w *world) wantFunnel(want ...int) {
	w.t.Helper()
	f := w.funnelOf("Kabupaten Contoh")
	for i, stage := range CodeStages {
		if f[stage] != want[i] {
			w.t.Errorf("%s: %d, want %d of %v", stage, f[stage], want[i], want)
		}
	}
}

// One flow for each stage that a flow can end in.
func TestAFlowCountsUpToWhereItCame(t *testing.T) {
	eachWorld(t, func(w *world) {
		ready(w)
		w.tryCode(w.ask(sariNIP, sariEmail), "00000000") // guessed: the relay never takes it
		w.exec(`UPDATE outbox SET state = 'refused'`)
		w.clock.Advance(time.Hour)
		w.wantFunnel(1, 0, 0, 0, 0)
		w.ask(sariNIP, sariEmail) // nobody types it
		w.accepted()
		w.clock.Advance(time.Hour)
		w.wantFunnel(2, 1, 0, 0, 0)
		w.tryCode(w.ask(sariNIP, sariEmail), "00000000") // typed wrong
		w.accepted()
		w.clock.Advance(time.Hour)
		w.wantFunnel(3, 2, 1, 0, 0)
		w.ask(sariNIP, sariEmail) // by the link, and no password
		w.tryLink(w.last("reset.code").link())
		w.clock.Advance(time.Hour)
		w.wantFunnel(4, 3, 2, 1, 0)
		browser := w.ask(sariNIP, sariEmail)
		w.accepted()
		w.finishWith(w.tryCode(browser, w.last("reset.code").code()).Browser, newPass, "")
		w.wantFunnel(4, 3, 2, 1, 0) // until its hour is over
		w.clock.Advance(time.Hour)
		w.wantFunnel(5, 4, 3, 2, 1)
	})
}

// Several codes and tries are one flow; where no mail is left in the budget,
// it was asked and not sent.
func TestAFlowIsCountedOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		browser := w.ask(sariNIP, sariEmail)
		w.clock.Advance(time.Minute)
		w.again(browser, sariEmail, network)
		w.tryCode(browser, "00000000")
		w.tryCode(browser, "00000001")
		w.accepted()
		for range 7 {
			w.ask(sariNIP, sariEmail)
		}
		w.exec(`UPDATE outbox SET state = 'refused' WHERE state = 'queued'`)
		w.clock.Advance(2 * time.Hour)
		together(t, 6, func(int) (bool, error) { return true, w.CountFlows(w.ctx) })
		w.wantFunnel(8, 1, 1, 0, 0)
		w.wantFunnel(8, 1, 1, 0, 0)
	})
}

// Who types what is not on file belongs to nobody's funnel, and neither do
// other purposes.
func TestOnlyKnownPeoplesPasswordFlowsAreCounted(t *testing.T) {
	eachWorld(t, func(w *world) {
		for _, typed := range alike(w) {
			w.ask(typed.nip, typed.email)
		}
		browser, err := w.StartReset(w.ctx, ForUnlock, sariNIP, somebody)
		if err == nil {
			_, err = w.AskResetCode(w.ctx, ResetAsk{Flow: Flow{ForUnlock, browser}, Email: sariEmail, Network: network}, somebody)
		}
		if err == nil {
			err = w.SendCodes(w.ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.accepted()
		w.clock.Advance(2 * time.Hour)
		w.wantFunnel(1, 1, 0, 0, 0)
		if f := w.funnelOf("Kabupaten Lain"); len(f) != 0 {
			t.Errorf("another agency sees %v", f)
		}
	})
}

// The rows go after a day, the counts stay, and nothing goes uncounted.
func TestThePurgeOfFlowsLosesNoCount(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.ask(sariNIP, sariEmail)
		w.ask("198609262015052009", sariEmail)
		w.accepted()
		w.clock.Advance(60 * 24 * time.Hour)
		purge := func() int {
			if err := audit.Purge(w.ctx, w.d, Rules(), somebody); err != nil {
				t.Fatal(err)
			}
			return w.count(`SELECT count(*) FROM resets`)
		}
		if n := purge(); n != 2 {
			t.Errorf("%d are left, and nobody counted them", n)
		}
		w.wantFunnel(1, 1, 0, 0, 0)
		if n := purge(); n != 0 {
			t.Errorf("%d flows are left", n)
		}
		w.wantFunnel(1, 1, 0, 0, 0)
	})
}

// Two processes read the same flows; the second one counts nothing.
func TestASecondProcessCountsNoFlow(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.ask(sariNIP, sariEmail)
		w.accepted()
		w.clock.Advance(time.Hour)
		w.write(func(tx *db.Tx) error {
			flows, err := db.All(w.ctx, tx, scanOverFlow, selectOverFlows, tx.Now, flowBatch)
			return cmp.Or(err, w.addFlows(w.ctx, tx, flows), w.addFlows(w.ctx, tx, flows))
		})
		w.wantFunnel(1, 1, 0, 0, 0)
	})
}

// Counted anew from the rows that are there, the numbers are the same; half a
// batch is nothing.
func TestTheFunnelEqualsTheRows(t *testing.T) {
	eachWorld(t, func(w *world) {
		for i := range 4 {
			p := w.add(secret.NIP(fmt.Sprintf("19900101201505300%d", i)), secret.Email(fmt.Sprintf("orang%d@example.go.id", i)))
			w.exec(`UPDATE accounts SET activated_at = 1`)
			w.exec(`UPDATE people SET agency = $2 WHERE id = $1`, p.ID, fmt.Sprintf("Kabupaten %d", i%2))
			w.ask(p.NIP, p.Email)
		}
		w.accepted()
		w.clock.Advance(2 * time.Hour)
		err := w.d.Write(w.ctx, func(tx *db.Tx) error {
			if _, err := w.countSome(w.ctx, tx); err != nil {
				return err
			}
			return context.Canceled
		})
		if err == nil || w.count(`SELECT count(*) FROM code_days`) != 0 {
			t.Fatal("half a batch was kept", err)
		}
		before := w.funnelOf("Kabupaten 1")
		w.exec(`DELETE FROM code_days`)
		w.exec(`UPDATE resets SET counted = FALSE`)
		if after := w.funnelOf("Kabupaten 1"); before[CodeSent] != 2 || !maps.Equal(before, after) {
			t.Errorf("%v, counted anew %v", before, after)
		}
	})
}

// A flow belongs to the day on which it was begun, whenever it ended.
func TestAFlowBelongsToItsDay(t *testing.T) {
	w := oneWorld(t)
	midnight := w.d.Now().Midnight(db.WITA).Add(24 * time.Hour)
	w.clock.Advance(midnight.Sub(w.d.Now()) - time.Minute)
	browser := w.start(sariNIP)
	w.clock.Advance(2 * time.Minute)
	w.again(browser, sariEmail, network)
	w.clock.Advance(2 * time.Hour)
	w.wantFunnel(1, 0, 0, 0, 0)
	if f, err := w.CodeFunnel(w.ctx, "Kabupaten Contoh", 0, midnight); err != nil || f[CodeAsked] != 1 {
		t.Errorf("the day before has %v, %v", f, err)
	}
}
