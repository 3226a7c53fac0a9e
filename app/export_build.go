package app

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// buildSheet makes an Excel file behind the answer, and leads to the page that
// says how far it is.
func (a *App) buildSheet(c echo.Context, x exportAsked, e tickets.Export, turn exportTurn) error {
	by, job := a.by(c), turn.job
	job.name, job.back = exportName(x, "xlsx"), x.address()
	a.sheets.remove(func(old *sheetJob) bool { return old.staff.ID == job.staff.ID && old != job })
	a.behind.Go(func() {
		defer turn.free()
		ctx, cancel := context.WithTimeout(a.stop, sheetPatience)
		defer cancel()
		file, err := a.makeSheet(ctx, by, x, e, job)
		if err != nil {
			a.Log.Error("export", "export", e.ID, "err", err)
		}
		a.sheets.end(job, file, a.DB.Now())
	})
	return seeOther(c, exportPath+"/"+job.id)
}

// makeSheet returns a file that has no name any more, nil where it failed.
func (a *App) makeSheet(ctx context.Context, by tickets.By, x exportAsked, e tickets.Export, job *sheetJob) (file *os.File, err error) {
	dir, err := os.MkdirTemp("", "pulih-ekspor-") // mode 0700
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	sheet, err := newSheetFile(dir, exportHeads(x.asked), x.Zone)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sheet.close()) }()
	rows, err := a.Desk.Export(ctx, by, e, tickets.ExportTo{Row: func(row tickets.Counted) error {
		job.rows.Add(1)
		return sheet.row(exportCells(row))
	}, Far: job.far})
	if err == nil {
		err = sheet.explain(x, e, rows)
	}
	if err != nil {
		return nil, err
	}
	return keepSheet(dir, sheet)
}

// keepSheet saves into a file that has lost its name when it returns.
func keepSheet(dir string, sheet *sheetFile) (*os.File, error) {
	file, err := os.CreateTemp(dir, "berkas-") // mode 0600
	if err != nil {
		return nil, err
	}
	if err = errors.Join(os.Remove(file.Name()), sheet.save(file)); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// exportJob says how far a file is, and hands out the way to it.
func (a *App) exportJob(c echo.Context) error {
	now := a.DB.Now()
	job, err := a.sheets.of(c.Param("id"), a.staff(c), now)
	if err != nil {
		return err
	}
	zone, err := a.Desk.ZoneOf(c.Request().Context(), a.by(c))
	if err != nil {
		return err
	}
	shown := views.ReportExportFile{Name: job.name, Back: job.back, Count: int(job.rows.Load()), Percent: int(job.percent.Load()),
		Running: job.endedAt == 0, Failed: job.endedAt != 0 && job.file == nil, Href: exportPath + "/" + job.id + "/berkas",
		Until: job.endedAt.Add(sheetLife).Hour(zone)}
	if shown.Running {
		c.Response().Header().Set("Refresh", "2")
	}
	p := a.page(c, "Berkas Excel")
	p.Back = job.back
	return a.render(c, http.StatusOK, views.ReportExportFilePage(p, shown))
}

// exportFile hands out a file that is ready.
func (a *App) exportFile(c echo.Context) error {
	job, leave, err := a.sheets.read(c.Param("id"), a.staff(c), a.DB.Now())
	if err != nil {
		return err
	}
	defer leave()
	size, err := job.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+url.PathEscape(job.name)+`"`)
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Time{})
	to := newPatientLine(c)
	defer to.stop()
	http.ServeContent(patientResponse{to, c.Response()}, c.Request(), "", time.Time{}, io.NewSectionReader(job.file, 0, size))
	return nil
}

// endSheets deletes the files whose time is over.
func (a *App) endSheets() {
	now := a.DB.Now()
	a.sheets.remove(func(job *sheetJob) bool { return job.over(now) })
}
