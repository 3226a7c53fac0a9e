package app

import (
	"cmp"
	"strings"

	"pulih/tickets"
)

// dimensions say by what a figure is taken apart, and how its groups read.
var dimensions = map[tickets.Dimension]struct {
	title string
	say   func(grouped, string) string
}{
	tickets.ByKind:    {"Jenis", func(_ grouped, v string) string { return tickets.Kind(v).Label() }},
	tickets.ByChannel: {"Jalur", func(_ grouped, v string) string { return channelNames[tickets.Channel(v)] }},
	tickets.ByLevel:   {"Tingkat bukti", func(_ grouped, v string) string { return cmp.Or(levelNames[tickets.Level(v)], "Tidak diperiksa") }},
	tickets.ByUnit:    {"OPD", func(_ grouped, v string) string { return cmp.Or(v, unknownUnit) }},
	tickets.ByCause:   {"Sebab", func(_ grouped, v string) string { return causeName(v) }},
	tickets.ByOutcome: {"Hasil", func(_ grouped, v string) string { return cmp.Or(tickets.Solution(v).Label(), v, "Tidak dicatat") }},
	tickets.ByAgent:   {"Petugas", func(g grouped, v string) string { return cmp.Or(g.staff[v], "Oleh pemohon sendiri") }},
	tickets.ByEnd:     {"Cara berakhir", func(_ grouped, v string) string { return stateBadges[tickets.State(v)].Text }},
	tickets.ByBand:    {"Lama", func(_ grouped, v string) string { return bandNames[v] }},
	tickets.ByHour:    {"Saat", func(_ grouped, v string) string { return hourName(v) }},
	tickets.ByDoer:    {"Petugas", func(g grouped, v string) string { return cmp.Or(g.staff[v], "Tidak dikenal") }},
	tickets.ByUnitCause: {"Sebab dan OPD", func(_ grouped, v string) string {
		cause, unit, _ := strings.Cut(v, "|")
		return causeName(cause) + ", " + cmp.Or(unit, unknownUnit)
	}},
}

const unknownUnit = "Tidak dikenal"

func causeName(cause string) string {
	return cmp.Or(optionText(requestCauses, cause), "Tidak ditanyakan")
}

var bandNames = map[string]string{
	"0-1": "< 1 jam", "1-4": "1–4 jam", "4-8": "4–8 jam", "8-24": "8–24 jam", "24-": "≥ 24 jam",
}

// weekdays are in the order of Go's and of hours of the week.
var weekdays = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// hourName reads "1-07" as "Senin, 07.00–07.59".
func hourName(value string) string {
	if len(value) != 4 || value[0] < '0' || value[0] > '6' {
		return value
	}
	return weekdays[value[0]-'0'] + ", " + value[2:] + ".00–" + value[2:] + ".59"
}

func (g grouped) say(by tickets.Dimension, value string) string { return dimensions[by].say(g, value) }
