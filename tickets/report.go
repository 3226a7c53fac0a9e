package tickets

import (
	"context"
	"time"

	"pulih/db"
)

// Period is from From until before Until.
type Period struct{ From, Until db.Time }

// Figure names a number of the report, and the list behind it.
type Figure string

// The figures.
const (
	Arrived  Figure = "masuk"
	Resolved Figure = "selesai"
	Backlog  Figure = "terbuka"
	Age4h    Figure = "umur-4j"
	Age8h    Figure = "umur-8j"
	Age2d    Figure = "umur-2h"
	Age5d    Figure = "umur-5h"
	AgeOver  Figure = "umur-lebih"
)

// Ages lists the age bands, youngest first.
var Ages = []Figure{Age4h, Age8h, Age2d, Age5d, AgeOver}

// Label is a figure's name on screen.
func (f Figure) Label() string { return string(f) }

// Definition says exactly what a figure counts, in a sentence for the page.
func (f Figure) Definition() string { return "" }

// Spread is how long something took: never a mean. N is how many tickets it
// rests on.
type Spread struct {
	N           int
	Median, P90 time.Duration
}

// Report is what a supervisor sees for a period. Counts holds every Figure.
type Report struct {
	Period         Period
	Counts         map[Figure]int
	Wall, Work     Spread // time to resolution: by the wall clock; in working time without the waiting for the person
	WallDefinition string
	WorkDefinition string
	Days           []Day // arrivals and resolutions of each day, in the agency's zone
}

// Day is a bar of the chart.
type Day struct {
	From              db.Time
	Arrived, Resolved int
}

// Report counts the agency's tickets for a period.
func (d *Desk) Report(ctx context.Context, by By, p Period) (Report, error) {
	return Report{}, errNotYet
}

// ReportList lists exactly the tickets behind a figure.
func (d *Desk) ReportList(ctx context.Context, by By, f Figure, p Period, c Cursor) (Page, error) {
	return Page{}, errNotYet
}
