package accounts

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/secret"
)

// The vectors of domain.md §1.3, each with its sentence.
func TestParseNIPVectors(t *testing.T) {
	const (
		nik = "Itu tampaknya NIK (16 angka). Kami memerlukan NIP atau NI PPPK (18 angka)."
		old = "Itu NIP lama (9 angka). NIP baru ada di SK Konversi NIP atau kartu pegawai Anda."
	)
	for _, c := range []struct {
		typed, want string
		kind        NIPKind
		text        string // the error's sentence, or the warning
	}{
		{"198609262015051001", "198609262015051001", PNS, ""},
		{"19860926 201505 1 001", "198609262015051001", PNS, ""},
		{"NIP. 19860926 201505 1 001", "198609262015051001", PNS, ""},
		{"nip: 19860926.201505.1.001", "198609262015051001", PNS, ""},
		{"NI PPPK 19940817 2022 21 1 003", "199408172022211003", PPPK, ""},
		{"199408172022211003", "199408172022211003", PPPK, ""},
		{"198812032024212015", "198812032024212015", PPPK, ""},
		{"198003152019222001", "198003152019222001", PPPK, ""},
		{"198802292010012004", "198802292010012004", PNS, ""},
		{"I986O9262OI5O5l00I", "198609262015051001", PNS, ""},
		{"１９８６０９２６２０１５０５１００１", "198609262015051001", PNS, ""},
		{"١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "198609262015051001", PNS, ""},
		{"19860926\u00a0201505\u200b1-001", "198609262015051001", PNS, ""},
		{"198609262015153001", "198609262015153001", PNS, "Periksa angka ke-13 dan ke-14."},
		{"198609262015053001", "198609262015053001", PNS, "Periksa angka ke-15."},
		{"198609262015051000", "198609262015051000", PNS, "Periksa tiga angka terakhir."},
		{"198609261999051001", "198609261999051001", PNS, "Periksa angka ke-9 sampai ke-12."},
		{"199002292015051001", "", "", "8 angka pertama NIP adalah tanggal lahir. Tanggal 29-02-1990 tidak ada. Periksa kembali."},
		{"198613262015051001", "", "", "8 angka pertama NIP adalah tanggal lahir. Tanggal 26-13-1986 tidak ada. Periksa kembali."},
		{"19860926201505100", "", "", "NIP harus 18 angka. Anda mengetik 17 angka."},
		{"1986092620150510011", "", "", "NIP harus 18 angka. Anda mengetik 19 angka."},
		{"3204112609860001", "", "", nik},
		{"130123456", "", "", old},
		{"19860926201505100A", "", "", "NIP hanya berisi angka."},
		{"1.98609E+17", "", "", "NIP hanya berisi angka."},
		{"<script>", "", "", "NIP hanya berisi angka."},
		{"", "", "", "Ketik NIP atau NI PPPK Anda."},
		{"  . - ", "", "", "Ketik NIP atau NI PPPK Anda."},
	} {
		nip, r, err := ParseNIP(c.typed)
		text := r.Warning
		var refused *NIPError
		if errors.As(err, &refused) {
			text = refused.Text
		}
		if string(nip) != c.want || r.Kind != c.kind || text != c.text {
			t.Errorf("%q: got %q %s %q, want %q %s %q", c.typed, string(nip), r.Kind, text, c.want, c.kind, c.text)
		}
	}
}

func TestGroupWritesAsPapersDo(t *testing.T) {
	for nip, want := range map[secret.NIP]string{
		"198609262015051001": "19860926 201505 1 001",
		"199408172022211003": "19940817 2022 21 1 003",
		"130123456":          "130123456",
	} {
		if got := Group(nip); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAnAppointmentInTheFutureIsOdd(t *testing.T) {
	_, r, err := ParseNIP("199609262027051001")
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if err != nil || r.Warning != "" || r.WarningAt(now) == "" || r.WarningAt(now.AddDate(1, 0, 0)) != "" {
		t.Fatalf("%v %q %q", err, r.Warning, r.WarningAt(now))
	}
}

// Whatever is typed, a number that passes is 18 ASCII digits, reads the same
// a second time and when grouped (RC-11, RL-02).
func FuzzParseNIP(f *testing.F) {
	for _, seed := range []string{"19860926 201505 1 001", "NI PPPK 199408172022211003", "٣", "\xff", "O0lI"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		nip, _, err := ParseNIP(typed)
		if err != nil {
			var refused *NIPError
			if !errors.As(err, &refused) || refused.Text == "" || nip != "" {
				t.Fatalf("%q: %v %q", typed, err, string(nip))
			}
			return
		}
		if len(nip) != 18 || strings.Trim(string(nip), "0123456789") != "" {
			t.Fatalf("%q: %q", typed, string(nip))
		}
		if again, _, err := ParseNIP(Group(nip)); err != nil || again != nip {
			t.Fatalf("%q: %q read again as %q, %v", typed, string(nip), string(again), err)
		}
	})
}
