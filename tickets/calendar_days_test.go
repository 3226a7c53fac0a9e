package tickets_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
)

const decree = "\ufeffTanggal;Sampai;Jenis;Nama;Hari;Jam\r\n" +
	"25-12-2026;;Libur Nasional;Hari Raya Natal;;\r\n" +
	"2026-12-24;;cuti bersama;Cuti bersama Natal;;\r\n" +
	"18/02/2026;19/03/2026;jam khusus;Ramadan;senin-kamis;08.00-12.00 12.30-15.00\r\n" +
	"18/02/2026;19/03/2026;jam khusus;Ramadan;jumat;08:00–11:30, 12:30–15:30\r\n" +
	"2026-03-17;2026-03-18;libur;Nyepi;;\r\n\r\n"

func form(days string) tickets.CalendarForm {
	f := tickets.OfficeForm(db.WITA)
	f.Days = days
	return f
}

func TestTheDecreeIsImported(t *testing.T) {
	c, err := form(decree).Calendar()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct{ from, until, want string }{
		{"2026-12-23 00.00", "2026-12-26 00.00", "7h30m0s"},
		{"2026-02-16 00.00", "2026-02-17 00.00", "7h30m0s"}, // the day before Ramadan
		{"2026-02-23 00.00", "2026-02-28 00.00", "32h30m0s"},
		{"2026-03-16 00.00", "2026-03-21 00.00", "20h30m0s"}, // two days of Nyepi in it, and the Friday after it
		{"2026-02-21 00.00", "2026-02-23 00.00", "0s"},       // a week-end stays one
	} {
		if got := c.Between(local(t, w.from), local(t, w.until)).String(); got != w.want {
			t.Errorf("%s to %s: %s, want %s", w.from, w.until, got, w.want)
		}
	}
}

func TestRamadanIsThirtyTwoHoursAndAHalf(t *testing.T) {
	days := tickets.Ramadan(tickets.Date{Year: 2027, Month: time.February, Day: 8}, tickets.Date{Year: 2027, Month: time.March, Day: 9})
	c, err := form(tickets.FormatDays(days)).Calendar()
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Between(local(t, "2027-02-08 00.00"), local(t, "2027-02-15 00.00")); got != 32*time.Hour+30*time.Minute {
		t.Error(got)
	}
}

func TestABadListOfDaysIsRefusedByItsLine(t *testing.T) {
	const head = "tanggal;jenis;nama;sampai;hari;jam\n"
	for text, line := range map[string]int{
		"2026-12-25\n":                       1, // no head
		"tanggal;nama\n2026-12-25;Natal\n":   1, // no column of kinds
		head + "2026-13-25;libur;Natal;;;\n": 2,
		head + "25-12-26;libur;Natal;;;\n":   2,
		head + "\n2026-12-25;libur;;;;\n":    2, // no name
		head + "2026-12-25;pesta;Natal;;;\n": 2,
		head + "2026-12-25;libur;A;;;\n2026-12-26;libur;" + strings.Repeat("a", 81) + ";;;\n": 3,
		head + "2026-12-25;libur;Natal;2026-12-24;;\n":                                        2, // ends before it begins
		head + "2026-12-25;libur;Natal;2027-12-25;;\n":                                        2, // a slip of the year
		head + "2026-12-25;libur;Natal;;;08.00-12.00\n":                                       2, // a holiday with hours
		head + "2026-12-25;jam khusus;Ramadan;;;\n":                                           2, // none
		head + "2026-12-25;jam khusus;Ramadan;;;12.00-08.00\n":                                2,
		head + "2026-12-25;jam khusus;Ramadan;;;08.00-08.75\n":                                2,
		head + "2026-12-25;jam khusus;Ramadan;;kamis-senin;08.00-12.00\n":                     2,
		head + "2026-12-25;libur;\"Natal;;;\n":                                                1, // a quote without its end
	} {
		_, err := tickets.ReadDays(text)
		var bad *tickets.DayError
		if !errors.As(err, &bad) || bad.Line != line || !errors.Is(err, tickets.ErrCalendar) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAListOfDaysIsWrittenAsItIsRead(t *testing.T) {
	days, err := tickets.ReadDays(decree)
	if err != nil {
		t.Fatal(err)
	}
	again, err := tickets.ReadDays(tickets.FormatDays(days))
	if err != nil || tickets.FormatDays(again) != tickets.FormatDays(days) || len(again) != 5 {
		t.Error(again, err)
	}
	newer, _ := tickets.ReadDays("tanggal,jenis,nama\n2026-12-25,libur,Natal\n2027-01-01,libur,Tahun Baru\n")
	merged := tickets.MergeDays(days, newer)
	if text := tickets.FormatDays(merged); len(merged) != 6 || strings.Contains(text, "Hari Raya Natal") || !strings.Contains(text, "2027-01-01") {
		t.Error(text)
	}
}

func TestHoursThatCannotBeAreRefused(t *testing.T) {
	for _, text := range []string{"7-12", "07.30-12.00 11.00-16.00", "16.00-07.30", "07.30-07.30", "07.30-24.01", "07.60-08.00", "07.30", "pagi", "-1.00-2.00"} {
		f := form("")
		f.Week[time.Monday] = text
		var bad *tickets.CalendarMistake
		if _, err := f.Calendar(); !errors.As(err, &bad) || bad.Field != "hari-1" {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := (tickets.CalendarForm{Zone: "WIB"}).Calendar(); !errors.Is(err, tickets.ErrCalendar) {
		t.Error("a calendar without work passes: ", err)
	}
	if _, err := (tickets.CalendarForm{Zone: "GMT", Week: form("").Week}).Calendar(); !errors.Is(err, tickets.ErrCalendar) {
		t.Error("any zone passes: ", err)
	}
}
