package app

import (
	"fmt"
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
	Zone        db.Zone
}

// reportDays reads ?dari= and ?sampai=; without them it is the week to begin
// with. A period that makes no sense is told.
func (a *App) reportDays(c echo.Context) (days, []views.FieldError, error) {
	zone, err := a.Desk.ZoneOf(c.Request().Context(), a.by(c))
	if err != nil {
		return days{}, nil, err
	}
	now := a.DB.Now()
	d, mistake := readDays(c.QueryParam("dari"), c.QueryParam("sampai"), firstWeek(now, zone))
	if d.First.After(thisWeek(now, zone).Last) {
		mistake = views.FieldError{Field: "dari", Text: "Periode itu belum tiba."}
	}
	if mistake.Text != "" {
		return firstWeek(now, zone), []views.FieldError{mistake}, nil
	}
	return d, nil, nil
}

// firstWeek is what a report opens on: this week, or while it is younger than
// two working days the one before, which has something to say.
func firstWeek(now db.Time, z db.Zone) days {
	week := thisWeek(now, z)
	if week.First.AddDate(0, 0, 2).After(today(now, z)) {
		return week.before()
	}
	return week
}

func readDays(from, until string, week days) (days, views.FieldError) {
	if from == "" && until == "" {
		return week, views.FieldError{}
	}
	d := days{Zone: week.Zone}
	var err error
	if d.First, err = time.ParseInLocation(dateForm, from, d.Zone.Location); err != nil {
		return d, views.FieldError{Field: "dari", Text: "Pilih tanggal awal."}
	}
	if d.Last, err = time.ParseInLocation(dateForm, until, d.Zone.Location); err != nil {
		return d, views.FieldError{Field: "sampai", Text: "Pilih tanggal akhir."}
	}
	switch {
	case d.count() < 1:
		return d, views.FieldError{Field: "sampai", Text: "Tanggal akhir mendahului tanggal awal."}
	case d.count() > 366:
		return d, views.FieldError{Field: "sampai", Text: "Pilih periode paling lama satu tahun."}
	}
	return d, views.FieldError{}
}

func today(now db.Time, z db.Zone) time.Time {
	t := now.Time().In(z.Location)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, z.Location)
}

// thisWeek begins on Monday.
func thisWeek(now db.Time, z db.Zone) days {
	today := today(now, z)
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	return days{monday, monday.AddDate(0, 0, 6), z}
}

func thisMonth(now db.Time, z db.Zone) days {
	today := today(now, z)
	first := today.AddDate(0, 0, 1-today.Day())
	return days{first, first.AddDate(0, 1, -1), z}
}

// thisYear is the whole of it, so that it is compared with a whole one.
func thisYear(day time.Time, z db.Zone) days {
	first := time.Date(day.Year(), time.January, 1, 0, 0, 0, 0, z.Location)
	return days{first, first.AddDate(1, 0, -1), z}
}

// period ends where the day after the last begins.
func (d days) period() tickets.Period {
	return tickets.Period{From: db.At(d.First), Until: db.At(d.Last.AddDate(0, 0, 1))}
}

// count is a number of days: Indonesia's zones have no day of 23 hours.
func (d days) count() int {
	return int(d.Last.Sub(d.First)/(24*time.Hour)) + 1
}

// before is the period that these are compared with.
func (d days) before() days {
	p := d.period().Before(d.Zone.Location)
	return days{p.From.Time().In(d.Zone.Location), d.First.AddDate(0, 0, -1), d.Zone}
}

// compared says which period that is, and by what rule.
func (d days) compared() string {
	months, rule := d.months(), "sama panjangnya"
	switch {
	case months == 1:
		rule = "bulan sebelumnya"
	case months == 12:
		rule = "dua belas bulan sebelumnya"
	case months > 1:
		rule = fmt.Sprintf("%d bulan sebelumnya", months)
	case d.count() == 7 && d.First.Weekday() == time.Monday:
		rule = "minggu sebelumnya"
	}
	return d.before().String() + ", " + rule
}

func (d days) months() int { return d.period().Months(d.Zone.Location) }

// String is the period in words: "16 November 2026 – 22 November 2026".
func (d days) String() string {
	return db.At(d.First).Date(d.Zone) + " – " + db.At(d.Last).Date(d.Zone)
}

// zoned names the zone too.
func (d days) zoned() string { return d.String() + " (" + d.Zone.Name + ")" }

func (d days) query() url.Values {
	return url.Values{"dari": {d.First.Format(dateForm)}, "sampai": {d.Last.Format(dateForm)}}
}

func (d days) address() string { return reportPath + "?" + d.query().Encode() }
