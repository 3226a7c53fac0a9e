package accounts

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pulih/db/dbtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everything is a file that does each thing an import can do.
const everything = head +
	"198609262015052001,\"Siti Contoh, S.Pd\",Dinas Pendidikan,Pemkab Contoh,siti@example.go.id,081234567890,Aktif\n" +
	"199408172022211003,Budi Contoh,RSUD,Pemkab Contoh,budi.baru@example.go.id,081298765432,Aktif\n" +
	"198003152005012004,Rina Contoh,Setda,Pemkab Contoh,rina@example.go.id,,Pensiun\n" +
	"199001012015051002,Baru Contoh,Setda,Kota Contoh,sama@example.go.id,0811111111,Aktif\n" +
	"199002022015051003,Juga Contoh,Setda,Kota Contoh,sama@example.go.id,,Aktif\n" +
	"198802292010012004,Lama Contoh,Setda,Pemkab Contoh,,,Pensiun\n" +
	"199002292015051001,Salah Contoh,Setda,Pemkab Contoh,,,Aktif\n"

func TestReportOfAnImport(t *testing.T) {
	d, _ := dbtest.New(t)
	dir := newDirectory(t, d)
	dir.imports(head + sitis + budis +
		"198003152005012004,Rina Contoh,Setda,Pemkab Contoh,rina@example.go.id,,Aktif\n")
	dir.activate(budi)
	p := dir.plan(strings.Replace(everything, "NIP,", "NIP Baru,", 1))
	golden(t, "roster_report.golden", p)

	damaged := dir.plan(head + strings.Replace(sitis, string(siti), "1.98609E+17", 1))
	golden(t, "roster_report_damaged.golden", damaged)

	braked := dir.plan(head + sitis)
	golden(t, "roster_report_braked.golden", braked)
}

func golden(t *testing.T, name string, p Plan) {
	t.Helper()
	var b strings.Builder
	if err := p.WriteReport(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s differs:\n%s", name, b.String())
	}
}
