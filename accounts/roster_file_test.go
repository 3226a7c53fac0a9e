package accounts

import (
	"errors"
	"strings"
	"testing"

	"pulih/db/dbtest"
)

// Every way in which a spreadsheet may write the same two people.
func TestFilesThatSayTheSame(t *testing.T) {
	plain := head + sitis + budis
	files := map[string]string{
		"comma":           plain,
		"semicolon":       strings.ReplaceAll(plain, ",", ";"),
		"tab":             strings.ReplaceAll(plain, ",", "\t"),
		"BOM":             "\xef\xbb\xbf" + plain,
		"BOM and quotes":  "\xef\xbb\xbf\"NIP\"" + strings.TrimPrefix(plain, "NIP"),
		"Windows":         strings.ReplaceAll(plain, "\n", "\r\n"),
		"old Macintosh":   strings.ReplaceAll(plain, "\n", "\r"),
		"no last newline": strings.TrimSuffix(plain, "\n"),
		"sep line":        "sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"),
		"title above":     "DAFTAR PEGAWAI 2026,,,,,,\n,,,,,,\n" + plain,
		"blank lines":     strings.ReplaceAll(plain, "\n", "\n,,,,,,\n"),
		"quoted":          strings.ReplaceAll(strings.ReplaceAll(plain, string(siti), `"`+string(siti)+`"`), string(budi), `"`+string(budi)+`"`),
		"formula":         strings.ReplaceAll(strings.ReplaceAll(plain, string(siti), `="`+string(siti)+`"`), string(budi), `="`+string(budi)+`"`),
		"quoted formula":  strings.ReplaceAll(plain, string(siti), `"=""`+string(siti)+`"""`),
		"apostrophe":      strings.ReplaceAll(strings.ReplaceAll(plain, string(siti), "'"+string(siti)), string(budi), "’"+string(budi)),
		"grouped":         strings.ReplaceAll(plain, string(siti), "19860926 201505 2 001"),
		"capitals":        strings.ReplaceAll(plain, "siti@example.go.id", " Siti@EXAMPLE.go.id "),
		"phone written":   strings.ReplaceAll(plain, "081234567890", "+62 812-3456-7890"),
		"phone eaten":     strings.ReplaceAll(plain, "081234567890", "81234567890"),
		"more columns":    strings.ReplaceAll(plain, "\n", ",x\n"),
		"spaces":          strings.ReplaceAll(plain, "Siti Contoh", "  Siti\u00a0 Contoh "),
	}
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	dir.imports(plain)
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			p := directory{dir.Accounts, t, d}.plan(file)
			if len(p.Changes) != 0 || p.Same != 2 {
				t.Errorf("same %d, changes: %+v", p.Same, p.Changes)
			}
		})
	}
}

func TestColumnNamesInTheirUsualSpellings(t *testing.T) {
	headers := []string{
		"NIP Baru;Nama Lengkap;SKPD;Instansi Kerja;Surel;No. HP/WA;Status Kepegawaian",
		"NIP/NI PPPK;Nama Pegawai;Unit Kerja;Instansi;Alamat Email;No HP;Status",
		"nip;nama;perangkat daerah;nama instansi;e-mail;telepon;Aktif/Pensiun/Pindah",
		"NIP BARU;NAMA;UNOR NAMA;INSTANSI KERJA NAMA;EMAIL;NOMOR HP;KEDUDUKAN HUKUM NAMA",
		"Employee number;Full name;Unit;Agency;Email address;Mobile;Active",
		"NI PPPK;Nama;OPD;Instansi;Email;Nomor Telepon;Keaktifan",
	}
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	line := strings.ReplaceAll(sitis, ",", ";")
	dir.imports(strings.ReplaceAll(head, ",", ";") + line)
	for _, header := range headers {
		p := directory{dir.Accounts, t, d}.plan(header + "\n" + line)
		if len(p.Changes) != 0 || p.Same != 1 || len(p.Columns) != 7 {
			t.Errorf("%s: columns %v, changes %+v", header, p.Columns, p.Changes)
		}
	}
}

