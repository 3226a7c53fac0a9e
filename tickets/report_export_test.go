package tickets_test

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// begun proves who asks, and begins an export.
func begun(w *ticketstest.World, b tickets.Behind, p tickets.Period) tickets.Export {
	w.Helper()
	w.Prove(w.Supervisor)
	e, err := w.Desk.BeginExport(w.Context(), w.Supervisor, b, p, tickets.ExportPlain)
	if err != nil {
		w.Fatal(err)
	}
	return e
}

// rowsOf are a list's or an export's rows, each as its ticket and moments.
func rowOf(c tickets.Counted) string {
	return fmt.Sprint(c.Number, c.Measure.Cycle, c.At, c.Took, c.Unit, c.Kind, c.Channel, c.State, c.MaskedNIP)
}

func exportRows(w *ticketstest.World, b tickets.Behind, p tickets.Period) (rows []string) {
	w.Helper()
	e := begun(w, b, p)
	err := w.Desk.Export(w.Context(), w.Supervisor, e, func(c tickets.Counted) error { rows = append(rows, rowOf(c)); return nil })
	if err != nil || len(rows) != e.Rows {
		w.Errorf("%v: %d rows of %d, %v", b, len(rows), e.Rows, err)
	}
	slices.Sort(rows)
	return rows
}

// An export holds exactly the rows that its figure lists, of each figure and
// of each of its parts.
func TestAnExportIsTheListOfItsFigure(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p := period(t, week[0], week[1])
		r := read(w, w.Supervisor, p, tickets.ReportFilter{})
		for f, sum := range r.Sums {
			sameAsList(w, tickets.Behind{Figure: f}, p, sum.N)
			for d, groups := range sum.Groups {
				sameAsList(w, tickets.Behind{Figure: f, Dimension: d, Value: groups[0].Value}, p, groups[0].N)
			}
		}
		sameAsList(w, tickets.Behind{Figure: tickets.Arrived, Filter: tickets.ReportFilter{Kind: tickets.MFA}}, p, 0)
	})
}

func sameAsList(w *ticketstest.World, b tickets.Behind, p tickets.Period, n int) {
	w.Helper()
	page, err := w.Desk.ReportList(w.Context(), w.Supervisor, b, p, "")
	if err != nil {
		w.Fatal(err)
	}
	var listed []string
	for _, row := range page.Rows {
		listed = append(listed, rowOf(row))
	}
	slices.Sort(listed)
	if rows := exportRows(w, b, p); !slices.Equal(rows, listed) || len(rows) != n {
		w.Errorf("%v says %d\nexported %q\nlisted %q", b, n, rows, listed)
	}
}

func TestAnExportNamesNobody_ST08(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		exec(w, `UPDATE tickets SET phone = '0812000111', problem = 'rahasia'`)
		p := period(t, week[0], week[1])
		err := w.Desk.Export(w.Context(), w.Supervisor, begun(w, tickets.Behind{Figure: tickets.Arrived}, p), func(c tickets.Counted) error {
			if c.Name+c.ClaimedName+c.Phone+c.Problem+string(c.NIP)+string(c.NewEmail) != "" || !strings.HasPrefix(c.MaskedNIP, "••••••••••••••") {
				w.Errorf("%+v", c.Ticket)
			}
			return nil
		})
		if err != nil {
			w.Error(err)
		}
	})
}

func TestAnExportWantsAFreshCodeAndASupervisor_SE07(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		b, p := tickets.Behind{Figure: tickets.Arrived}, period(t, week[0], week[1])
		begin := func(by tickets.By) error {
			_, err := w.Desk.BeginExport(w.Context(), by, b, p, tickets.ExportXLSX)
			return err
		}
		if err := begin(w.Supervisor); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("without a code: ", err)
		}
		w.Prove(w.Checker)
		if err := begin(w.Checker); !errors.Is(err, tickets.ErrRole) {
			w.Error("an agent: ", err)
		}
		e := begun(w, b, p)
		if err := begin(w.Supervisor); !errors.Is(err, accounts.ErrNoProof) {
			w.Error("twice with one code: ", err)
		}
		if err := w.Desk.Export(w.Context(), w.Checker, e, nil); !errors.Is(err, tickets.ErrRole) {
			w.Error("somebody else's, by an agent: ", err)
		}
		for _, b := range []tickets.Behind{{Figure: "gaji"}, {Figure: tickets.Arrived, Dimension: tickets.ByAgent}} {
			if _, err := w.Desk.Exportable(w.Context(), w.Supervisor, b, p); !errors.Is(err, tickets.ErrPeriod) {
				w.Error(b, err)
			}
		}
	})
}

func TestAnExportIsOfOnesOwnAgencyAndUnits_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		exec(w, `UPDATE tickets SET home_unit = 'RSUD Contoh' WHERE name = 'A'`)
		rebuild(w)
		p := period(t, week[0], week[1])
		other, bound := w.Supervisor, w.Supervisor
		other.Staff.Agency, bound.Staff.Units = "Instansi lain", []string{"RSUD Contoh"}
		for want, by := range map[int]tickets.By{0: other, 1: bound} {
			n := 0
			e := begun(w, tickets.Behind{Figure: tickets.Arrived}, p)
			if err := w.Desk.Export(w.Context(), by, e, func(tickets.Counted) error { n++; return nil }); err != nil || n != want {
				w.Errorf("%d rows, want %d: %v", n, want, err)
			}
		}
		exec(w, `UPDATE tickets SET home_unit = 'Dinas' WHERE name = 'A'`) // and not measured yet
		if err := w.Desk.Export(w.Context(), bound, begun(w, tickets.Behind{Figure: tickets.Arrived}, p), func(tickets.Counted) error {
			w.Error("what has left his units is exported")
			return nil
		}); err != nil {
			w.Error(err)
		}
	})
}

