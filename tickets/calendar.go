package tickets

import (
	"errors"
	"time"

	"pulih/db"
)

// ErrCalendar says that a calendar has no working time, or windows that are
// out of order.
var ErrCalendar = errors.New("tickets: calendar")

// Calendar says when an agency works. It is pure, so targets and waits can
// be computed again when a holiday is declared late.
type Calendar struct {
	Zone *time.Location // one of Indonesia's, none of which moves its clocks
	Week Week
	Days map[Date]SpecialDay // dated exceptions to the week
}

// Week is the working time of each time.Weekday: windows in order, not
// overlapping; none on a day off.
type Week [7][]Window

// SpecialDay is what one date has instead of its weekday's windows: none on a
// national holiday and cuti bersama, shorter ones in Ramadan.
type SpecialDay struct {
	Name    string // Indonesian, for the steps of a computation
	Windows []Window
}

// Window is working time within a day, measured from midnight.
type Window struct{ From, Until time.Duration }

// Date is a day of a calendar.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads 2026-12-25.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	return dateOf(t), err
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Office is the default of Perpres 21/2023: five days, 37.5 hours, from
// 07.30, with an hour's break and an hour and a half on Friday.
func Office(z db.Zone, holidays ...Date) Calendar {
	c := Calendar{Zone: z.Location, Days: map[Date]SpecialDay{}}
	for _, h := range holidays {
		c.Days[h] = SpecialDay{Name: "Libur"}
	}
	for day := time.Monday; day <= time.Thursday; day++ {
		c.Week[day] = []Window{window(7, 30, 12, 0), window(13, 0, 16, 0)}
	}
	c.Week[time.Friday] = []Window{window(7, 30, 11, 30), window(13, 0, 16, 30)}
	return c
}

// Always never closes: the demo's calendar.
func Always(z db.Zone) Calendar {
	c := Calendar{Zone: z.Location}
	for day := range c.Week {
		c.Week[day] = []Window{window(0, 0, 24, 0)}
	}
	return c
}

func window(h1, m1, h2, m2 int) Window {
	at := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
	return Window{at(h1, m1), at(h2, m2)}
}

// Check refuses a calendar with which a wait would never end.
func (c Calendar) Check() error {
	if c.Zone == nil || c.Workday() == 0 {
		return ErrCalendar
	}
	for _, day := range c.Week {
		if !inOrder(day) {
			return ErrCalendar
		}
	}
	for _, day := range c.Days {
		if !inOrder(day.Windows) {
			return ErrCalendar
		}
	}
	return nil
}

func inOrder(day []Window) bool {
	last := time.Duration(0)
	for _, w := range day {
		if w.From < last || w.Until <= w.From || w.Until > 24*time.Hour {
			return false
		}
		last = w.Until
	}
	return true
}

// Workday is the mean length of a day on which the agency works: 7.5 hours
// in the default.
func (c Calendar) Workday() time.Duration {
	var sum, days time.Duration
	for _, day := range c.Week {
		for _, w := range day {
			sum += w.Until - w.From
		}
		if len(day) > 0 {
			days++
		}
	}
	return sum / max(days, 1)
}

// Open tells whether the agency works at t.
func (c Calendar) Open(t db.Time) bool {
	for _, s := range c.spans(c.midnight(t)) {
		if s.From <= t && t < s.Until {
			return true
		}
	}
	return false
}