func TestSIASNExportPicksTheNewNumberAndTheStanding(t *testing.T) {
	d, _ := dbtest.New(t)
	p := newDirectory(t, d).plan("NIP LAMA,NIP BARU,NAMA,STATUS CPNS PNS,STATUS KEPEGAWAIAN,KEDUDUKAN HUKUM NAMA\n" +
		"130123456,198609262015052001,Siti,P,PNS,Pensiun\n")
	if p.Skipped != 1 || p.Columns[ColumnNIP] != "NIP BARU" || p.Columns[ColumnStatus] != "KEDUDUKAN HUKUM NAMA" {
		t.Errorf("columns %v, skipped %d, %+v", p.Columns, p.Skipped, p.Changes)
	}
}

func TestFilesRefusedWhole(t *testing.T) {
	files := map[string]struct{ file, says string }{
		"empty":           {"", "kolom NIP"},
		"no NIP column":   {"Nama,Unit\nSiti,Dinas\n", "kolom NIP"},
		"Excel":           {"PK\x03\x04rest", "Excel"},
		"old Excel":       {"\xd0\xcf\x11\xe0rest", "Excel"},
		"UTF-16":          {"\xff\xfeN\x00I\x00P\x00", "UTF-16"},
		"Latin-1":         {head + strings.Replace(sitis, "Siti", "Jos\xe9", 1), "Baris 2: Ada huruf yang bukan UTF-8"},
		"NUL":             {head + strings.Replace(sitis, "Siti", "Si\x00ti", 1), "Baris 2"},
		"stray quote":     {head + strings.Replace(sitis, "Siti", `Siti "Ti" C`, 1), "Baris 2: Tanda kutip"},
		"unclosed quote":  {head + budis + strings.Replace(sitis, "Siti", `"Siti`, 1) + budis, "Baris 3: Tanda kutip"},
		"NIP twice":       {"NIP,Nama,nip\n", "ada dua kali"},
		"101 columns":     {"NIP,Nama" + strings.Repeat(",x", 99) + "\n", "101 kolom"},
		"other delimiter": {"sep=|\nNIP|Nama\n", "Pemisah"},
		"too big":         {strings.Repeat("x", maxRoster+1), "64 MiB"},
	}
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	for name, f := range files {
		_, err := dir.PlanImport(t.Context(), strings.NewReader(f.file))
		var refused *RosterError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), f.says) {
			t.Errorf("%s: %v, want …%s…", name, err, f.says)
		}
	}
}

func TestLinesRefused(t *testing.T) {
	lines := map[string]struct{ line, says string }{
		"scientific":       {"1.98609E+17,Siti,,Pemkab Contoh,,,", "rusak oleh aplikasi lembar kerja"},
		"scientific comma": {`"1,98609E+17",Siti,,Pemkab Contoh,,,`, "rusak oleh aplikasi lembar kerja"},
		"NIK":              {"3204112609860001,Siti,,Pemkab Contoh,,,", "NIK"},
		"old NIP":          {"130123456,Siti,,Pemkab Contoh,,,", "NIP lama"},
		"no such date":     {"199002292015051001,Siti,,Pemkab Contoh,,,", "29-02-1990"},
		"no NIP":           {",Siti,,Pemkab Contoh,,,", "NIP kosong"},
		"letters":          {"19860926A015052001,Siti,,Pemkab Contoh,,,", "hanya berisi angka"},
		"no name":          {"198609262015052001,,,Pemkab Contoh,,,", "Nama kosong"},
		"no agency":        {"198609262015052001,Siti,,,,,", "Instansi kosong"},
		"status":           {"198609262015052001,Siti,,Pemkab Contoh,,,Cuti entah", "Status “Cuti entah” tidak dikenal"},
		"too many cells":   {"198609262015052001,Siti,S.Pd,Dinas,Pemkab Contoh,,,Aktif", "Ada 8 kolom"},
		"torn":             {"198609262015052001,\"Siti\nContoh\",,Pemkab Contoh,,,", "beberapa baris"},
		"long name":        {"198609262015052001," + strings.Repeat("n", 121) + ",,Pemkab Contoh,,,", "lebih dari 120"},
	}
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	for name, l := range lines {
		p := dir.plan(head + budis + l.line + "\n")
		if p.Count(Refused) != 1 || p.Count(Added) != 1 {
			t.Errorf("%s: %+v", name, p.Changes)
			continue
		}
		for _, c := range p.Changes {
			if c.Kind == Refused && (!strings.Contains(c.Why, l.says) || c.Fix == "" || c.Line != 3) {
				t.Errorf("%s: line %d %q, fix %q", name, c.Line, c.Why, c.Fix)
			}
		}
	}
}

