package accounts

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxRoster  = 64 << 20 // bytes: some 300,000 people
	maxColumns = 100
	headerRows = 10 // rows in which the column names are looked for, below a title
)

// RosterError refuses a whole file: what is in it cannot be told for certain.
// Text is a sentence for the operator, in Indonesian; Line is 0 when no single
// line is at fault.
type RosterError struct {
	Line int
	Text string
}

func (e *RosterError) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("Baris %d: %s", e.Line, e.Text)
}

// sheet is a file taken apart, each line with its number in the file.
type sheet struct {
	columns columns
	lines   []sheetLine
}

type sheetLine struct {
	number int
	cells  []string
}

func readSheet(raw []byte) (sheet, error) {
	text, err := decode(raw)
	if err != nil {
		return sheet{}, err
	}
	text, comma := delimiter(text)
	lines, err := splitLines(unwrapFormulas(text), comma)
	if err != nil {
		return sheet{}, err
	}
	for i, l := range lines[:min(headerRows, len(lines))] {
		if found, ok := findColumns(l.cells); ok {
			return sheet{found, lines[i+1:]}, found.problem(l)
		}
	}
	return sheet{}, &RosterError{Text: "Tidak ada kolom NIP dan Nama pada 10 baris pertama. Tulis judul kolom, misalnya: NIP, Nama, Unit Kerja."}
}

// decode wants UTF-8. A file in another encoding still shows most names
// rightly, which is why it is refused whole instead of read with holes.
func decode(raw []byte) (string, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	switch {
	case len(raw) > maxRoster:
		return "", &RosterError{Text: "Berkas lebih besar dari 64 MiB. Bagi per instansi."}
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return "", &RosterError{Text: "Ini berkas Excel, bukan CSV. Simpan sebagai “CSV UTF-8”."}
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return "", &RosterError{Text: "Berkas ini UTF-16. Simpan sebagai “CSV UTF-8”."}
	}
	if at := badByte(raw); at >= 0 {
		return "", &RosterError{Line: 1 + bytes.Count(raw[:at], []byte("\n")), Text: "Ada huruf yang bukan UTF-8. Simpan sebagai “CSV UTF-8”."}
	}
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), nil
}

func badByte(raw []byte) int {
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size < 2 || r == 0 {
			return i
		}
		i += size
	}
	return -1
}

// delimiter believes Excel's "sep=;" line, else counts in the first ten lines.
func delimiter(text string) (string, rune) {
	if first, rest, ok := strings.Cut(text, "\n"); ok && len(first) == 5 && strings.EqualFold(first[:4], "sep=") {
		return "\n" + rest, rune(first[4])
	}
	head := strings.Join(firstN(strings.SplitN(text, "\n", headerRows+1), headerRows), "\n")
	return text, slices.MaxFunc([]rune{',', ';', '\t'}, func(a, b rune) int {
		return strings.Count(head, string(a)) - strings.Count(head, string(b))
	})
}

func firstN[T any](s []T, n int) []T { return s[:min(n, len(s))] }

// formulaCell is how a spreadsheet is told to keep digits: ="1986…".
var formulaCell = regexp.MustCompile(`(?m)(^|[,;\t])="([^"\n]*)"`)

func unwrapFormulas(text string) string { return formulaCell.ReplaceAllString(text, `$1"$2"`) }

// splitLines is strict about quotes: behind a stray one, lines vanish into a
// cell, and whoever vanishes from a roster is deactivated.
func splitLines(text string, comma rune) ([]sheetLine, error) {
	if comma != ',' && comma != ';' && comma != '\t' {
		return nil, &RosterError{Line: 1, Text: "Pemisah kolom harus koma, titik koma, atau tab."}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	var lines []sheetLine
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return nil, &RosterError{Line: parse.StartLine, Text: "Tanda kutip (\") tidak berpasangan. Perbaiki, lalu impor lagi."}
		}
		if err != nil {
			return nil, err
		}
		number, _ := r.FieldPos(0)
		lines = append(lines, sheetLine{number, cells})
	}
}
