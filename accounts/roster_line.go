package accounts

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"pulih/secret"
)

// entry is what a line says of a person. Where the line is refused, nip and
// name are filled as far as they can be read.
type entry struct {
	line               int
	nip                secret.NIP
	name, unit, agency string
	email              secret.Email
	phone              secret.Phone
	active             bool
	notes              []string
}

// lineProblem is why a line is refused, and what to do about it.
type lineProblem struct{ why, fix string }

func (p *lineProblem) Error() string { return p.why }

const (
	maxName = 120 // letters, of a name with its titles
	maxUnit = 200
)

// readLine reads a line. agency is whose file it is, where the file has no
// column for that. Its error is a *lineProblem.
func (c columns) readLine(l sheetLine, damage nipDamage, agency string) (entry, error) {
	e := entry{line: l.number, name: oneLine(c.cell(l, ColumnName)), unit: oneLine(c.cell(l, ColumnUnit)), agency: agency}
	if err := c.shape(l); err != nil {
		return e, err
	}
	if err := e.readNIP(c.cell(l, ColumnNIP), damage); err != nil {
		return e, err
	}
	if c.has(ColumnAgency) {
		e.agency = oneLine(c.cell(l, ColumnAgency))
	}
	var err error
	if e.active, err = readStatus(c.cell(l, ColumnStatus)); err != nil {
		return e, err
	}
	e.readContacts(c.cell(l, ColumnEmail), c.cell(l, ColumnPhone))
	return e, e.check()
}

// shape refuses what a misplaced quote or delimiter does to a line.
func (c columns) shape(l sheetLine) error {
	if len(l.cells) > c.width && strings.Join(l.cells[c.width:], "") != "" {
		return &lineProblem{fmt.Sprintf("Ada %d kolom, judul hanya %d.", len(l.cells), c.width),
			"Beri tanda kutip pada isi yang memuat tanda pemisah."}
	}
	for i, cell := range l.cells {
		if torn(cell, c.uses(i)) {
			return &lineProblem{"Satu kolom berisi beberapa baris.", "Periksa tanda kutip di baris ini."}
		}
	}
	return nil
}

var anyNIP = regexp.MustCompile(`\d{18}`)

func torn(cell string, used bool) bool {
	return strings.Contains(strings.TrimSpace(cell), "\n") && (used || anyNIP.MatchString(cell))
}

func (e *entry) readNIP(cell string, damage nipDamage) error {
	typed := bareNIP(cell)
	if typed == "" {
		return &lineProblem{"NIP kosong.", "Isi NIP atau NI PPPK."}
	}
	if scientific.MatchString(typed) {
		return &lineProblem{"NIP rusak oleh aplikasi lembar kerja: " + typed + ".", fixSpreadsheet}
	}
	nip, reading, err := ParseNIP(typed)
	var wrong *NIPError
	if errors.As(err, &wrong) {
		return &lineProblem{wrong.Text, "Samakan dengan SK atau kartu pegawai."}
	}
	if rounded(string(nip)) && damage.rounds(nip) {
		return &lineProblem{"Tiga angka terakhir NIP menjadi 000: dibulatkan oleh aplikasi lembar kerja.", fixSpreadsheet}
	}
	e.nip = nip
	if reading.Warning != "" {
		e.notes = append(e.notes, reading.Warning)
	}
	return nil
}

func (e *entry) check() error {
	switch {
	case e.name == "":
		return &lineProblem{"Nama kosong.", "Isi nama lengkap."}
	case utf8.RuneCountInString(e.name) > maxName:
		return &lineProblem{fmt.Sprintf("Nama lebih dari %d huruf.", maxName), "Periksa tanda kutip dan pemisah kolom."}
	case utf8.RuneCountInString(e.unit) > maxUnit, utf8.RuneCountInString(e.agency) > maxUnit:
		return &lineProblem{fmt.Sprintf("Nama unit atau instansi lebih dari %d huruf.", maxUnit), "Periksa tanda kutip dan pemisah kolom."}
	case e.agency == "":
		return &lineProblem{"Instansi kosong.", "Isi nama instansi seperti pada baris lain."}
	}
	return nil
}

func (l sheetLine) blank() bool { return strings.TrimSpace(strings.Join(l.cells, "")) == "" }
