package tickets

import (
	"encoding/csv"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// WeekdayNames are the days as people write them, by time.Weekday.
var WeekdayNames = [7]string{"minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"}

// dayLayouts are how dates come: of machines, and of Indonesian spreadsheets.
var dayLayouts = []string{time.DateOnly, "02-01-2006", "02/01/2006", "2-1-2006", "2/1/2006"}

// readDay reads one line; why is Indonesian, and empty when it could.
func readDay(cell func(string) string) (e Exception, why string) {
	var ok, ends bool
	if e.From, ok = readDate(cell("tanggal")); !ok {
		return e, "Tanggal harus seperti 2026-12-25 atau 25-12-2026."
	}
	e.Until = e.From
	if cell("sampai") != "" {
		if e.Until, ends = readDate(cell("sampai")); !ends {
			return e, "Kolom sampai harus berisi tanggal."
		}
	}
	if days := e.Until.time().Sub(e.From.time()); days < 0 || days >= longRun*24*time.Hour {
		return e, "Kolom sampai harus sesudah tanggal, paling lama 60 hari."
	}
	if e.Kind, ok = readKind(cell("jenis")); !ok {
		return e, "Jenis harus libur, cuti bersama, atau jam khusus."
	}
	e.Name = cell("nama")
	if n := utf8.RuneCountInString(e.Name); n == 0 || n > 80 || !utf8.ValidString(e.Name) {
		return e, "Nama harus 1 sampai 80 huruf."
	}
	return e, e.readHours(cell)
}

func (e *Exception) readHours(cell func(string) string) (why string) {
	var err error
	if e.Windows, err = ParseHours(cell("jam")); err != nil {
		return "Jam harus seperti 08.00-12.00 12.30-15.00."
	}
	if e.short() != (len(e.Windows) > 0) {
		return "Kolom jam diisi untuk jam khusus saja."
	}
	if cell("hari") == "" {
		return ""
	}
	if e.On = readWeekdays(cell("hari")); len(e.On) == 0 || !e.short() {
		return "Kolom hari harus seperti senin-kamis atau jumat, untuk jam khusus saja."
	}
	return ""
}

func readDate(text string) (Date, bool) {
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 2000 && t.Year() < 2100 {
			return dateOf(t), true
		}
	}
	return Date{}, false
}

func readKind(text string) (DayKind, bool) {
	switch kind := DayKind(strings.ToLower(text)); kind {
	case Holiday, JointLeave, ShortHours:
		return kind, true
	case "libur nasional":
		return Holiday, true
	}
	return "", false
}

// readWeekdays reads "senin-kamis" and "jumat"; none where it cannot.
func readWeekdays(text string) []time.Weekday {
	first, last, run := strings.Cut(strings.ToLower(text), "-")
	if !run {
		last = first
	}
	from, until := slices.Index(WeekdayNames[:], strings.TrimSpace(first)), slices.Index(WeekdayNames[:], strings.TrimSpace(last))
	if from < 0 || until < from {
		return nil
	}
	var days []time.Weekday
	for day := from; day <= until; day++ {
		days = append(days, time.Weekday(day))
	}
	return days
}

// FormatDays writes what ReadDays reads, in one form, so that two lists can
// be compared.
func FormatDays(all []Exception) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = ';'
	_ = w.Write(dayColumns) // a strings.Builder takes everything
	for _, e := range sorted(slices.Clone(all)) {
		_ = w.Write(e.cells())
	}
	w.Flush()
	return b.String()
}

func (e Exception) cells() []string {
	until, on := "", ""
	if e.Until != e.From {
		until = e.Until.String()
	}
	if len(e.On) > 0 {
		on = WeekdayNames[e.On[0]]
	}
	if len(e.On) > 1 {
		on += "-" + WeekdayNames[e.On[len(e.On)-1]]
	}
	return []string{e.From.String(), string(e.Kind), e.Name, until, on, FormatHours(e.Windows)}
}

// MergeDays lays a newer list over an older one: a line takes the place of
// those with its date and kind, and for shortened hours its weekdays.
func MergeDays(old, newer []Exception) []Exception {
	kept := slices.DeleteFunc(slices.Clone(old), func(o Exception) bool {
		return slices.ContainsFunc(newer, func(n Exception) bool {
			return n.From == o.From && n.Kind == o.Kind && slices.Equal(n.On, o.On)
		})
	})
	return sorted(append(kept, newer...))
}
