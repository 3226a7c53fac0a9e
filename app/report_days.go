package app

import (
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

const dateForm = "2006-01-02" // what a date field sends

// days are the whole days of a period in the agency's zone, both included.
type days struct {
	First, Last time.Time
}

// reportDays reads ?dari= and ?sampai=; without them it is this week. A period
// that makes no sense is told, and this week is shown.
func (a *App) reportDays(c echo.Context) (days, []views.FieldError) {
	week := a.thisWeek()
	from, until := c.QueryParam("dari"), c.QueryParam("sampai")
	if from == "" && until == "" {
		return week, nil
	}
	first, err := time.ParseInLocation(dateForm, from, a.Zone.Location)
	if err != nil {
		return week, []views.FieldError{{Field: "dari", Text: "Pilih tanggal awal."}}
	}
	last, err := time.ParseInLocation(dateForm, until, a.Zone.Location)
	if err != nil {
		return week, []views.FieldError{{Field: "sampai", Text: "Pilih tanggal akhir."}}
	}
	d := days{first, last}
	switch {
	case d.count() < 1:
		return week, []views.FieldError{{Field: "sampai", Text: "Tanggal akhir mendahului tanggal awal."}}
	case d.count() > 366:
		return week, []views.FieldError{{Field: "sampai", Text: "Pilih periode paling lama satu tahun."}}
	}
	return d, nil
}

func (a *App) today() time.Time {
	now := a.DB.Now().Time().In(a.Zone.Location)
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, a.Zone.Location)
}

// thisWeek begins on Monday.
func (a *App) thisWeek() days {
	today := a.today()
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	return days{monday, monday.AddDate(0, 0, 6)}
}

func (a *App) thisMonth() days {
	today := a.today()
	first := today.AddDate(0, 0, 1-today.Day())
	return days{first, first.AddDate(0, 1, -1)}
}

// period ends where the day after the last begins.
func (d days) period() tickets.Period {
	return tickets.Period{From: db.At(d.First), Until: db.At(d.Last.AddDate(0, 0, 1))}
}

// count is a number of days: Indonesia's zones have no day of 23 hours.
func (d days) count() int {
	return int(d.Last.Sub(d.First)/(24*time.Hour)) + 1
}

// before is the equal period that ends where this one begins.
func (d days) before() days {
	return days{d.First.AddDate(0, 0, -d.count()), d.First.AddDate(0, 0, -1)}
}

func (d days) query() url.Values {
	return url.Values{"dari": {d.First.Format(dateForm)}, "sampai": {d.Last.Format(dateForm)}}
}

func (d days) address() string { return "/petugas/laporan?" + d.query().Encode() }

func (d days) list(f tickets.Figure, c tickets.Cursor) string {
	q := d.query()
	q.Set("angka", string(f))
	if c != "" {
		q.Set("posisi", string(c))
	}
	return "/petugas/laporan/daftar?" + q.Encode()
}
