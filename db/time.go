package db

import (
	"fmt"
	"time"
	_ "time/tzdata" // a static binary on a bare host must still know WITA
)

// Time is an instant as the database keeps it: microseconds since 1970, UTC.
// Zero means "not yet" or "never". Text with an offset would not compare, and
// a wrong comparison is a code that never expires.
type Time int64

// At converts from Go's time.
func At(t time.Time) Time { return Time(t.UnixMicro()) }

// Scan reads it from a row. database/sql would find its way from one number to
// the other by reflection, five times in each row of a queue.
func (t *Time) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("db: %T is no time", src)
	}
	*t = Time(n)
	return nil
}

// Time converts to Go's time, in UTC.
func (t Time) Time() time.Time { return time.UnixMicro(int64(t)).UTC() }

// Add moves t by d.
func (t Time) Add(d time.Duration) Time { return t + Time(d.Microseconds()) }

// Midnight is when t's day began in a zone.
func (t Time) Midnight(z Zone) Time {
	l := t.Time().In(z.Location)
	return At(time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, z.Location))
}

// Sub says how long after u t is.
func (t Time) Sub(u Time) time.Duration { return time.Duration(t-u) * time.Microsecond }

// Zone is a zone of Indonesia, which is how every time is shown.
type Zone struct {
	Name string // WIB, WITA or WIT
	*time.Location
}

// The three zones; none has daylight saving time.
var (
	WIB  = zone("WIB", "Asia/Jakarta")
	WITA = zone("WITA", "Asia/Makassar")
	WIT  = zone("WIT", "Asia/Jayapura")
)

func zone(name, iana string) Zone {
	loc, err := time.LoadLocation(iana)
	if err != nil {
		panic("db: embedded time zones: " + err.Error())
	}
	return Zone{name, loc}
}

// ZoneNamed finds WIB, WITA or WIT.
func ZoneNamed(name string) (Zone, error) {
	for _, z := range []Zone{WIB, WITA, WIT} {
		if z.Name == name {
			return z, nil
		}
	}
	return Zone{}, fmt.Errorf("db: zone %q is not WIB, WITA or WIT", name)
}

var (
	days = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

	months = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni",
		"Juli", "Agustus", "September", "Oktober", "November", "Desember"}
)

// Hour shows the time of day: "10.42 WITA".
func (t Time) Hour(z Zone) string {
	return t.Time().In(z.Location).Format("15.04") + " " + z.Name
}

// Date shows the day: "23 November 2026".
func (t Time) Date(z Zone) string {
	l := t.Time().In(z.Location)
	return fmt.Sprintf("%d %s %d", l.Day(), months[l.Month()-1], l.Year())
}

// Long shows day and hour: "Senin, 23 November 2026 pukul 10.42 WITA".
func (t Time) Long(z Zone) string {
	l := t.Time().In(z.Location)
	return fmt.Sprintf("%s, %s pukul %s", days[l.Weekday()], t.Date(z), t.Hour(z))
}

// Short shows day and hour in a table: "23-11-2026 10.42".
func (t Time) Short(z Zone) string {
	return t.Time().In(z.Location).Format("02-01-2006 15.04")
}

// Brief shows it where the year is plain: "23-11 10.42".
func (t Time) Brief(z Zone) string { return t.Time().In(z.Location).Format("02-01 15.04") }

// Exact shows it where it is a record: "23-11-2026 10.42 WITA".
func (t Time) Exact(z Zone) string { return t.Short(z) + " " + z.Name }
