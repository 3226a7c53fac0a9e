package tickets

import (
	"time"

	"pulih/db"
)

// horizon is how many days Add and Back walk before they give up: longer
// than any run of holidays. Check keeps calendars out that would reach it.
const horizon = 3660

// Add is the moment at which d of working time has passed since start. With
// nothing to wait for it is start itself, open or not.
func (c Calendar) Add(start db.Time, d time.Duration) db.Time {
	day := c.midnight(start)
	for range horizon {
		if d <= 0 {
			return start
		}
		for _, s := range c.spans(day) {
			from := max(s.From, start)
			if length := s.Until.Sub(from); d <= length {
				return from.Add(d)
			} else if length > 0 {
				d -= length
			}
		}
		day = c.step(day, 1)
	}
	return db.At(day)
}

// Back is the latest moment since which d of working time had passed at end.
func (c Calendar) Back(end db.Time, d time.Duration) db.Time {
	day := c.midnight(end)
	for range horizon {
		if d <= 0 {
			return end
		}
		spans := c.spans(day)
		for i := len(spans) - 1; i >= 0; i-- {
			until := min(spans[i].Until, end)
			if length := until.Sub(spans[i].From); d <= length {
				return until.Add(-d)
			} else if length > 0 {
				d -= length
			}
		}
		day = c.step(day, -1)
	}
	return db.At(day)
}

// Between is the working time from a to b, 0 when b is not after a.
func (c Calendar) Between(a, b db.Time) time.Duration {
	var sum time.Duration
	for day := c.midnight(a); db.At(day) < b; day = c.step(day, 1) {
		for _, s := range c.spans(day) {
			sum += max(0, min(s.Until, b).Sub(max(s.From, a)))
		}
	}
	return sum
}

type span struct{ From, Until db.Time }

func (c Calendar) spans(midnight time.Time) []span {
	windows := c.windows(midnight)
	spans := make([]span, len(windows))
	for i, w := range windows {
		spans[i] = span{db.At(midnight).Add(w.From), db.At(midnight).Add(w.Until)}
	}
	return spans
}

// windows are the working time of a day: its own, where it has some.
func (c Calendar) windows(midnight time.Time) []Window {
	if day, ok := c.Days[dateOf(midnight)]; ok {
		return day.Windows
	}
	return c.Week[midnight.Weekday()]
}

func (c Calendar) midnight(t db.Time) time.Time {
	y, m, d := t.Time().In(c.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, c.Zone)
}

func (c Calendar) step(day time.Time, days int) time.Time { return day.AddDate(0, 0, days) }
