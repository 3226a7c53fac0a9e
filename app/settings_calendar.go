package app

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

const calendarPath = settingsPath + "/kalender"

// monday first, as calendars are read.
var weekOrder = []int{1, 2, 3, 4, 5, 6, 0}

type calendarForm struct {
	Zone  string `form:"zona,optional"`
	Sun   string `form:"hari-0"`
	Mon   string `form:"hari-1"`
	Tue   string `form:"hari-2"`
	Wed   string `form:"hari-3"`
	Thu   string `form:"hari-4"`
	Fri   string `form:"hari-5"`
	Sat   string `form:"hari-6"`
	Days  string `form:"daftar"`
	More  string `form:"impor,optional"`
	From  string `form:"ramadan-dari,optional"`
	Until string `form:"ramadan-sampai,optional"`
	Step  string `form:"langkah,optional"`
}

func (f calendarForm) calendar() tickets.CalendarForm {
	return tickets.CalendarForm{Zone: f.Zone, Week: [7]string{f.Sun, f.Mon, f.Tue, f.Wed, f.Thu, f.Fri, f.Sat}, Days: f.Days}
}

// calendar shows the agency's calendar, or the usual one as a beginning.
func (a *App) calendar(c echo.Context) error {
	s, err := a.Desk.SettingNow(c.Request().Context(), a.by(c), tickets.CalendarSetting)
	if err != nil {
		return err
	}
	f := tickets.OfficeForm(a.Zone)
	version := "Instansi belum mengatur sendiri; isian di bawah baru saran."
	if s.Version > 0 {
		if f, err = s.CalendarForm(); err != nil {
			return err
		}
		version = fmt.Sprintf("Versi %d, berlaku sejak %s.", s.Version, s.From.Long(a.Zone))
	}
	return a.showCalendar(c, http.StatusOK, f, version)
}

func (a *App) showCalendar(c echo.Context, status int, f tickets.CalendarForm, version string, wrong ...views.FieldError) error {
	waiting, err := a.waitingFor(c, tickets.CalendarSetting)
	if err != nil {
		return err
	}
	shown := views.Calendar{Version: version, Zone: f.Zone, Days: f.Days, Waiting: waiting}
	shown.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	for _, day := range weekOrder {
		shown.Week = append(shown.Week, views.Field{Name: fmt.Sprintf("hari-%d", day), Label: titled(tickets.WeekdayNames[day]),
			Value: f.Week[day], Width: "half", Autocomplete: "off", Max: 80, Optional: true})
	}
	return a.render(c, status, views.CalendarPage(a.settingPage(c, "Kalender kerja", calendarPath, wrong), shown))
}

// setCalendar proposes the calendar, or first adds to its list of days what
// was pasted and the month of fasting.
func (a *App) setCalendar(c echo.Context) error {
	var f calendarForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if f.Step == "gabung" {
		return a.addDays(c, f)
	}
	err := a.Desk.SetCalendar(c.Request().Context(), a.by(c), f.calendar())
	if wrong := settingWrong(err); len(wrong) > 0 {
		return a.showCalendar(c, http.StatusUnprocessableEntity, f.calendar(), "", wrong...)
	}
	if err != nil {
		return err
	}
	return done(c, calendarPath, didPropose)
}

// addDays draws the form again with a longer list; nothing is changed yet.
func (a *App) addDays(c echo.Context, f calendarForm) error {
	typed := f.calendar()
	days, err := tickets.ReadDays(f.Days)
	if wrong := dayWrong("daftar", err); len(wrong) > 0 {
		return a.showCalendar(c, http.StatusUnprocessableEntity, typed, "", wrong...)
	}
	more, err := tickets.ReadDays(f.More)
	wrong := dayWrong("impor", err)
	if f.From != "" || f.Until != "" {
		fasting, why := ramadan(f.From, f.Until)
		wrong.when(why != "", "ramadan-dari", why)
		more = append(more, fasting...)
	}
	if len(wrong) > 0 {
		return a.showCalendar(c, http.StatusUnprocessableEntity, typed, "", wrong...)
	}
	typed.Days = tickets.FormatDays(tickets.MergeDays(days, more))
	return a.showCalendar(c, http.StatusOK, typed, "Daftar sudah ditambah dan belum disimpan. Periksa, lalu usulkan.")
}

func ramadan(from, until string) (days []tickets.Exception, why string) {
	begin, err1 := tickets.ParseDate(from)
	end, err2 := tickets.ParseDate(until)
	if errors.Join(err1, err2) != nil || begin.String() > end.String() {
		return nil, "Isi kedua tanggal Ramadan, misalnya 2027-02-08 dan 2027-03-09."
	}
	return tickets.Ramadan(begin, end), ""
}

func dayWrong(field string, err error) (wrong mistakes) {
	var bad *tickets.DayError
	if errors.As(err, &bad) {
		wrong.when(true, field, fmt.Sprintf("Baris %d: %s", bad.Line, bad.Text))
	}
	return wrong
}

// settingWrong are the mistakes of a setting that its page shows.
func settingWrong(err error) (wrong mistakes) {
	var bad *tickets.CalendarMistake
	if errors.As(err, &bad) {
		wrong.when(true, bad.Field, bad.Text)
	}
	wrong.when(errors.Is(err, tickets.ErrEvidenceSet), "", "Paket bukti tidak boleh lebih longgar daripada batas bawah.")
	wrong.when(errors.Is(err, accounts.ErrProposalTwice), "", "Usulan lain untuk pengaturan ini masih menunggu. Selesaikan dahulu.")
	return wrong
}

// calendarRows are how a calendar is shown in a proposal.
func calendarRows(f tickets.CalendarForm) []views.Row {
	rows := []views.Row{{Key: "Zona waktu", Value: f.Zone}}
	for _, day := range weekOrder {
		hours := f.Week[day]
		if hours == "" {
			hours = "libur"
		}
		rows = append(rows, views.Row{Key: titled(tickets.WeekdayNames[day]), Value: hours})
	}
	days, _ := tickets.ReadDays(f.Days)
	for _, e := range days {
		rows = append(rows, views.Row{Key: dayKey(e), Value: dayValue(e)})
	}
	return rows
}

func dayKey(e tickets.Exception) string {
	if e.Until != e.From {
		return dayText(e.From) + " – " + dayText(e.Until)
	}
	return dayText(e.From)
}

// dayText is a day as people read it: "25 Desember 2026".
func dayText(d fmt.Stringer) string {
	day, err := time.Parse(time.DateOnly, d.String())
	if err != nil {
		return d.String()
	}
	return db.At(day).Date(db.WIB) // seven in the morning of the same day
}

func dayValue(e tickets.Exception) string {
	text := e.Name + " (" + string(e.Kind) + ")"
	var on []string
	for _, day := range e.On {
		on = append(on, tickets.WeekdayNames[day])
	}
	return strings.TrimSpace(text + " " + strings.Join(on, ", ") + " " + tickets.FormatHours(e.Windows))
}
