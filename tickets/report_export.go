package tickets

import (
	"cmp"
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
// written down. It holds what had happened at AsOf.
type Export struct {
	ID     string
	Behind Behind
	Period Period
	Form   ExportForm
	AsOf   db.Time
}

// ExportTo is where an export goes. Far, where somebody wants to know, is told
// how many of its packs are behind it: how many rows there will be nobody has
// counted.
type ExportTo struct {
	Row func(Counted) error
	Far func(done, all int)
}

// Exportable counts what an export would hold, and is audited as reading the
// figure. ErrRole, ErrPeriod.
func (d *Desk) Exportable(ctx context.Context, by By, b Behind, p Period) (rows int, err error) {
	e, err := newExport(by, b, p)
	if err != nil {
		return 0, err
	}
	err = d.readMeasures(ctx, func(tx *db.Tx) error {
		e.AsOf, rows = tx.Now, 0
		f, err := d.exportFrame(ctx, tx, by, e)
		if err != nil {
			return err
		}
		l, _ := b.line()
		return d.each(ctx, tx, by.Staff.Agency, f.period, func(m *Measure) {
			f.among(&l, b, m, func(db.Time, int) { rows++ })
		})
	})
	if err != nil {
		return 0, err
	}
	return rows, d.reportRead(ctx, by, p, "figure", e.named(rows).name())
}

// BeginExport spends the fresh OTP and writes down what leaves Pulih, before
// any of it does (AU-03, SE-07). It counts nothing, so that the first byte of a
// year comes at once. ErrRole, ErrPeriod, ErrUnmeasured, accounts.ErrNoProof.
func (d *Desk) BeginExport(ctx context.Context, by By, b Behind, p Period, form ExportForm) (Export, error) {
	e, err := newExport(by, b, p)
	if err != nil {
		return e, err
	}
	e.Form = form
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		e.AsOf = tx.Now
		if err := allMeasured(ctx, tx); err != nil {
			return err
		}
		if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
			return err
		}
		return audit.Append(ctx, tx, d.exported(by, e, "begun", 0))
	})
	return e, err
}

func newExport(by By, b Behind, p Period) (Export, error) {
	_, err := b.line()
	return Export{ID: db.NewID(), Behind: b, Period: p}, cmp.Or(mayReport(by, p), err)
}

// Export gives every ticket behind a figure to a row, in order of filing: those
// that ReportList lists. It reads piece by piece, so that it neither takes
// memory nor keeps a state of the database from being tidied away; what is
// reopened or identified meanwhile stands there as it is by then. Its end is
// audited, with how many rows there were. accounts.ErrNoSession where he has
// left meanwhile, or sees other requests.
func (d *Desk) Export(ctx context.Context, by By, e Export, to ExportTo) (rows int, err error) {
	rows, err = d.export(ctx, by, e, to)
	result := audit.OK
	if err != nil {
		result, err = "cut", fmt.Errorf("tickets: export: %w", err)
	}
	ended := context.WithoutCancel(ctx)
	return rows, errors.Join(err, d.db.Write(ended, func(tx *db.Tx) error {
		written := d.exported(by, e, result, rows)
		written.Detail["rows"] = strconv.Itoa(rows)
		return audit.Append(ended, tx, written)
	}))
}

// exportFrame leaves out what happens after the export began.
func (d *Desk) exportFrame(ctx context.Context, tx *db.Tx, by By, e Export) (frame, error) {
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	p := e.Period
	p.Until = min(p.Until, e.AsOf-e.AsOf%db.Time(second)+db.Time(second))
	return newFrame(c.Calendar, by, p, e.Behind.Filter, e.AsOf), err
}

// exported is what the audit log keeps of an export that has so many rows.
func (d *Desk) exported(by By, e Export, result string, rows int) audit.Event {
	named := e.named(rows)
	return audit.Event{Actor: by.step("").actor, Action: audit.ReportExported, Object: e.ID, Result: result, Detail: map[string]string{
		"from": e.Period.From.Short(d.zone), "until": e.Period.Until.Short(d.zone), "figure": named.name(), "filter": named.Filter.name(),
		"format": string(e.Form)}}
}

// unnamed stands for what is in an address, and in no row as far as is known.
const unnamed = "…"

// named is what is asked for, in words that stand in some row: what somebody
// only typed would stay in the log for ever (AU-05).
func (e Export) named(rows int) Behind {
	b := e.Behind
	for _, typed := range []*string{&b.Value, &b.Filter.Unit} {
		if rows == 0 && *typed != "" {
			*typed = unnamed
		}
	}
	return b
}

// name is how the audit log knows a filter.
func (f ReportFilter) name() string {
	all := []string{"unit=" + f.Unit, "kind=" + string(f.Kind), "level=" + string(f.Level), "channel=" + string(f.Channel)}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return strings.HasSuffix(s, "=") }), ", ")
}
