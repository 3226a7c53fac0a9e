package tickets_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// overwrite damages every pack.
func overwrite(w *ticketstest.World) {
	w.Helper()
	w.Write(func(ctx contextType, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE measures SET pack = $1`, []byte{0xff})
		return err
	})
}

// proof is what a proof of the measures says.
func proof(w *ticketstest.World) (sum tickets.MeasureProof, told string) {
	w.Helper()
	sum, err := w.Desk.ProveMeasures(w.Context(), func(agency string, from db.Time, why error) {
		told += fmt.Sprintln(agency, from.Short(db.WITA), why)
	})
	if err != nil {
		w.Fatal(err)
	}
	return sum, told
}

// A pack that was overwritten is derived again: a report shows the right
// figures or none, and whoever folds first stops nobody either.
func TestADamagedPackStopsNoReport(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p := period(t, week[0], week[1])
		want := fmt.Sprint(read(w, w.Supervisor, p, tickets.ReportFilter{}))
		overwrite(w)
		if got := fmt.Sprint(read(w, w.Supervisor, p, tickets.ReportFilter{})); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
		overwrite(w)
		exec(w, `INSERT INTO measure_queue (event, ticket) SELECT 'one' || id, id FROM tickets`)
		if _, err := w.Desk.Fold(w.Context()); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Error("nobody hears of it: ", err)
		}
		packs(w)
		if sum, told := proof(w); sum.Differ != 0 || sum.Waiting != 0 || sum.Agree == 0 {
			t.Error(sum, told)
		}
	})
}

// A target that cannot be read is told of, by each hour's attempt, and stops
// neither the reports nor the measures of anybody else.
func TestABrokenTargetStopsNoOther(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		names := written(w, t)
		bad := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote)
		exec(w, `UPDATE tickets SET agency = 'Rusak' WHERE number = $1`, bad.Number)
		put(w, "Rusak", tickets.TargetSetting, 1, "no targets")
		exec(w, `DELETE FROM measures`)
		exec(w, `INSERT INTO measure_queue (event, ticket) SELECT opened_at || id, id FROM tickets`)
		p := period(t, week[0], week[1])
		agrees(w, tickets.Behind{Figure: tickets.Resolved}, p, 7, names, "ABCDIIL")
		if done, err := w.Desk.Fold(w.Context()); !done || err != nil {
			t.Error("set aside, it is tried at once again: ", err)
		}
		w.Clock.Advance(time.Hour)
		if err := w.Desk.Tick(w.Context()); err == nil || !strings.Contains(err.Error(), "targets 1 of Rusak") {
			t.Error("nobody hears of it: ", err)
		}
		exec(w, `DELETE FROM settings WHERE agency = 'Rusak'`)
		w.Clock.Advance(time.Hour)
		w.Tick()
		if n := scan[int](w, `SELECT count(*) FROM measure_queue`); n != 0 {
			t.Error("mended, it is still not measured: ", n)
		}
	})
}

// Whoever changes a number of a pack is found out, and a rebuild heals it.
func TestAChangedPackIsFound(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		kept := packs(w)
		whole, told := proof(w)
		if whole.Differ != 0 || whole.Agree < 5 {
			t.Fatal(whole, told)
		}
		forge(w)
		if sum, told := proof(w); sum.Differ != 1 || sum.Agree != whole.Agree-1 || !strings.Contains(told, "Contoh 07-12-2026 08") {
			t.Error(sum, told)
		}
		if n, err := w.Desk.RebuildMeasures(w.Context()); err != nil || n != whole.Agree {
			t.Error(n, err)
		}
		if sum, _ := proof(w); sum.Waiting == 0 || sum.Differ != 0 {
			t.Error("what waits to be measured is no difference: ", sum)
		}
		if packs(w) != kept {
			t.Error("not healed")
		}
		exec(w, `DELETE FROM measures WHERE slot = (SELECT min(slot) FROM measures)`)
		if sum, told := proof(w); sum.Differ != 1 {
			t.Error("one that is gone is not missed: ", sum, told)
		}
	})
}

// forge changes one number of the pack of Monday, 8 o'clock, and keeps it
// readable.
func forge(w *ticketstest.World) {
	w.Helper()
	slot := int64(local(w, "2026-12-07 08.00")) / int64(time.Hour/time.Microsecond)
	w.Write(func(ctx contextType, tx *db.Tx) error {
		var pack []byte
		if err := tx.Row(ctx, `SELECT pack FROM measures WHERE slot = $1`, slot).Scan(&pack); err != nil {
			return err
		}
		pack[len(pack)-1] ^= 2
		_, err := tx.Exec(ctx, `UPDATE measures SET pack = $1 WHERE slot = $2`, pack, slot)
		return err
	})
}

// Clocks are not on a second: what is packed event by event is what is
// measured at once, to the byte.
func TestPartsOfASecondMakeNoDifference(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for n := range 6 {
			s := filedAs(w, string(rune('M'+5-n))) // the later of one second need not have the higher number
			w.Clock.Advance(300_001 * time.Microsecond)
			act(s, "ask", nil)
			packs(w)
			w.Clock.Advance(777_777 * time.Microsecond)
			act(s, "reply", nil)
			w.Clock.Advance(time.Duration(n) * 123_457 * time.Microsecond)
			act(s, "resolve", nil)
			packs(w)
		}
		kept := packs(w)
		rebuild(w)
		if sum, told := proof(w); packs(w) != kept || sum.Differ != 0 {
			t.Error(sum, told)
		}
	})
}
