package app

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func csvOf(t *testing.T, excel bool, cells ...string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := newCSV(&b, excel)
	if err == nil {
		err = w.row(cells...)
	}
	if err == nil {
		err = w.flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Names and texts are typed by strangers: a spreadsheet must never compute
// them.
func TestACellIsNeverAFormula(t *testing.T) {
	for _, hostile := range []string{
		`=HYPERLINK("http://x.test")`, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1",
		"＝1", "＋1", "－1", "＠SUM(A1)",
	} {
		for _, excel := range []bool{true, false} {
			got := read(t, csvOf(t, excel, "a", hostile), excel)
			if len(got) != 2 || !strings.HasPrefix(got[1], "'") {
				t.Errorf("%q became %q", hostile, got)
			}
		}
	}
}

func TestACellThatIsTextStays(t *testing.T) {
	cells := []string{"Budi; \"Rina\"", "a=b", "", " ", "tiga,empat", "Ünal", "198001012006041001"}
	for _, excel := range []bool{true, false} {
		if got := read(t, csvOf(t, excel, cells...), excel); !slices.Equal(got, cells) {
			t.Errorf("%q became %q", cells, got)
		}
	}
}

func TestIndonesianExcelGetsMarkAndSemicolons(t *testing.T) {
	if got := csvOf(t, true, "a", "b"); got != "\ufeffa;b\r\n" {
		t.Errorf("%q", got)
	}
	if got := csvOf(t, false, "a", "b"); got != "a,b\r\n" {
		t.Errorf("%q", got)
	}
}

func read(t *testing.T, text string, excel bool) []string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	if excel {
		r.Comma = ';'
	}
	row, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	return row
}
