package app

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"pulih/db"
	"pulih/tickets"
)

// sheetRows are as many as one sheet takes, without its heading (ECMA-376);
// the rest stands on the next.
const sheetRows = 1<<20 - 1

// sheetFile writes an Excel file row by row. Its rows wait in files of
// excelize's own in dir, mode 0600, until it is saved; a text is always stored
// as one, so that no spreadsheet computes it.
type sheetFile struct {
	zone             db.Zone
	heads            []string
	file             *excelize.File
	to               *excelize.StreamWriter
	rows, sheets     int
	bold, date, hour int
	most             int // rows of one sheet
}

func newSheetFile(dir string, heads []string, z db.Zone) (*sheetFile, error) {
	s := &sheetFile{zone: z, heads: heads, most: sheetRows, file: excelize.NewFile(excelize.Options{TmpDir: dir})}
	err := errors.Join(s.style(&s.bold, &excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}),
		s.style(&s.date, &excelize.Style{CustomNumFmt: new("yyyy-mm-dd hh:mm:ss")}),
		s.style(&s.hour, &excelize.Style{CustomNumFmt: new("0.00")}), s.next())
	return s, err
}

func (s *sheetFile) style(id *int, style *excelize.Style) (err error) {
	*id, err = s.file.NewStyle(style)
	return err
}

// next begins another sheet, with the headings.
func (s *sheetFile) next() (err error) {
	name := "Laporan"
	if s.sheets++; s.sheets == 1 {
		err = s.file.SetSheetName("Sheet1", name)
	} else {
		err = s.to.Flush()
		name = name + " " + strconv.Itoa(s.sheets)
		_, missing := s.file.NewSheet(name)
		err = errors.Join(err, missing)
	}
	if err != nil {
		return err
	}
	if s.to, err = s.file.NewStreamWriter(name); err != nil {
		return err
	}
	s.rows = 0
	for i, col := range exportColumns {
		err = errors.Join(err, s.to.SetColWidth(i+1, i+1, col.width))
	}
	err = errors.Join(err, s.to.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	cells := make([]any, len(s.heads))
	for i, head := range s.heads {
		cells[i] = excelize.Cell{StyleID: s.bold, Value: head}
	}
	return errors.Join(err, s.to.SetRow("A1", cells))
}

func (s *sheetFile) row(cells []any) error {
	if s.rows == s.most {
		if err := s.next(); err != nil {
			return err
		}
	}
	s.rows++
	at, err := excelize.CoordinatesToCellName(1, s.rows+1)
	if err != nil {
		return err
	}
	for i, cell := range cells {
		cells[i] = s.cell(cell)
	}
	return s.to.SetRow(at, cells)
}

// cell is a number wherever something can be reckoned with it.
func (s *sheetFile) cell(cell any) any {
	switch v := cell.(type) {
	case db.Time:
		return excelize.Cell{StyleID: s.date, Value: serial(v, s.zone)}
	case time.Duration:
		return excelize.Cell{StyleID: s.hour, Value: v.Hours()}
	case string:
		if v == "" {
			return nil
		}
	}
	return cell
}

// serial is a moment as a spreadsheet counts: days since 30 December 1899, on
// the clocks of a zone.
func serial(t db.Time, z db.Zone) float64 {
	const untilEpoch, day = 25569, 24 * 60 * 60
	_, offset := t.Time().In(z.Location).Zone()
	return untilEpoch + float64(t.Time().Unix()+int64(offset))/day
}

// explain adds a sheet with the definition of what was counted, of which
// period and when.
func (s *sheetFile) explain(x exportAsked, e tickets.Export, rows int) error {
	if err := s.to.Flush(); err != nil {
		return err
	}
	const name = "Keterangan"
	if _, err := s.file.NewSheet(name); err != nil {
		return err
	}
	to, err := s.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	s.to = to
	err = errors.Join(to.SetColWidth(1, 1, 20), to.SetColWidth(2, 2, 100))
	for i, row := range x.explained(e, rows) {
		err = errors.Join(err, to.SetRow("A"+strconv.Itoa(i+1), []any{row[0], row[1]}))
	}
	return err
}

func (x exportAsked) explained(e tickets.Export, rows int) [][2]string {
	sheet := x.behind.Figure.Sheet()
	return [][2]string{
		{"Angka", x.behind.Figure.Label()}, {"Periode", x.zoned()}, {"Saringan", cmp.Or(x.narrowed(), "Tidak ada")},
		{"Jumlah baris", strconv.Itoa(rows)}, {"Dihitung pada", e.AsOf.Exact(x.Zone)},
		{"Yang dihitung", sheet.Set}, {"Jam", sheet.Clock}, {"Mulai", sheet.Start}, {"Akhir", sheet.End}, {"Kalender", sheet.Calendar},
		{"Tidak dimuat", "Nama, email, telepon, NIP lengkap, dan isi permohonan. Buka permohonannya bila perlu."},
	}
}

// save writes the file past excelize's own buffer, which would hold all of it.
func (s *sheetFile) save(to io.Writer) error {
	if err := s.to.Flush(); err != nil {
		return err
	}
	s.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(to) })
	_, err := s.file.WriteToBuffer()
	return err
}

func (s *sheetFile) close() error { return s.file.Close() }
