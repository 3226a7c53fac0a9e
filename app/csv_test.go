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

// Whoever opens a file with another separator than its own splits cells: no
// piece of one may be a formula either.
func TestNoPieceOfACellIsAFormula(t *testing.T) {
	for _, hostile := range []string{
		"Gita,=cmd|'/C calc'!A0", "X;=1+1", "X|@SUM(A1)", "X\t+1", "X\n-1", "X\r\n=1", "X, =1", "X;\u00a0=1", `X,"=1`, "X,;=1", "X,=1,=2", "X;＝1", `"=1`,
	} {
		for _, excel := range []bool{true, false} {
			line := strings.TrimPrefix(csvOf(t, excel, "a", hostile), "\ufeff")
			for _, piece := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;|\t\r\n", r) }) {
				if start := strings.TrimLeft(piece, " \u00a0\""); start != "" && strings.ContainsRune(formulaStarts, []rune(start)[0]) {
					t.Errorf("%q became %q", hostile, line)
				}
			}
			if got := read(t, line, excel)[1]; plainText(got) != plainText(hostile) {
				t.Errorf("%q reads as %q", hostile, got)
			}
		}
	}
}

func TestACellThatIsTextStays(t *testing.T) {
	cells := []string{"Budi; \"Rina\"", "a=b", "", " ", "tiga,empat", "0,5; a-b", "Ünal", "198001012006041001"}
	for _, excel := range []bool{true, false} {
		if got := read(t, csvOf(t, excel, cells...), excel); !slices.Equal(got, cells) {
			t.Errorf("%q became %q", cells, got)
		}
	}
}

func TestIndonesianExcelGetsMarkAndSemicolons(t *testing.T) {
	if got := csvOf(t, true, "a", "b"); got != "\ufeff\"a\";\"b\"\r\n" {
		t.Errorf("%q", got)
	}
	if got := csvOf(t, false, "a", "b"); got != "\"a\",\"b\"\r\n" {
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

// plainText is a cell without our apostrophes; a reader of CSV makes one line
// end of two.
func plainText(cell string) string {
	return strings.NewReplacer("'", "", "\r\n", "\n").Replace(cell)
}
