package tickets_test

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
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

// export gives the rows of an export.
func export(w *ticketstest.World, by tickets.By, e tickets.Export, row func(tickets.Counted) error) error {
	_, err := w.Desk.Export(w.Context(), by, e, tickets.ExportTo{Row: row})
	return err
}

func exportRows(w *ticketstest.World, b tickets.Behind, p tickets.Period) (rows []string) {
	w.Helper()
	far := 0
	n, err := w.Desk.Export(w.Context(), w.Supervisor, begun(w, b, p), tickets.ExportTo{
		Row: func(c tickets.Counted) error { rows = append(rows, rowOf(c)); return nil },
		Far: func(done, all int) {
			if far++; done != far || done > all {
				w.Errorf("%d of %d packs at the %dth", done, all, far)
			}
		}})
	if shown, failed := w.Desk.Exportable(w.Context(), w.Supervisor, b, p); err != nil || failed != nil || len(rows) != n || n != shown {
		w.Errorf("%v: %d rows, %d told, %d shown, %v, %v", b, len(rows), n, shown, err, failed)
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
		err := export(w, w.Supervisor, begun(w, tickets.Behind{Figure: tickets.Arrived}, p), func(c tickets.Counted) error {
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
		if err := export(w, w.Checker, e, nil); !errors.Is(err, tickets.ErrRole) {
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
		p, other, bound := period(t, week[0], week[1]), w.Supervisor, w.Supervisor
		other.Staff.Agency, bound.Staff.Units = "Instansi lain", []string{"RSUD Contoh"}
		for want, by := range map[int]tickets.By{0: other, 1: bound} {
			isNow(w, by)
			n := 0
			e := begun(w, tickets.Behind{Figure: tickets.Arrived}, p)
			if err := export(w, by, e, func(tickets.Counted) error { n++; return nil }); err != nil || n != want {
				w.Errorf("%d rows, want %d: %v", n, want, err)
			}
		}
		isNow(w, bound)
		exec(w, `UPDATE tickets SET home_unit = 'Dinas' WHERE name = 'A'`) // and not measured yet
		if err := export(w, bound, begun(w, tickets.Behind{Figure: tickets.Arrived}, p), func(tickets.Counted) error {
			w.Error("what has left his units is exported")
			return nil
		}); err != nil {
			w.Error(err)
		}
	})
}

// isNow has the database say of somebody what is said here.
func isNow(w *ticketstest.World, by tickets.By) {
	exec(w, `UPDATE staff SET agency = '`+by.Staff.Agency+`', units = '`+strings.Join(by.Staff.Units, "\n")+`' WHERE id = '`+by.Staff.ID+`'`)
}

// Whoever is disabled, signs out, stops supervising or loses units gets no row
// more, and the log says that it was cut.
func TestAnExportEndsWithItsSupervisor_ST07(t *testing.T) {
	for name, happens := range map[string]string{
		"disabled":   `UPDATE staff SET disabled_at = 1`,
		"signed out": `UPDATE sessions SET ended_at = 1`,
		"other role": `UPDATE staff SET roles = 'petugas'`,
		"fewer":      `UPDATE staff SET units = 'RSUD Contoh'`,
		"moved":      `UPDATE staff SET agency = 'Instansi lain'`,
	} {
		each(t, func(w *ticketstest.World) {
			written(w, t)
			n := 0
			e := begun(w, tickets.Behind{Figure: tickets.Arrived}, period(t, week[0], week[1]))
			err := export(w, w.Supervisor, e, func(tickets.Counted) error { n++; exec(w, happens); return nil })
			if !errors.Is(err, accounts.ErrNoSession) || n != 1 || audited(w, audit.ReportExported, "cut") != 1 {
				w.Errorf("%s: %d rows, %v", name, n, err)
			}
		})
	}
}

// The log says before the first row what leaves, and afterwards how much did,
// also where somebody went away in the middle.
func TestAnExportIsAuditedAtBothEnds_AU03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p := period(t, week[0], week[1])
		logged := func(result, detail string) int {
			return scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'report.export' AND actor = $1 AND result = $2
				AND detail LIKE '%"figure":"masuk"%' AND detail LIKE '%"format":"csv-polos"%' AND detail LIKE '%' || $3 || '%'`, w.Supervisor.Staff.ID, result, detail)
		}
		e := begun(w, tickets.Behind{Figure: tickets.Arrived}, p)
		if logged("begun", "") != 1 || logged("begun", "rows") != 0 {
			w.Error("nothing is written before the first row, or its rows were counted")
		}
		gone, n := errors.New("gone"), 0
		err := export(w, w.Supervisor, e, func(tickets.Counted) error {
			if n++; n > 4 {
				return gone
			}
			return nil
		})
		if !errors.Is(err, gone) || logged("cut", `"rows":"4"`) != 1 || logged("ok", "") != 0 {
			w.Error("cut off: ", err, logged("cut", "4"))
		}
		if exportRows(w, tickets.Behind{Figure: tickets.Arrived}, p); logged("ok", `"rows":"10"`) != 1 {
			w.Error("a whole one is not written down")
		}
	})
}

// A unit is written down when it has named a row: before that it is only
// what somebody typed into an address.
func TestOnlyWhatNamesARowIsInTheLog_AU05(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p, typed := period(t, week[0], week[1]), "197001012000011001"
		exportRows(w, tickets.Behind{Figure: tickets.Arrived, Filter: tickets.ReportFilter{Unit: typed}}, p)
		exportRows(w, tickets.Behind{Figure: tickets.Arrived, Dimension: tickets.ByUnit, Value: typed}, p)
		if scan[int](w, `SELECT count(*) FROM audit_events WHERE detail LIKE '%`+typed+`%'`) != 0 {
			w.Error("what was only typed is in the log")
		}
		const unit = "Dinas Contoh"
		exec(w, `UPDATE tickets SET home_unit = '`+unit+`'`)
		rebuild(w)
		exportRows(w, tickets.Behind{Figure: tickets.Arrived, Filter: tickets.ReportFilter{Unit: unit}}, p)
		for result, words := range map[string]string{"begun": "unit=…", "ok": "unit=" + unit} {
			if scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'report.export' AND result = $1 AND detail LIKE '%"filter":"' || $2 || '"%'`, result, words) == 0 {
				w.Errorf("%s does not say %q", result, words)
			}
		}
	})
}

