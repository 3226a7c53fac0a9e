package views

import "github.com/a-h/templ"

// ReportSection answers one question of a report: with figures, pictures and
// tables, in this order.
type ReportSection struct {
	ID, Title, Lead string
	Figures         []Figure
	Pictures        []templ.Component // of the chart kit
	Tables          []Table
	Lists           []List
	Notes           []string
}

// List is what is read one by one.
type List struct {
	Lead  string
	Items []string
}

// PaperHead is what stands at the head of each printed sheet.
type PaperHead struct{ Agency, Period, Narrowed, Counted, AsOf string }

// Paper is the head of the report's sheets.
func (r Report) Paper() PaperHead {
	return PaperHead{r.Agency, r.Period, r.Narrowed, r.Counted, r.AsOf}
}

// Sheet is the definition that stands with a figure (helpdesk.md §4.3): what
// is counted, by which clock, from when to when, by which calendar. Parts that
// say nothing are empty.
type Sheet struct {
	Set, Clock, Start, End, Calendar string
}

// Count writes a number as Indonesians do: 1.234.
func Count(n int) string { return figure(float64(n)) }