// The log says before the first row what leaves, and afterwards how much did,
// also where somebody went away in the middle.
func TestAnExportIsAuditedAtBothEnds_AU03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p := period(t, week[0], week[1])
		logged := func(result, rows string) int {
			return scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'report.export' AND actor = $1 AND result = $2
				AND detail LIKE '%"figure":"masuk"%' AND detail LIKE '%"format":"csv-polos"%' AND detail LIKE '%"rows":"' || $3 || '"%'`, w.Supervisor.Staff.ID, result, rows)
		}
		e := begun(w, tickets.Behind{Figure: tickets.Arrived}, p)
		if logged("begun", "10") != 1 {
			w.Error("nothing is written before the first row")
		}
		gone, n := errors.New("gone"), 0
		err := w.Desk.Export(w.Context(), w.Supervisor, e, func(tickets.Counted) error {
			if n++; n > 4 {
				return gone
			}
			return nil
		})
		if !errors.Is(err, gone) || logged("cut", "4") != 1 || logged("ok", "10") != 0 {
			w.Error("cut off: ", err, logged("cut", "4"))
		}
		if exportRows(w, tickets.Behind{Figure: tickets.Arrived}, p); logged("ok", "10") != 1 {
			w.Error("a whole one is not written down")
		}
		exportRows(w, tickets.Behind{Figure: tickets.Arrived, Filter: tickets.ReportFilter{Unit: "197001012000011001"}}, p)
		if scan[int](w, `SELECT count(*) FROM audit_events WHERE detail LIKE '%1970010120000%'`) != 0 {
			w.Error("what was only typed is in the log")
		}
	})
}

// What happens after it began is in no export.
func TestAnExportIsOfTheMomentItBegan(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p := period(t, week[0], "2027-01-01 00.00")
		e := begun(w, tickets.Behind{Figure: tickets.Arrived}, p)
		w.Clock.Advance(time.Hour)
		filedAs(w, "X")
		if _, err := w.Desk.Fold(w.Context()); err != nil {
			w.Fatal(err)
		}
		n := 0
		err := w.Desk.Export(w.Context(), w.Supervisor, e, func(tickets.Counted) error { n++; return nil })
		if err != nil || n != e.Rows {
			w.Errorf("%d rows of %d, %v", n, e.Rows, err)
		}
	})
}

// many copies one request, a minute apart, each with its first event.
func many(w *ticketstest.World, n int) {
	w.Helper()
	id := scan[string](w, `SELECT min(id) FROM tickets`)
	for table, own := range map[string]map[string]string{
		"tickets":       {"id": `id || '-' || i`, "number": `'PUL-' || i`, "opened_at": `opened_at - i * 60000000`},
		"ticket_events": {"id": `id || '-' || i`, "ticket": `ticket || '-' || i`, "at": `at - i * 60000000`},
	} {
		var names, values []string
		w.Write(func(ctx contextType, tx *db.Tx) (err error) {
			names, err = db.All(ctx, tx, func(row db.Scanner) (name string, err error) { return name, row.Scan(&name) },
				`SELECT name FROM pragma_table_info('`+table+`')`)
			return err
		})
		for _, name := range names {
			if own[name] == "" {
				own[name] = name
			}
			values = append(values, own[name])
		}
		key := map[string]string{"tickets": "id", "ticket_events": "ticket"}[table]
		exec(w, fmt.Sprintf(`WITH RECURSIVE copies(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < %d)
			INSERT INTO %s (%s) SELECT %s FROM %s, copies WHERE %s = '%s'`, n, table, strings.Join(names, ", "), strings.Join(values, ", "), table, key, id))
	}
}

// However many rows an export has, a few hundred are in memory.
func TestAnExportTakesNoMemory(t *testing.T) {
	d, clock := dbtest.New(t)
	w := ticketstest.New(t, d, clock)
	w.Clock.Advance(60 * 24 * time.Hour)
	filedAs(w, "A")
	const rows = 20_000
	many(w, rows)
	rebuild(w)
	p := tickets.Period{From: w.DB.Now().Add(-60 * 24 * time.Hour), Until: w.DB.Now().Add(time.Hour)}
	e := begun(w, tickets.Behind{Figure: tickets.Arrived}, p)
	n, before, most := 0, heap(), uint64(0)
	err := w.Desk.Export(w.Context(), w.Supervisor, e, func(tickets.Counted) error {
		if n++; n%2000 == 0 {
			most = max(most, heap())
		}
		return nil
	})
	if err != nil || n != rows+1 || e.Rows != n {
		w.Fatal(n, e.Rows, err)
	}
	if most > before+4<<20 {
		w.Errorf("%d rows take %d KiB", n, (most-before)>>10)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
