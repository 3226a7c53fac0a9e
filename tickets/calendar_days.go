package tickets

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DayKind is why a date is not like its weekday.
type DayKind string

// The kinds of dated exception.
const (
	Holiday    DayKind = "libur"
	JointLeave DayKind = "cuti bersama"
	ShortHours DayKind = "jam khusus" // Ramadan: other hours on days of work
)

// Exception is a line of the list of days: a date or a run of them.
type Exception struct {
	From, Until Date
	Kind        DayKind
	Name        string
	On          []time.Weekday // ShortHours on these only; none is every one
	Windows     []Window       // of ShortHours
}

// DayError says which line of a list of days cannot be read, and why.
type DayError struct {
	Line int
	Text string // Indonesian
}

// Error names the line for the log.
func (e *DayError) Error() string { return fmt.Sprintf("tickets: days: line %d: %s", e.Line, e.Text) }

// Unwrap makes it an ErrCalendar.
func (e *DayError) Unwrap() error { return ErrCalendar }

// dayColumns are the columns of a list of days; the first three must be there.
var dayColumns = []string{"tanggal", "jenis", "nama", "sampai", "hari", "jam"}

const (
	mostDays = 400 // lines of a list: ten years of decrees
	longRun  = 60  // days of one line: a month of fasting, not a slip of the year
)

// ReadDays reads a list of days, CSV with a head, cut by semicolon, comma or
// tab, as it is exported from the yearly decree. *DayError.
func ReadDays(text string) ([]Exception, error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if text == "" {
		return nil, nil
	}
	head, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = comma(head), -1, true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, &DayError{1, "Berkas ini bukan CSV yang dapat dibaca."}
	}
	at, missing := columnsOf(rows[0])
	if missing != "" {
		return nil, &DayError{1, "Baris pertama harus memuat kolom “" + missing + "”."}
	}
	return readDays(rows[1:], at)
}

func comma(head string) rune {
	for _, r := range ";\t" {
		if strings.ContainsRune(head, r) {
			return r
		}
	}
	return ','
}

func columnsOf(head []string) (at map[string]int, missing string) {
	at = map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range dayColumns[:3] {
		if _, ok := at[name]; !ok {
			return nil, name
		}
	}
	return at, ""
}

func readDays(rows [][]string, at map[string]int) ([]Exception, error) {
	if len(rows) > mostDays {
		return nil, &DayError{mostDays, "Terlalu banyak baris."}
	}
	var all []Exception
	for n, row := range rows {
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(row) {
				return strings.Join(strings.Fields(row[i]), " ")
			}
			return ""
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		e, why := readDay(cell)
		if why != "" {
			return nil, &DayError{n + 2, why}
		}
		all = append(all, e)
	}
	return sorted(all), nil
}

// sorted puts shortened hours before the holidays that fall into them, which
// win, and one date's lines in the order of their kinds.
func sorted(all []Exception) []Exception {
	slices.SortStableFunc(all, func(a, b Exception) int {
		if a.short() != b.short() {
			if a.short() {
				return -1
			}
			return 1
		}
		return a.From.time().Compare(b.From.time())
	})
	return all
}

func (e Exception) short() bool { return e.Kind == ShortHours }

func (d Date) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String is what ParseDate reads.
func (d Date) String() string { return d.time().Format(time.DateOnly) }

// apply lays the exceptions over a calendar. Shortened hours concern days on
// which the agency works anyway.
func (c Calendar) apply(all []Exception) Calendar {
	c.Days = map[Date]SpecialDay{}
	for _, e := range all {
		for day := e.From.time(); !day.After(e.Until.time()); day = day.AddDate(0, 0, 1) {
			if !e.short() || e.on(day.Weekday()) && len(c.Week[day.Weekday()]) > 0 {
				c.Days[dateOf(day)] = SpecialDay{Name: e.Name, Windows: e.Windows}
			}
		}
	}
	return c
}

func (e Exception) on(day time.Weekday) bool { return len(e.On) == 0 || slices.Contains(e.On, day) }
