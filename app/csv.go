package app

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// csvWriter writes the rows of an export. Rows reach the reader in pieces of
// 4 KiB, and the rest with flush, so a file of any length takes little memory.
// Every cell stands in quotes, as OWASP asks against formulas.
type csvWriter struct {
	to    *bufio.Writer
	comma string
}

// newCSV begins a file: for Indonesian Excel, which wants a byte order mark
// and semicolons, or plain with commas (RFC 4180).
func newCSV(w io.Writer, excel bool) (csvWriter, error) {
	c := csvWriter{bufio.NewWriter(w), ","}
	if !excel {
		return c, nil
	}
	c.comma = ";"
	_, err := io.WriteString(w, "\ufeff")
	return c, err
}

func (c csvWriter) row(cells ...string) error {
	comma := ""
	for _, cell := range cells {
		for _, part := range []string{comma, `"`, strings.ReplaceAll(harmless(cell), `"`, `""`), `"`} {
			_, _ = c.to.WriteString(part) // an error comes back below
		}
		comma = c.comma
	}
	_, err := c.to.WriteString("\r\n")
	return err
}

func (c csvWriter) flush() error { return c.to.Flush() }

// formulaStarts are what a spreadsheet takes for the start of a formula, in
// either width, and the white space that it takes off before looking.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless makes text of a cell that a spreadsheet would compute (OWASP, CSV
// injection), and of every part of it that would become a cell where somebody
// opens the file with another separator than it was written with.
func harmless(cell string) string {
	trimmed := strings.TrimLeft(cell, " \u00a0\"")
	if trimmed != "" && strings.ContainsRune(formulaStarts, []rune(trimmed)[0]) {
		cell = "'" + cell
	}
	if strings.ContainsAny(cell, separators) {
		cell = formulaInside.ReplaceAllString(cell, "$1'$2")
	}
	return cell
}

const separators = ",;|\t\r\n"

var formulaInside = regexp.MustCompile(`([` + separators + `][ \x{a0}"]*)([=+\-@＝＋－＠])`)
