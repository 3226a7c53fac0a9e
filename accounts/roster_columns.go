package accounts

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Column is one thing that a roster says of a person.
type Column string

// The columns, by the names that the report uses.
const (
	ColumnNIP    Column = "NIP"
	ColumnName   Column = "Nama"
	ColumnUnit   Column = "Unit kerja"
	ColumnAgency Column = "Instansi"
	ColumnEmail  Column = "Email"
	ColumnPhone  Column = "Nomor HP"
	ColumnStatus Column = "Status"
)

// spellings are the names that agencies give their columns, without blanks and
// signs. Where a file has several of one kind, the first of the list is used:
// SIASN's own export has "NIP BARU" beside "NIP LAMA", and both a status of
// employment and a legal standing.
var spellings = []struct {
	column Column
	names  []string
}{
	{ColumnNIP, []string{"nipbaru", "nipnipppk", "nipataunipppk", "nippnsnipppk", "nip", "nipppk", "nippppk", "nippegawai", "nomorindukpegawai", "nomorinduk", "employeenumber", "employeeid"}},
	{ColumnName, []string{"namalengkap", "nama", "namapegawai", "namaasn", "namalengkapdangelar", "namadangelar", "fullname", "name", "employeename"}},
	{ColumnUnit, []string{"opd", "skpd", "namaopd", "namaskpd", "perangkatdaerah", "unitkerja", "namaunitkerja", "unitorganisasi", "unornama", "unor", "satuankerja", "satker", "unit", "workunit", "department"}},
	{ColumnAgency, []string{"instansikerjanama", "instansikerja", "instansi", "namainstansi", "instansiinduknama", "instansiinduk", "pemerintahdaerah", "agency"}},
	{ColumnEmail, []string{"email", "surel", "alamatemail", "alamatsurel", "emailpribadi", "emailaddress", "emailgov"}},
	{ColumnPhone, []string{"nohp", "nomorhp", "nohpwa", "nomorhpwa", "hp", "hpwa", "nohandphone", "nomorhandphone", "handphone", "noponsel", "nomorponsel", "ponsel", "nowa", "nomorwa", "nowhatsapp", "nomorwhatsapp", "notelepon", "nomortelepon", "notelp", "telp", "telepon", "phone", "phonenumber", "mobile", "mobilephone"}},
	{ColumnStatus, []string{"kedudukanhukumnama", "kedudukanhukum", "statusaktif", "keaktifan", "aktifpensiunpindah", "status", "statuspegawai", "statuskepegawaian", "statusasn", "active", "employmentstatus"}},
}

// columns says where each thing stands in a line, and what the header called it.
type columns struct {
	at     map[Column]int
	called map[Column]string
	width  int
	unused []string
	twice  string
}

// findColumns reads a line as the header. It is one when it names NIP and name.
func findColumns(header []string) (columns, bool) {
	c := columns{at: map[Column]int{}, called: map[Column]string{}, width: len(header)}
	folded := make([]string, len(header))
	for i, cell := range header {
		folded[i] = fold(cell)
	}
	for _, s := range spellings {
		c.place(s.column, s.names, folded, header)
	}
	for i, cell := range header {
		if !c.uses(i) && strings.TrimSpace(cell) != "" {
			c.unused = append(c.unused, oneLine(cell))
		}
	}
	_, nip := c.at[ColumnNIP]
	_, name := c.at[ColumnName]
	return c, nip && name
}

func (c *columns) place(what Column, names, folded, header []string) {
	for _, name := range names {
		i := slices.Index(folded, name)
		if i < 0 {
			continue
		}
		c.at[what], c.called[what] = i, oneLine(header[i])
		if slices.Contains(folded[i+1:], name) {
			c.twice = oneLine(header[i])
		}
		return
	}
}

func (c columns) uses(i int) bool {
	for _, at := range c.at {
		if at == i {
			return true
		}
	}
	return false
}

// problem refuses a header that can be read in two ways.
func (c columns) problem(header sheetLine) error {
	switch {
	case c.twice != "":
		return &RosterError{header.number, fmt.Sprintf("Kolom “%s” ada dua kali. Hapus salah satu.", c.twice)}
	case c.width > maxColumns:
		return &RosterError{header.number, fmt.Sprintf("Ada %d kolom, paling banyak %d. Hapus yang tidak perlu.", c.width, maxColumns)}
	}
	return nil
}

// cell is what a line says under a column, "" when it says nothing.
func (c columns) cell(l sheetLine, what Column) string {
	i, ok := c.at[what]
	if !ok || i >= len(l.cells) {
		return ""
	}
	return l.cells[i]
}

func (c columns) has(what Column) bool {
	_, ok := c.at[what]
	return ok
}

// fold keeps what tells two names apart: letters and digits in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// oneLine trims, joins runs of white space, and drops what is not to be seen:
// control characters would let a cell write over the operator's terminal.
func oneLine(s string) string {
	visible := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(visible), " ")
}