// An export begins without reading any of what it will hold, gives its first
// row out of the first pack, and derives anew a pack that cannot be read.
func TestAnExportBeginsAtOnce(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		rebuild(w)
		ruin := `UPDATE measures SET pack = $1`
		w.Write(func(ctx contextType, tx *db.Tx) error { _, err := tx.Exec(ctx, ruin, []byte{0xff}); return err })
		packs := scan[int](w, `SELECT count(*) FROM measures`)
		e := begun(w, tickets.Behind{Figure: tickets.Arrived}, period(t, week[0], week[1]))
		if n := scan[int](w, `SELECT count(*) FROM measures WHERE length(pack) = 1`); n != packs {
			w.Errorf("%d of %d packs were read", packs-n, packs)
		}
		behind, first := 0, -1
		rows, err := w.Desk.Export(w.Context(), w.Supervisor, e, tickets.ExportTo{Row: func(tickets.Counted) error {
			if first < 0 {
				first = behind
			}
			return nil
		}, Far: func(done, _ int) { behind = done }})
		if err != nil || rows != 10 || first > packs/2 {
			w.Errorf("%d rows, the first behind %d of %d packs: %v", rows, first, packs, err)
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
		err := export(w, w.Supervisor, e, func(c tickets.Counted) error {
			if c.Measure.Created > e.AsOf {
				w.Error("of afterwards: ", c.Number)
			}
			return nil
		})
		if err != nil {
			w.Error(err)
		}
	})
}

// many copies one request, a minute apart, each with its first event.
func many(w *ticketstest.World, n int) {
	w.Helper()
	id := scan[string](w, `SELECT min(id) FROM tickets`)
	copies(w, n, "tickets WHERE id = '"+id+"'", map[string]string{"id": `id || '-' || i`, "number": `'PUL-' || i`, "opened_at": `opened_at - i * 60000000`})
	copies(w, n, "ticket_events WHERE ticket = '"+id+"'", map[string]string{"id": `id || '-' || i`, "ticket": `ticket || '-' || i`, "at": `at - i * 60000000`})
}

// copies copies rows of a table, with some columns of their own.
func copies(w *ticketstest.World, n int, rows string, own map[string]string) {
	w.Helper()
	table, where, _ := strings.Cut(rows, " WHERE ")
	var names, values []string
	w.Write(func(ctx contextType, tx *db.Tx) (err error) {
		names, err = db.All(ctx, tx, func(row db.Scanner) (name string, err error) { return name, row.Scan(&name) },
			`SELECT name FROM pragma_table_info('`+table+`')`)
		return err
	})
	for _, name := range names {
		values = append(values, cmp.Or(own[name], name))
	}
	exec(w, fmt.Sprintf(`WITH RECURSIVE copies(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < %d)
		INSERT INTO %s (%s) SELECT %s FROM %s, copies WHERE %s`, n, table, strings.Join(names, ", "), strings.Join(values, ", "), table, where))
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
	err := export(w, w.Supervisor, e, func(tickets.Counted) error {
		if n++; n%2000 == 0 {
			most = max(most, heap())
		}
		return nil
	})
	if err != nil || n != rows+1 {
		w.Fatal(n, err)
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

// While all is measured anew an export would be short, and look whole.
func TestNoExportOfWhatIsNotMeasured(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		w.Write(func(ctx contextType, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO measure_queue (event, ticket, again_at) SELECT 'z' || a.id || b.id, a.ticket, $1 FROM ticket_events a, ticket_events b`, w.DB.Now())
			return err
		})
		w.Prove(w.Supervisor)
		b, p := tickets.Behind{Figure: tickets.Arrived}, period(t, week[0], week[1])
		begin := func() error {
			_, err := w.Desk.BeginExport(w.Context(), w.Supervisor, b, p, tickets.ExportPlain)
			return err
		}
		if _, err := w.Desk.ReportForClock(w.Context(), w.Supervisor, p); !errors.Is(begin(), tickets.ErrUnmeasured) || !errors.Is(err, tickets.ErrUnmeasured) {
			w.Error("short figures leave", scan[int](w, `SELECT count(*) FROM measure_queue`))
		}
		exec(w, `UPDATE measure_queue SET again_at = again_at + 3600000000`) // set aside
		if err := begin(); err != nil {
			w.Error("what is set aside holds an export up: ", err)
		}
	})
}
