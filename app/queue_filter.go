package app

import (
	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// queueFilters are what a list is narrowed by, by their names in the address.
var queueFilters = []struct {
	name, label string
	in          func(*tickets.Filter) *string
	options     []views.Option // none asks for words
}{
	{"unit", "OPD", func(f *tickets.Filter) *string { return &f.Unit }, nil},
	{"jenis", "Jenis", func(f *tickets.Filter) *string { return (*string)(&f.Kind) }, kindOptions()},
	{"tingkat", "Tingkat bukti", func(f *tickets.Filter) *string { return (*string)(&f.Level) },
		levelOptions()},
	{"jalur", "Jalur", func(f *tickets.Filter) *string { return (*string)(&f.Channel) },
		[]views.Option{{Value: "remote", Text: channelNames[tickets.Remote]}, {Value: "counter", Text: channelNames[tickets.Counter]}}},
	{"sebab", "Sebab", func(f *tickets.Filter) *string { return &f.Cause }, requestCauses},
}

const maxUnitFilter = 160 // bytes; a longer name of a unit is none

func levelOptions() []views.Option {
	var all []views.Option
	for _, l := range tickets.EvidenceLevels {
		all = append(all, views.Option{Value: string(l), Text: levelNames[l]})
	}
	return all
}

func kindOptions() []views.Option {
	var all []views.Option
	for _, k := range []tickets.Kind{tickets.MFA, tickets.Email, tickets.Lock, tickets.Activation, tickets.Fraud, tickets.Other} {
		all = append(all, views.Option{Value: string(k), Text: k.Label()})
	}
	return all
}

// queueFilter reads what narrows the list. What the page does not offer
// narrows nothing.
func queueFilter(c echo.Context) (f tickets.Filter) {
	for _, q := range queueFilters {
		value := oneLine(c.QueryParam(q.name))
		if len(value) <= maxUnitFilter && offered(q.options, value) {
			*q.in(&f) = value
		}
	}
	return f
}

func offered(options []views.Option, value string) bool {
	if options == nil {
		return true
	}
	return optionText(options, value) != ""
}

// optionText is how an option reads, "" for none of them.
func optionText(options []views.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Text
		}
	}
	return ""
}

// narrowing draws the filters as they stand.
func narrowing(l tickets.List) views.Narrowing {
	n := views.Narrowing{View: string(l.View), Clear: queueAddress(tickets.List{View: l.View})}
	for _, q := range queueFilters {
		value := *q.in(&l.Filter)
		control := views.Control{Field: views.Field{Name: q.name, Label: q.label, Value: value, OneOf: true}}
		if q.options == nil {
			control.Max, control.Type = maxUnitFilter, "search"
		} else {
			control.Options = append([]views.Option{{Text: "Semua"}}, q.options...)
		}
		if value != "" {
			n.On++
		}
		n.Fields = append(n.Fields, control)
	}
	return n
}
