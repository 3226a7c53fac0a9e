package accounts

import (
	"fmt"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"

	"pgregory.net/rapid"
)

// line draws one line about one of six people; some are refused, some doubled.
func drawLine(t *rapid.T) string {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	return strings.Join([]string{
		fmt.Sprintf("1980010120050110%02d", rapid.IntRange(1, 6).Draw(t, "who")),
		pick("name", "Ana", "Ani", `"Ani, S.Pd"`),
		pick("unit", "", "Dinas", "RSUD"),
		pick("agency", "Pemkab Contoh", "PEMKAB CONTOH", "Kota Contoh", ""),
		pick("email", "", "-", "a@example.go.id", "b@example.go.id", "B@example.go.id", "rusak"),
		pick("phone", "", "0812345678", "+62 812-345-678", "0898765432", "8,12E+11"),
		pick("status", "", "Aktif", "Pensiun", "entah"),
	}, ",")
}

func drawFile(t *rapid.T, label string) string {
	return head + strings.Join(rapid.SliceOfN(rapid.Custom(drawLine), 0, 8).Draw(t, label), "\n")
}

// Whatever two files say and whoever activates in between: what was imported
// changes nothing the second time, and no address of an activated account
// ever moves.
func TestImportingTwiceChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		dir := newDirectory(t, d)
		rapid.Check(t, func(rt *rapid.T) {
			dir.empty()
			first, second := drawFile(rt, "first"), drawFile(rt, "second")
			dir.importTwice(rt, first)
			dir.exec("UPDATE accounts SET activated_at = 1 WHERE person IN (SELECT id FROM people WHERE nip < $1)",
				secret.NIP(fmt.Sprintf("1980010120050110%02d", rapid.IntRange(1, 7).Draw(rt, "activated below"))))
			before := dir.contacts()
			dir.importTwice(rt, second)
			for person, was := range before {
				if now := dir.contacts()[person]; now != was {
					rt.Errorf("an activated account's address moved from %s to %s", was, now)
				}
			}
		})
	})
}

func (d directory) importTwice(rt *rapid.T, file string) {
	d.imports(file)
	rows := d.count("SELECT count(*) FROM audit_events") + d.count("SELECT count(*) FROM outbox")
	again := d.imports(file)
	if again.Writes() {
		rt.Errorf("the second run changes: %+v", again.Changes)
	}
	if d.count("SELECT count(*) FROM audit_events")+d.count("SELECT count(*) FROM outbox") != rows {
		rt.Error("the second run wrote rows")
	}
}

func (d directory) empty() {
	for _, table := range []string{"proposals", "former_emails", "accounts", "people"} {
		d.exec("DELETE FROM " + table)
	}
}

// contacts are the addresses of activated accounts.
func (d directory) contacts() map[string]string {
	all := map[string]string{}
	err := d.db.Read(d.t.Context(), func(tx *db.Tx) error {
		b, err := openBook(d.t.Context(), tx)
		for _, k := range b.people {
			if k.activated {
				all[k.ID] = string(k.Email) + " " + string(k.Phone)
			}
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// The reader takes any bytes without a panic, and what it accepts has a NIP
// and a name.
func TestReaderTakesAnyBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		raw := append([]byte(rapid.SampledFrom([]string{"", head, "NIP;Nama\n", "sep=\t\nNIP\tNama\n"}).Draw(rt, "head")),
			rapid.SliceOfN(rapid.SampledFrom([]byte("19860\"'=,;\t\r\n\x00\xffE+ Aktif")), 0, 80).Draw(rt, "bytes")...)
		s, err := readSheet(raw)
		if err != nil {
			return
		}
		p := Plan{sheet: s, known: book{agencies: map[string]string{}}}
		for _, e := range p.readLines("Pemkab Contoh") {
			if len(e.nip) != nipDigits || e.name == "" || e.agency == "" {
				rt.Errorf("accepted %+v", e)
			}
		}
	})
}
