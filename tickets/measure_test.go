package tickets_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// packs are all measures as they are stored, as text.
func packs(w *ticketstest.World) string {
	w.Helper()
	for done := false; !done; {
		var err error
		if done, err = w.Desk.Fold(w.Context()); err != nil {
			w.Fatal(err)
		}
	}
	var all []string
	w.Write(func(ctx contextType, tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, func(row db.Scanner) (string, error) {
			var agency string
			var slot, last int64
			var pack []byte
			err := row.Scan(&agency, &slot, &last, &pack)
			return fmt.Sprintf("%s %d %d %x", agency, slot, last, pack), err
		}, `SELECT agency, slot, last_at, pack FROM measures ORDER BY agency, slot`)
		return err
	})
	return strings.Join(all, "\n")
}

// What was measured event by event is what the whole history says, whatever
// happened, whenever it was folded, and after another calendar too.
func TestTheMeasuresAreTheRebuiltOnes(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		random := rand.New(rand.NewPCG(17, 18))
		p := w.Person(budi, "Budi Santoso")
		for n := range 10 {
			s := w.File(p, tickets.Remote)
			for range random.IntN(8) {
				w.Clock.Advance(time.Duration(random.Int64N(int64(20 * time.Hour))))
				anything(s, random)
				if random.IntN(2) == 0 {
					w.Tick()
				}
			}
			if n == 5 {
				put(w, ticketstest.Agency, tickets.CalendarSetting, 1, form("tanggal;jenis;nama\n2026-11-24;libur;Hari jadi kabupaten\n"))
				w.Tick()
			}
		}
		kept := packs(w)
		rebuild(w)
		if again := packs(w); again != kept || kept == "" {
			w.Errorf("kept\n%s\nrebuilt\n%s", kept, again)
		}
	})
}

// Several processes fold while requests go on: nothing is lost, and no older
// state is written over a newer one.
func TestManyFoldAtOnce(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for range 12 {
					if _, err := w.Desk.Fold(w.Context()); err != nil {
						w.Error(err)
					}
				}
			})
			wg.Go(func() {
				f := tickets.Filing{NIP: newNIP(), Name: fmt.Sprint("Orang ", i), Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote}
				for range 5 {
					r, err := w.Desk.Open(w.Context(), f, ticketstest.Stranger)
					if err == nil {
						_, err = w.Desk.Resolve(w.Context(), w.Checker, r.Number, r.Version, tickets.ByAnswer, "")
					}
					if err != nil && !errors.Is(err, tickets.ErrChanged) {
						w.Error(err)
					}
				}
			})
		}
		wg.Wait()
		kept := packs(w)
		rebuild(w)
		if again := packs(w); again != kept || scan[int](w, `SELECT count(*) FROM measure_queue`) != 0 {
			w.Errorf("kept\n%s\nrebuilt\n%s", kept, again)
		}
	})
}
