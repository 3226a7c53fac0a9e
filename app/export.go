package app

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

const exportPath = reportPath + "/ekspor"

// exportAsked is what is exported: the tickets behind a figure, by the same
// address as their list.
type exportAsked struct {
	asked
	behind tickets.Behind
}

func (x exportAsked) address() string {
	return strings.Replace(x.group(x.behind.Figure, x.behind.Dimension, x.behind.Value), "/daftar?", "/ekspor?", 1)
}

func (a *App) exportAsked(c echo.Context) (exportAsked, error) {
	q, mistakes, err := a.reportAsked(c)
	if err != nil {
		return exportAsked{}, err
	}
	b := behind(c, q)
	b.Figure = cmp.Or(b.Figure, tickets.Arrived)
	if len(mistakes) > 0 || b.Figure.Label() == "" {
		return exportAsked{}, db.ErrNotFound
	}
	return exportAsked{q, b}, nil
}

// behind is the figure that an address names.
func behind(c echo.Context, q asked) tickets.Behind {
	return tickets.Behind{Figure: tickets.Figure(c.QueryParam("angka")), Dimension: tickets.Dimension(c.QueryParam("menurut")),
		Value: c.QueryParam("nilai"), Filter: q.filter}
}

// export says what would leave Pulih, and asks for a fresh OTP.
func (a *App) export(c echo.Context) error {
	x, err := a.exportAsked(c)
	if err != nil {
		return err
	}
	return a.showExport(c, http.StatusOK, x, tickets.ExportXLSX)
}

type exportForm struct {
	Form string `form:"bentuk"`
	OTP  string `form:"otp"`
}

// sendExport sends a CSV as it is read, or begins an Excel file, which has no
// first byte before its last row.
func (a *App) sendExport(c echo.Context) error {
	var f exportForm
	if err := bind(c, &f); err != nil {
		return err
	}
	x, err := a.exportAsked(c)
	if err != nil {
		return err
	}
	form := tickets.ExportForm(f.Form)
	if optionText(exportForms, f.Form) == "" {
		return ErrForm
	}
	turn, err := a.enterExport(c, form)
	if err != nil {
		return a.exportAgain(c, x, form, err)
	}
	e, err := a.beginExport(c, x, form, f.OTP)
	if err != nil {
		a.leaveExport(turn)
		return a.exportAgain(c, x, form, err)
	}
	if form == tickets.ExportXLSX {
		return a.buildSheet(c, x, e, turn)
	}
	defer turn.free()
	return a.streamCSV(c, x, e)
}

// isExport tells what may take longer than a page.
func isExport(c echo.Context) bool {
	return c.Path() == exportPath && c.Request().Method == http.MethodPost
}

// exportForms are the choices; what an agency's Excel opens comes first.
var exportForms = []views.Option{
	{Value: string(tickets.ExportXLSX), Text: "Excel (.xlsx)", Hint: "Tanggal dan lama dapat dihitung."},
	{Value: string(tickets.ExportExcel), Text: "CSV untuk Excel Indonesia", Hint: "Titik koma, dan koma desimal."},
	{Value: string(tickets.ExportPlain), Text: "CSV polos", Hint: "Koma, dan titik desimal."},
}

// exportTurn is one export of a member of staff, with its job where it is an
// Excel file.
type exportTurn struct {
	job  *sheetJob
	free func()
}

// enterExport lets one export of each member of staff in.
func (a *App) enterExport(c echo.Context, form tickets.ExportForm) (turn exportTurn, err error) {
	by := a.staff(c)
	if !a.exporting.begin(by.ID, 1) {
		return turn, wrongField("bentuk", "Ekspor Anda yang lain masih berjalan. Tunggu sampai selesai.")
	}
	turn.free = func() { a.exporting.end(by.ID) }
	if form != tickets.ExportXLSX {
		return turn, nil
	}
	turn.job = &sheetJob{id: db.NewID(), staff: by, rows: new(atomic.Int64), percent: new(atomic.Int64)}
	if !a.sheets.add(turn.job, a.DB.Now()) {
		turn.free()
		return turn, wrongField("bentuk", "Tiga berkas Excel sedang disimpan. Pilih CSV, atau coba 15 menit lagi.")
	}
	return turn, nil
}

// leaveExport ends one of which nothing became.
func (a *App) leaveExport(turn exportTurn) {
	if turn.job != nil {
		a.sheets.remove(func(old *sheetJob) bool { return old == turn.job })
	}
	turn.free()
}

func (a *App) beginExport(c echo.Context, x exportAsked, form tickets.ExportForm, otp string) (e tickets.Export, err error) {
	if err = a.proveNow(c, "otp", otp); err != nil {
		return e, err
	}
	err = a.limit(c, LimitExport, a.staff(c).ID)
	if many := (*TooMany)(nil); errors.As(err, &many) {
		return e, wrongField("bentuk", "Batas ekspor harian tercapai. Coba lagi dalam "+inWords(many.Wait)+".")
	}
	if err != nil {
		return e, err
	}
	e, err = a.Desk.BeginExport(c.Request().Context(), a.by(c), x.behind, x.period(), form)
	if errors.Is(err, tickets.ErrUnmeasured) {
		err = wrongField("bentuk", tickets.ErrUnmeasured.Text)
	}
	return e, err
}

func (a *App) exportAgain(c echo.Context, x exportAsked, form tickets.ExportForm, err error) error {
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		return a.showExport(c, http.StatusUnprocessableEntity, x, form, mistake.FieldError)
	}
	return err
}

func (a *App) showExport(c echo.Context, status int, x exportAsked, form tickets.ExportForm, wrong ...views.FieldError) error {
	rows, err := a.Desk.Exportable(c.Request().Context(), a.by(c), x.behind, x.period())
	if err != nil {
		return err
	}
	staff, err := a.staffNames(c)
	if err != nil {
		return err
	}
	g := grouped{asked: x.asked, staff: staff}
	p := a.page(c, "Unduh laporan")
	p.Back, p.Errors = x.group(x.behind.Figure, x.behind.Dimension, x.behind.Value), wrong
	return a.render(c, status, views.ReportExportPage(p, views.ReportExport{
		Action: x.address(), Form: string(form), Forms: exportForms, Columns: exportHeads(x.asked),
		Rows: []views.Row{{Key: "Isi", Value: exportTitle(g, x.behind)}, {Key: "Periode", Value: x.zoned()},
			{Key: "Saringan", Value: cmp.Or(x.narrowed(), "Tidak ada")}, {Key: "Jumlah baris", Value: views.Count(rows)}},
	}))
}

// exportTitle is a figure, and the part of it that is exported.
func exportTitle(g grouped, b tickets.Behind) string {
	title := b.Figure.Label()
	if part := g.partOf(b); part != "" {
		title += ", " + part
	}
	return title
}

// narrowed says by what a report is narrowed, "" where it is whole.
func (q asked) narrowed() string {
	var all []string
	for _, o := range reportFilters {
		if value := *o.in(&q); value != "" && o.name != "per" {
			all = append(all, o.label+": "+cmp.Or(optionText(o.options, value), value))
		}
	}
	return strings.Join(all, "; ")
}
