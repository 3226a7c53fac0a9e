package tickets_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
)

// local reads a time of the agency of the tests, which is in WITA.
func local(t testing.TB, text string) db.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15.04", text, db.WITA.Location)
	if err != nil {
		t.Fatal(err)
	}
	return db.At(at)
}

func TestWorkingTimeWorkedOutByHand(t *testing.T) {
	office := tickets.Office(db.WITA, tickets.Date{Year: 2026, Month: time.December, Day: 25}, tickets.Date{Year: 2026, Month: time.December, Day: 24})
	for _, c := range []struct {
		from string
		d    time.Duration
		want string
	}{
		{"2026-11-23 10.00", 4 * time.Hour, "2026-11-23 15.00"},                  // over the break
		{"2026-11-23 14.00", 4 * time.Hour, "2026-11-24 09.30"},                  // two hours today
		{"2026-11-23 16.00", 4 * time.Hour, "2026-11-24 11.30"},                  // exactly at the end of work
		{"2026-11-23 07.30", 7*time.Hour + 30*time.Minute, "2026-11-23 16.00"},   // a whole day
		{"2026-11-27 11.00", 1 * time.Hour, "2026-11-27 13.30"},                  // the break on Friday is longer
		{"2026-11-27 16.00", 1 * time.Hour, "2026-11-30 08.00"},                  // over the week-end
		{"2026-12-23 15.00", 2 * time.Hour, "2026-12-28 08.30"},                  // over holidays and a week-end
		{"2026-11-22 09.00", 30 * time.Minute, "2026-11-23 08.00"},               // filed on a Sunday
		{"2026-11-23 15.59", time.Minute + time.Microsecond, "2026-11-24 07.30"}, // not cut to whole minutes
	} {
		got := office.Add(local(t, c.from), c.d)
		if c.d%time.Minute != 0 {
			got -= db.Time((c.d % time.Minute).Microseconds())
		}
		if got != local(t, c.want) {
			t.Errorf("%s + %s = %s, want %s", c.from, c.d, got.Short(db.WITA), c.want)
		}
	}
	if got := office.Between(local(t, "2026-12-23 15.00"), local(t, "2026-12-28 08.30")); got != 2*time.Hour {
		t.Error(got)
	}
	if office.Workday() != 7*time.Hour+30*time.Minute {
		t.Error(office.Workday())
	}
}

func TestTheSameInstantIsAnotherHourInAnotherZone(t *testing.T) {
	at := local(t, "2026-11-23 15.30") // 14.30 WIB, 16.30 WIT
	for zone, want := range map[db.Zone]string{db.WIB: "2026-11-23 16.30", db.WIT: "2026-11-24 07.30"} {
		if got := tickets.Office(zone).Add(at, time.Hour); got != local(t, want) {
			t.Errorf("%s: %s", zone.Name, got.Short(db.WITA))
		}
	}
}

func TestBetweenUndoesAdd(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	begin := local(t, "2026-01-01 00.00")
	for range 20000 {
		c := someCalendar(random)
		start := begin.Add(time.Duration(random.Int64N(int64(400 * 24 * time.Hour))))
		d := time.Duration(random.Int64N(int64(60*time.Hour))) / 1000 * 1000
		end := c.Add(start, d)
		if got := c.Between(start, end); got != d {
			t.Fatalf("%s + %s is %s, and between them %s", start.Short(db.WITA), d, end.Short(db.WITA), got)
		}
		back := c.Back(end, d)
		if c.Between(back, end) != d || (d > 0 && c.Between(back+1, end) >= d) || back < start {
			t.Fatalf("%s before %s is not %s", d, end.Short(db.WITA), back.Short(db.WITA))
		}
		middle := start + db.Time(random.Int64N(int64(end-start)+1))
		if c.Between(start, middle)+c.Between(middle, end) != d {
			t.Fatal("the parts do not add up")
		}
	}
}

func someCalendar(random *rand.Rand) tickets.Calendar {
	c := tickets.Office([]db.Zone{db.WIB, db.WITA, db.WIT}[random.IntN(3)])
	if random.IntN(4) == 0 {
		c = tickets.Always(db.WITA)
	}
	c.Days = map[tickets.Date]tickets.SpecialDay{}
	run := random.IntN(40) // a run longer than any loop guard in days of the target
	for i := range run {
		day := time.Date(2026, 3, 1+i, 0, 0, 0, 0, time.UTC)
		c.Days[tickets.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}] = tickets.SpecialDay{Name: "Libur", Windows: shortened(random)}
	}
	return c
}

// shortened is no work at all, mostly, or the hours of Ramadan.
func shortened(random *rand.Rand) []tickets.Window {
	if random.IntN(3) > 0 {
		return nil
	}
	return []tickets.Window{{From: 8 * time.Hour, Until: 12 * time.Hour}, {From: 12*time.Hour + 30*time.Minute, Until: 15 * time.Hour}}
}

func TestACalendarWithoutWorkIsRefused(t *testing.T) {
	empty := tickets.Calendar{Zone: time.UTC}
	late := tickets.Always(db.WIB)
	late.Week[1] = []tickets.Window{{From: 9 * time.Hour, Until: 8 * time.Hour}}
	for _, c := range []tickets.Calendar{empty, late, {}} {
		if !errors.Is(c.Check(), tickets.ErrCalendar) {
			t.Errorf("%v passes", c.Week)
		}
	}
	if err := tickets.Office(db.WIT).Check(); err != nil {
		t.Error(err)
	}
	if end := empty.Add(0, time.Hour); end <= 0 {
		t.Error("it does not end", end)
	}
}
