package app

import (
	"fmt"

	"pulih/tickets"
	"pulih/views"
)

// codeRefused tells a wrong clock from a wrong code: it is the usual cause,
// and "wrong code" would send people round in circles.
func codeRefused(r tickets.Enrolled) []views.FieldError {
	text := fmt.Sprintf("Kode tidak cocok. Tunggu kode berikutnya, lalu ketik. Sisa percobaan: %d.", r.Left)
	if late := clockWords(r.Offset); late != "" {
		text = late + ". Perbaiki jam, lalu ketik kode baru."
	}
	return []views.FieldError{{Field: "kode", Text: text}}
}

// clockWords says how far a phone's clock is off by steps of 30 seconds,
// "" for none. Above zero it is ahead.
func clockWords(offset int) string {
	direction := "terlambat"
	if offset > 0 {
		direction = "lebih cepat"
	}
	seconds := max(offset, -offset) * 30
	switch {
	case offset == 0:
		return ""
	case seconds < 90:
		return fmt.Sprintf("Jam HP Anda %s sekitar 1 menit", direction)
	}
	return fmt.Sprintf("Jam HP Anda %s sekitar %d menit", direction, (seconds+30)/60)
}
