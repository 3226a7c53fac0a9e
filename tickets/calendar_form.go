package tickets

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// CalendarForm is a calendar as its agency writes it down, and as it is kept.
type CalendarForm struct {
	Zone string    // WIB, WITA or WIT
	Week [7]string // by time.Weekday, as ParseHours reads them
	Days string    // as ReadDays reads them
}

// CalendarMistake says which field of a CalendarForm cannot be read: "zona",
// "hari-0" to "hari-6", "daftar", or "" for a calendar without work.
type CalendarMistake struct{ Field, Text string } // Indonesian

// Error names the field for the log.
func (m *CalendarMistake) Error() string { return "tickets: calendar: " + m.Field + ": " + m.Text }

// Unwrap makes it an ErrCalendar.
func (m *CalendarMistake) Unwrap() error { return ErrCalendar }

// Calendar computes what the form says. *CalendarMistake.
func (f CalendarForm) Calendar() (Calendar, error) {
	zone, err := db.ZoneNamed(f.Zone)
	if err != nil {
		return Calendar{}, &CalendarMistake{"zona", "Pilih WIB, WITA, atau WIT."}
	}
	c := Calendar{Zone: zone.Location}
	for day, text := range f.Week {
		if c.Week[day], err = ParseHours(text); err != nil {
			return Calendar{}, &CalendarMistake{fmt.Sprintf("hari-%d", day), "Tulis jam seperti 07.30-12.00 13.00-16.00, berurutan."}
		}
	}
	days, err := ReadDays(f.Days)
	var bad *DayError
	if errors.As(err, &bad) {
		return Calendar{}, &CalendarMistake{"daftar", fmt.Sprintf("Baris %d: %s", bad.Line, bad.Text)}
	}
	c = c.apply(days)
	if c.Check() != nil {
		return Calendar{}, &CalendarMistake{"", "Isi jam kerja sedikitnya untuk satu hari."}
	}
	return c, nil
}

// tidy writes the form in one way, whatever way it was typed.
func (f CalendarForm) tidy() (CalendarForm, error) {
	c, err := f.Calendar()
	if err != nil {
		return f, err
	}
	days, err := ReadDays(f.Days)
	f.Days = FormatDays(days)
	for day := range f.Week {
		f.Week[day] = FormatHours(c.Week[day])
	}
	return f, err
}

// OfficeForm is Office as a form, for an agency that has set nothing yet.
func OfficeForm(z db.Zone) CalendarForm {
	f := CalendarForm{Zone: z.Name}
	for day, windows := range Office(z).Week {
		f.Week[day] = FormatHours(windows)
	}
	return f
}

// Ramadan are the shortened hours of Perpres 21/2023 for a run of days: 32.5
// hours a week from 08.00, with half an hour's break and an hour's on Friday.
func Ramadan(from, until Date) []Exception {
	run := Exception{From: from, Until: until, Kind: ShortHours, Name: "Ramadan"}
	monday, friday := run, run
	monday.On, monday.Windows = readWeekdays("senin-kamis"), []Window{window(8, 0, 12, 0), window(12, 30, 15, 0)}
	friday.On, friday.Windows = []time.Weekday{time.Friday}, []Window{window(8, 0, 11, 30), window(12, 30, 15, 30)}
	return []Exception{monday, friday}
}

func readCalendar(value string) (Calendar, error) {
	var f CalendarForm
	if err := json.Unmarshal([]byte(value), &f); err != nil {
		return Calendar{}, fmt.Errorf("%w: %w", ErrCalendar, err)
	}
	return f.Calendar()
}
