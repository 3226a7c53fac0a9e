package tickets

import (
	"slices"
	"time"

	"pulih/db"
)

// frame is through what a report looks at the measures.
type frame struct {
	period   Period
	asOf     db.Time // what has happened before it has happened
	now      db.Time
	calendar Calendar
	shift    db.Time // of the zone from UTC; Indonesia's never change
	hours    *[hoursOfWeek]string
	joined   map[[2]string]string // values of two dimensions at once
	mark     *Mark                // that is being counted
	filter   ReportFilter
	units    []string // whose requests he sees; nil is everybody's
}

func newFrame(c Calendar, by By, p Period, f ReportFilter, now db.Time) frame {
	_, offset := p.From.Time().In(c.Zone).Zone()
	hours := hourNames()
	return frame{period: p, asOf: min(p.Until, now+1), now: now, calendar: c, shift: db.Time(time.Duration(offset) * time.Second / time.Microsecond),
		hours: &hours, joined: map[[2]string]string{}, filter: f, units: parted(by.Staff.Units...)}
}

// before is the frame of the period before.
func (f frame) before() frame {
	f.period = f.period.Before(f.calendar.Zone)
	f.asOf = min(f.period.Until, f.now+1)
	return f
}

// shows tells whether a measure is within the units and the filter (ST-04).
func (f *frame) shows(m *Measure) bool {
	return f.may(m) &&
		(f.filter.Unit == "" || f.filter.home() == m.Home) &&
		(f.filter.Kind == "" || f.filter.Kind == m.Kind) &&
		(f.filter.Level == "" || f.filter.Level == m.Level) &&
		(f.filter.Channel == "" || f.filter.Channel == m.Channel)
}

func (f *frame) may(m *Measure) bool { return len(f.units) == 0 || slices.Contains(f.units, m.Home) }

// counts tells at which moment a figure counts a measure, 0 when it does not
// in this period.
func (f *frame) counts(l *figure, m *Measure) db.Time {
	if l.when == nil {
		if m.openAt(f.asOf) && (l.Name == Backlog || l.Name == f.age(m)) {
			return m.Opened
		}
		return 0
	}
	if at := l.when(m, f); f.during(at) {
		return at
	}
	return 0
}

func (f *frame) during(t db.Time) bool { return t >= f.period.From && t < f.period.Until }

// age is the band of an open cycle.
func (f *frame) age(m *Measure) Figure {
	workday := f.calendar.Workday()
	switch worked := f.calendar.Between(m.Opened, f.asOf); {
	case worked < 4*time.Hour:
		return Age4h
	case worked < 8*time.Hour:
		return Age8h
	case worked < 2*workday:
		return Age2d
	case worked < 5*workday:
		return Age5d
	}
	return AgeOver
}
