package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
)

// exportPatience is how long a reader may take for one piece of a file.
const exportPatience = 30 * time.Second

// streamCSV sends rows as they are read, without a cap. A file that was cut
// says so in its last line.
func (a *App) streamCSV(c echo.Context, x exportAsked, e tickets.Export) error {
	ctx, cancel := context.WithCancel(c.Request().Context())
	defer cancel()
	defer context.AfterFunc(a.stop, cancel)()
	download(c, exportName(x, "csv"))
	to := newPatientLine(c)
	defer to.stop()
	excel := e.Form == tickets.ExportExcel
	file, err := newCSV(to, excel)
	if err = errors.Join(err, file.row(exportHeads(x.asked)...), file.flush(), to.line.Flush()); err != nil {
		cancel() // and the export ends with its row in the log
	}
	text := csvText{x.Zone, excel}
	_, cut := a.Desk.Export(ctx, a.by(c), e, tickets.ExportTo{Row: func(row tickets.Counted) error { return file.row(text.cells(exportCells(row))...) }})
	err = errors.Join(err, cut)
	if err != nil {
		a.Log.Warn("export", "export", e.ID, "err", err)
		err = file.row("Berkas ini terputus dan tidak lengkap.")
	}
	return errors.Join(err, file.flush())
}

// exportName is like "laporan-masuk-2026-11-01-2026-11-30.csv".
func exportName(x exportAsked, ending string) string {
	return fmt.Sprintf("laporan-%s-%s-%s.%s", x.behind.Figure, x.First.Format(dateForm), x.Last.Format(dateForm), ending)
}

// patientLine writes to a reader who must take each piece in time: a dead one
// does not hold an export for ever.
type patientLine struct {
	c     echo.Context
	line  *http.ResponseController
	timer *time.Timer
}

func newPatientLine(c echo.Context) patientLine {
	line := http.NewResponseController(c.Response())
	return patientLine{c, line, time.AfterFunc(exportPatience, func() { _ = line.SetWriteDeadline(time.Unix(1, 0)) })}
}

func (p patientLine) Write(b []byte) (int, error) {
	p.timer.Reset(exportPatience)
	return p.c.Response().Write(b)
}

// patientResponse is a response whose body goes through a patient line.
type patientResponse struct {
	patientLine
	http.ResponseWriter
}

func (p patientResponse) Write(b []byte) (int, error) { return p.patientLine.Write(b) }

func (p patientLine) stop() { p.timer.Stop() }

// csvText writes cells as a spreadsheet reads them.
type csvText struct {
	zone  db.Zone
	excel bool // with a decimal comma
}

func (t csvText) cells(cells []any) []string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i] = t.cell(cell)
	}
	return texts
}

func (t csvText) cell(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case db.Time:
		return v.Time().In(t.zone.Location).Format(time.DateTime)
	case time.Duration:
		return t.hours(v)
	}
	return ""
}

// hours have four decimals: less than half a second is lost.
func (t csvText) hours(d time.Duration) string {
	text := strconv.FormatFloat(math.Round(d.Hours()*1e4)/1e4, 'f', -1, 64)
	if t.excel {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

func inZone(head string, z db.Zone) string { return strings.Replace(head, "%s", z.Name, 1) }
