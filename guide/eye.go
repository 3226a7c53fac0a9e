package guide

import (
	"errors"
	"regexp"
	"strconv"
	"time"

	"pulih/db"
	"pulih/otp"
)

// ErrHour refuses what is no time of day.
var ErrHour = errors.New("guide: not a time of day")

// Reading a clock and pressing the button takes up to half a minute.
const slowestEye = 30 * time.Second

var hourPattern = regexp.MustCompile(`^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])([:.][0-5][0-9])?$`)

// ReadClock measures by the hour and minute that a person reads off a phone that is set to zone. It cannot see the date,
// so the answer lies within twelve hours either way, and cannot see the seconds, so it is no better than 45 s.
func ReadClock(typed string, zone db.Zone, now time.Time) (Finding, error) {
	m := hourPattern.FindStringSubmatch(typed)
	if m == nil {
		return Finding{}, ErrHour
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	here := now.In(zone.Location)
	shown := time.Date(here.Year(), here.Month(), here.Day(), hour, minute, 0, 0, zone.Location)
	low := withinHalfDay(shown.Sub(here))
	return Finding{Method: ByEye, Drift: otp.Drift{Low: low, High: low + time.Minute + slowestEye}}, nil
}

// withinHalfDay takes the day for which the clock is least wrong.
func withinHalfDay(d time.Duration) time.Duration {
	switch {
	case d > day/2:
		return d - day
	case d <= -day/2:
		return d + day
	}
	return d
}
