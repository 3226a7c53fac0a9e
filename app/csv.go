package app

import (
	"encoding/csv"
	"io"
	"strings"
)

// csvWriter writes the rows of an export. Rows reach the reader in pieces of
// 4 KiB, and the rest with flush, so a file of any length takes little memory.
type csvWriter struct{ to *csv.Writer }

// newCSV begins a file: for Indonesian Excel, which wants a byte order mark
// and semicolons, or plain with commas (RFC 4180).
func newCSV(w io.Writer, excel bool) (csvWriter, error) {
	c := csvWriter{csv.NewWriter(w)}
	c.to.UseCRLF = true
	if !excel {
		return c, nil
	}
	c.to.Comma = ';'
	_, err := io.WriteString(w, "\ufeff")
	return c, err
}

func (c csvWriter) row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = harmless(cell)
	}
	return c.to.Write(safe)
}

func (c csvWriter) flush() error {
	c.to.Flush()
	return c.to.Error()
}

// formulaStarts are what a spreadsheet takes for the start of a formula, in
// either width, and the white space that it takes off before looking.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless makes text of a cell that a spreadsheet would compute (OWASP, CSV
// injection).
func harmless(cell string) string {
	trimmed := strings.TrimLeft(cell, " \u00a0")
	if trimmed != "" && strings.ContainsRune(formulaStarts, []rune(trimmed)[0]) {
		return "'" + cell
	}
	return cell
}
