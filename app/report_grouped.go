package app

import (
	"fmt"
	"time"

	"pulih/tickets"
	"pulih/views"
)

// grouped is a report that is being drawn. staff names its members, heads are
// the people of each unit.
type grouped struct {
	asked
	tickets.Report
	staff map[string]string
	heads map[string]int
}

// tiles are figures; each leads to the tickets behind it.
func (g grouped) tiles(all ...tickets.Figure) (tiles []views.Figure) {
	for _, f := range all {
		tile := views.Figure{Label: f.Label(), Sheet: views.Sheet(f.Sheet()), Href: g.list(f)}
		tile.Value, tile.Note = figureText(f, g.Sums)
		tile.Before, _ = figureText(f, g.Was)
		tiles = append(tiles, tile)
	}
	return tiles
}

// figureText is what a figure says: how many, which part of its whole, or the
// median with the 90th percentile and how many it rests on.
func figureText(f tickets.Figure, sums map[tickets.Figure]tickets.Sum) (value, note string) {
	s := sums[f]
	switch of := f.Of(); {
	case f.Timed():
		return spreadText(f, s.Spread)
	case of != "":
		whole := sums[of].N
		return told(share{s.N, whole}.String(), whole, fmt.Sprintf("%s dari %s", views.Count(s.N), views.Count(whole)))
	}
	return views.Count(s.N), ""
}

func spreadText(f tickets.Figure, s tickets.Spread) (median, note string) {
	switch {
	case s.N == 0:
		return "–", "belum ada"
	case s.N < smallest:
		return "–", underFive
	}
	say := spanOf(f)
	return say(s.Median), fmt.Sprintf("9 dari 10 dalam %s · n\u00a0=\u00a0%s", say(s.P90), views.Count(s.N))
}

// spanOf writes the times of a figure: working time knows no days, which
// would be taken for those of the calendar.
func spanOf(f tickets.Figure) func(time.Duration) string {
	if f == tickets.FullWall || f == tickets.FirstWall || f == tickets.AtDesk {
		return span
	}
	return worked
}

func worked(d time.Duration) string {
	minutes := int(d.Minutes())
	if minutes < 60 {
		return fmt.Sprintf("%d mnt", minutes)
	}
	return units(minutes/60, "jam", minutes%60, "mnt")
}

// median is a group's, where it may be told.
func median(f tickets.Figure, s tickets.Spread) string {
	if s.N < smallest {
		return "–"
	}
	return spanOf(f)(s.Median)
}

// cell is the number of a group, which leads to its tickets: not of fewer than
// five, and not of none.
func (g grouped) cell(f tickets.Figure, by tickets.Dimension, value string, n int) views.Cell {
	switch {
	case n == 0:
		return views.Cell{Text: "0"}
	case n < smallest:
		return views.Cell{Text: underFive}
	}
	return views.Cell{Text: views.Count(n), Href: g.group(f, by, value)}
}

// of is one group of a figure, zero where there is none.
func (g grouped) of(f tickets.Figure, by tickets.Dimension, value string) tickets.Group {
	for _, p := range g.Sums[f].Groups[by] {
		if p.Value == value {
			return p
		}
	}
	return tickets.Group{}
}
