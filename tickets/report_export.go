package tickets

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pulih/audit"
	"pulih/db"
)

// ExportForm is what a file is: its name in the audit log.
type ExportForm string

// The forms of an export.
const (
	ExportXLSX  ExportForm = "xlsx"
	ExportExcel ExportForm = "csv"       // for Indonesian Excel
	ExportPlain ExportForm = "csv-polos" // RFC 4180
)

// Export is a file of the tickets behind a figure that has been asked for and
// written down. Rows is how many the figure counted at that moment.
type Export struct {
	ID     string
	Behind Behind
	Period Period
	Form   ExportForm
	Rows   int
	AsOf   db.Time
}

// Exportable counts what an export would hold, and is audited as reading the
// figure. ErrRole, ErrPeriod.
func (d *Desk) Exportable(ctx context.Context, by By, b Behind, p Period) (int, error) {
	e, err := d.countExport(ctx, by, b, p)
	if err != nil {
		return 0, err
	}
	return e.Rows, d.reportRead(ctx, by, p, "figure", e.named().name())
}

// BeginExport spends the fresh OTP and writes down what leaves Pulih, before
// any of it does (AU-03, SE-07). ErrRole, ErrPeriod, accounts.ErrNoProof.
func (d *Desk) BeginExport(ctx context.Context, by By, b Behind, p Period, form ExportForm) (Export, error) {
	e, err := d.countExport(ctx, by, b, p)
	if err != nil {
		return e, err
	}
	e.Form = form
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
			return err
		}
		return audit.Append(ctx, tx, d.exported(by, e, "begun", e.Rows))
	})
	return e, err
}

// Export gives every ticket behind a figure to row, in order of filing: those
// that ReportList lists. It reads piece by piece, so that it neither takes
// memory nor keeps a state of the database from being tidied away; what is
// reopened or identified meanwhile stands there as it is by then. Its end is
// audited, with how many rows there were.
func (d *Desk) Export(ctx context.Context, by By, e Export, row func(Counted) error) error {
	written := 0
	err := d.export(ctx, by, e, func(c Counted) error {
		if err := row(c); err != nil {
			return err
		}
		written++
		return nil
	})
	result := audit.OK
	if err != nil {
		result, err = "cut", fmt.Errorf("tickets: export: %w", err)
	}
	ended := context.WithoutCancel(ctx)
	return errors.Join(err, d.db.Write(ended, func(tx *db.Tx) error {
		return audit.Append(ended, tx, d.exported(by, e, result, written))
	}))
}

func (d *Desk) countExport(ctx context.Context, by By, b Behind, p Period) (Export, error) {
	e := Export{ID: db.NewID(), Behind: b, Period: p}
	if err := mayReport(by, p); err != nil {
		return e, err
	}
	l, err := b.line()
	if err != nil {
		return e, err
	}
	err = d.readMeasures(ctx, func(tx *db.Tx) error {
		e.AsOf, e.Rows = tx.Now, 0
		f, err := d.exportFrame(ctx, tx, by, e)
		if err != nil {
			return err
		}
		return d.each(ctx, tx, by.Staff.Agency, f.period, func(m *Measure) {
			if f.among(&l, b, m) != 0 {
				e.Rows++
			}
		})
	})
	return e, err
}

// exportFrame leaves out what happens after the export began.
func (d *Desk) exportFrame(ctx context.Context, tx *db.Tx, by By, e Export) (frame, error) {
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	p := e.Period
	p.Until = min(p.Until, e.AsOf-e.AsOf%db.Time(second)+db.Time(second))
	return newFrame(c.Calendar, by, p, e.Behind.Filter, e.AsOf), err
}

// exported is what the audit log keeps.
func (d *Desk) exported(by By, e Export, result string, rows int) audit.Event {
	named := e.named()
	return audit.Event{Actor: by.step("").actor, Action: audit.ReportExported, Object: e.ID, Result: result, Detail: map[string]string{
		"from": e.Period.From.Short(d.zone), "until": e.Period.Until.Short(d.zone), "figure": named.name(), "filter": named.Filter.name(),
		"format": string(e.Form), "rows": strconv.Itoa(rows)}}
}

// named is what is asked for without what stands in an address and in no row.
func (e Export) named() Behind {
	b := e.Behind
	if e.Rows == 0 {
		b.Value, b.Filter.Unit = "", ""
	}
	return b
}

// name is how the audit log knows a filter.
func (f ReportFilter) name() string {
	all := []string{"unit=" + f.Unit, "kind=" + string(f.Kind), "level=" + string(f.Level), "channel=" + string(f.Channel)}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return strings.HasSuffix(s, "=") }), ", ")
}
