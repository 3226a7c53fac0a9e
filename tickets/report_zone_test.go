package tickets_test

import (
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// The same instants in the three zones of Indonesia: what is a working hour,
// and which day it is, is the agency's. Written in WITA; Tuesday 8 December
// 2026 is a holiday.
//
//	A  Sun 6 23.30, selesai Mon 7 17.30    in WIT it is Monday already
//	B  Mon 7 07.00, selesai 10.00
//	C  Mon 7 15.30, selesai Wed 9 08.00    over the holiday
var inZones = []string{
	"2026-12-06 23.30 A open", "2026-12-07 07.00 B open", "2026-12-07 10.00 B resolve", "2026-12-07 15.30 C open",
	"2026-12-07 17.30 A resolve", "2026-12-09 08.00 C resolve",
}

func TestTheFiguresAreOfTheAgencysZone(t *testing.T) {
	minutes := func(n ...int) (all [3]time.Duration) {
		for i := range n {
			all[i] = time.Duration(n[i]) * time.Minute
		}
		return all
	}
	for zone, want := range map[db.Zone]struct {
		arrived string
		work    [3]time.Duration // of A, B and C
		hourOfB int
	}{
		db.WIB:  {"BC", minutes(450, 90, 90), 6}, // C: 14.30–16.00
		db.WITA: {"BC", minutes(450, 150, 60), 7},
		db.WIT:  {"ABC", minutes(450, 180, 90), 8}, // C: 07.30–09.00
	} {
		each(t, func(w *ticketstest.World) {
			f := tickets.OfficeForm(zone)
			f.Days = "tanggal;jenis;nama\n2026-12-08;libur;Hari jadi kabupaten\n"
			put(w, ticketstest.Agency, tickets.CalendarSetting, 1, f)
			names := walkedOn(w, t, inZones)
			monday := db.At(time.Date(2026, 12, 7, 0, 0, 0, 0, zone.Location))
			p := tickets.Period{From: monday, Until: monday.Add(7 * 24 * time.Hour)}
			r := read(w, w.Supervisor, p, tickets.ReportFilter{})
			agrees(w, tickets.Behind{Figure: tickets.Arrived}, p, r.Sums[tickets.Arrived].N, names, want.arrived)
			if r.Hours[24+want.hourOfB] != 1 {
				w.Errorf("%s: B did not arrive at %d: %v", zone.Name, want.hourOfB, r.Hours)
			}
			page, err := w.Desk.ReportList(w.Context(), w.Supervisor, tickets.Behind{Figure: tickets.FullWork}, p, "")
			if err != nil || len(page.Rows) != 3 {
				w.Fatal(err, page.Rows)
			}
			for _, row := range page.Rows {
				if name := names[row.Number]; row.Took != want.work[name[0]-'A'] {
					w.Errorf("%s: %s took %s, paper %s", zone.Name, name, row.Took, want.work[name[0]-'A'])
				}
			}
		})
	}
}
