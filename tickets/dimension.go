package tickets

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"pulih/db"
)

// Dimension is by what a figure is taken apart.
type Dimension string

// The dimensions.
const (
	ByKind    Dimension = "jenis"
	ByChannel Dimension = "kanal"
	ByLevel   Dimension = "tingkat"
	ByUnit    Dimension = "unit"
	ByCause   Dimension = "sebab"
	ByOutcome Dimension = "hasil"
	ByAgent   Dimension = "petugas"
	ByEnd     Dimension = "akhir"
	ByBand    Dimension = "pita"
	ByHour    Dimension = "jam" // "1-07": Monday, from seven

	ByUnitCause Dimension = "unit-sebab" // "hilang|Dinas Pendidikan"
	ByDoer      Dimension = "pelaku"     // who did what a figure counts each time
)

// Bands are those of the first response, by their ends.
var Bands = []string{"0-1", "1-4", "4-8", "8-24", "24-"}

// value is the group to which a cycle belongs.
func (d Dimension) value(m *Measure, f *frame) string {
	switch d {
	case ByKind:
		return string(m.Kind)
	case ByChannel:
		return string(m.Channel)
	case ByLevel:
		return string(m.Level)
	case ByUnit:
		return m.Home
	case ByCause:
		return m.Cause
	case ByOutcome:
		return m.Outcome
	case ByAgent:
		return m.Agent
	case ByEnd:
		return string(m.End)
	case ByBand:
		return band(m.AnsweredWork)
	case ByHour:
		return f.hours[f.hourOfWeek(m.Opened)]
	case ByUnitCause:
		return f.join(m.Cause, m.Home)
	case ByDoer:
		return f.mark.By.ID
	}
	return ""
}

// join makes each value once: a million of them would be garbage.
func (f *frame) join(one, other string) string {
	key := [2]string{one, other}
	text, known := f.joined[key]
	if !known {
		text = one + "|" + other
		f.joined[[2]string{strings.Clone(one), strings.Clone(other)}] = text // which are parts of a pack
	}
	return text
}

func band(d time.Duration) string {
	switch {
	case d < time.Hour:
		return Bands[0]
	case d < 4*time.Hour:
		return Bands[1]
	case d < 8*time.Hour:
		return Bands[2]
	case d < 24*time.Hour:
		return Bands[3]
	}
	return Bands[4]
}

const hoursOfWeek = 7 * 24

// hourOfWeek counts from Sunday, 00.00, in the agency's zone.
func (f *frame) hourOfWeek(t db.Time) int {
	const thursday = 4 * 24 // 1 January 1970 was one
	return int(((t+f.shift)/slotLength + thursday) % hoursOfWeek)
}

// hourNames are the values of ByHour.
func hourNames() (names [hoursOfWeek]string) {
	for i := range names {
		names[i] = strconv.Itoa(i/24) + fmt.Sprintf("-%02d", i%24)
	}
	return names
}