// A number that ends on 000 was rounded when the column shows damage, or when
// somebody on file has its first 15 digits. Alone it is only odd.
func TestRoundedNumbers(t *testing.T) {
	line := func(nip string) string { return nip + ",Orang " + nip[:4] + ",,Pemkab Contoh,,,\n" }
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	cases := []struct {
		file    string
		refused int
	}{
		{line("198609262015052000"), 0},
		{line("198609262015052000") + line("198709262015052000"), 2},
		{line("198609262015052000") + line("1.98709E+17"), 2},
	}
	for _, c := range cases {
		p := dir.plan(head + c.file)
		if p.Count(Refused) != c.refused {
			t.Errorf("%q: %d refused, want %d", c.file, p.Count(Refused), c.refused)
		}
		if c.refused == 0 && p.Count(Noted) != 1 {
			t.Error("no warning of an odd number")
		}
	}
	dir.imports(head + sitis)
	if p := dir.plan(head + line("198609262015052000")); p.Count(Refused) != 1 || p.Count(Deactivated) != 0 {
		t.Errorf("the rounded number of somebody on file: %+v", p.Changes)
	}
}

func TestDuplicateLines(t *testing.T) {
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	if p := dir.plan(head + sitis + sitis); p.Count(Added) != 1 || p.Count(Refused) != 1 || p.Withheld {
		t.Errorf("equal lines: %+v", p.Changes)
	}
	if p := dir.plan(head + sitis + strings.Replace(sitis, "siti@", "lain@", 1)); p.Count(Added) != 0 || p.Count(Refused) != 2 {
		t.Errorf("lines that differ: %+v", p.Changes)
	}
}

func TestContactsThatAreNone(t *testing.T) {
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	for _, email := range []string{"siti", "siti@", "a b@example.go.id", "Siti <siti@example.go.id>", "a@x.go.id b@x.go.id", "siti@example"} {
		p := dir.plan("NIP\tNama\tEmail\n" + "198609262015052001\tSiti\t" + email + "\n")
		if p.Count(Added) != 1 || p.Count(Noted) != 1 || p.Changes[0].to.email != "" {
			t.Errorf("%s: %+v", email, p.Changes)
		}
	}
	for _, phone := range []string{"8.12E+11", "8,12346E+11", "12", "+1 555 0100", "081234567890123456", "nol delapan"} {
		if got, ok := ParsePhone(phone); ok || got != "" {
			t.Errorf("%s read as %s", phone, string(got))
		}
	}
}

func TestSharedAddressIsNoted(t *testing.T) {
	d, _ := dbtest.New(t)
	p := newDirectory(t, d).plan(head + sitis + strings.Replace(budis, "budi@", "siti@", 1))
	if p.Count(Noted) != 2 {
		t.Errorf("%+v", p.Changes)
	}
}

// What a cell holds must not write over the operator's terminal.
func TestReportShowsNoControlCharacters(t *testing.T) {
	d, _ := dbtest.New(t)
	p := newDirectory(t, d).plan("NIP,Nama,\x1b[2Jx\u202e,Status\n198609262015052001,Siti\x1b[31m,,\x1b]0;x\x07\n")
	var b strings.Builder
	if err := p.WriteReport(&b); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\u202e") {
		t.Errorf("%q", b.String())
	}
}

func TestStaffWhoLeaveAreNamed(t *testing.T) {
	eachDirectory(t, func(dir directory, _ *dbtest.Clock) {
		dir.imports(head + sitis + budis)
		if _, err := dir.AddStaff(t.Context(), NewStaff{NIP: siti, Name: "Siti", Email: "siti@example.go.id", Roles: []Role{Agent}}, console); err != nil {
			t.Fatal(err)
		}
		p := dir.plan(head + budis)
		if p.Count(Deactivated) != 1 || !strings.Contains(p.Changes[0].Fix, "staff disable") {
			t.Errorf("%+v", p.Changes)
		}
	})
}
