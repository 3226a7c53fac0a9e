package main

import (
	"fmt"
	"os"
	"strings"

	"pulih/db"
	"pulih/tickets"
)

// calendar is the office's week of Perpres 21/2023, closed on the dates of
// the holidays file: national holidays and cuti bersama of the yearly decree.
func calendar(holidays string, zone db.Zone) (tickets.Calendar, error) {
	if holidays == "" {
		return tickets.Office(zone), nil
	}
	text, err := os.ReadFile(holidays)
	if err != nil {
		return tickets.Calendar{}, setting("holidays", err)
	}
	var dates []tickets.Date
	for n, line := range strings.Split(string(text), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		date, err := tickets.ParseDate(line)
		if err != nil {
			return tickets.Calendar{}, setting("holidays", fmt.Errorf("line %d: want YYYY-MM-DD", n+1))
		}
		dates = append(dates, date)
	}
	c := tickets.Office(zone, dates...)
	if err := c.Check(); err != nil {
		return c, setting("holidays", err)
	}
	return c, nil
}
