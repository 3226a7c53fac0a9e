package guide

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

var meaningless = []string{
	"", "   ", "halo", "selamat pagi pak", "asdfghjkl", "123456", "198609262015051001",
	"berapa gaji pns tahun depan", "kapan libur lebaran", "cara memasak nasi goreng", "terima kasih banyak",
	"jadwal kenaikan pangkat april", "lorem ipsum dolor sit amet", "the quick brown fox jumps over the lazy dog",
	"cuti bersama berapa hari", "!!!???", "rapat dinas jam sembilan",
	"bagaimana cara mengajukan cuti", "info seleksi cpns 2027", "slip gaji bulan ini", "alamat kantor bkpsdm",
	"tanda tangan elektronik", "surat tugas ke luar kota", "upload dokumen skp", "mutasi ke provinsi lain",
}

func TestTypedTextsFindTheirSymptom(t *testing.T) {
	c := catalogue(t)
	text, err := os.ReadFile("testdata/typed.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(text)) {
		typed, want, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok {
			continue
		}
		tried++
		if found := c.Match(typed); len(found) == 0 || found[0].Symptom.Key != want {
			t.Errorf("%q: want %s, found %s", typed, want, listed(found))
		}
	}
	if tried < 60 {
		t.Errorf("tried %d texts", tried)
	}
}

func TestTextsAboutNothingMatchNothing(t *testing.T) {
	c := catalogue(t)
	for _, typed := range meaningless {
		if found := c.Match(typed); len(found) > 0 {
			t.Errorf("%q: found %s", typed, listed(found))
		}
	}
}

// Of such a text the questions ask more: a guess would be one symptom of many.
func TestTextsAboutEverythingMatchNothing(t *testing.T) {
	c := catalogue(t)
	for _, typed := range []string{
		"saya tidak bisa masuk", "tidak bisa login", "gagal masuk terus", "akun saya tidak bisa masuk", "gak bisa login asn digital pak", "ga bs masuk",
	} {
		if found := c.Match(typed); len(found) > 0 {
			t.Errorf("%q: found %s", typed, listed(found))
		}
	}
}

func listed(found []Matched) string {
	var names []string
	for _, m := range found {
		names = append(names, fmt.Sprintf("%s %.2f", m.Symptom.Key, m.Score))
	}
	return "[" + strings.Join(names, ", ") + "]"
}

func TestMatchesAreFewAndBestFirst(t *testing.T) {
	found := catalogue(t).Match("kode otp ditolak qr tidak muncul lupa password hp hilang captcha salah email mati akun terkunci")
	if len(found) != mostMatched {
		t.Fatal(listed(found))
	}
	for i, m := range found {
		if m.Score <= 0 || m.Score > 1 || i > 0 && m.Score > found[i-1].Score {
			t.Error(listed(found))
		}
	}
}

func TestLongPasteCostsNoMoreThanItsFirstPart(t *testing.T) {
	c := catalogue(t)
	page := "Invalid authenticator code. " + strings.Repeat("navigasi menu beranda ", 100_000)
	if found := c.Match(page); len(found) == 0 || found[0].Symptom.Key != "otp-tidak-valid" {
		t.Error(listed(found))
	}
	if n := len(c.index.split(page)); n > wordsTyped {
		t.Errorf("%d words are looked at", n)
	}
}

func BenchmarkMatchOfManyUnknownWords(b *testing.B) {
	c, err := LoadCatalogue(Builtin(), words)
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for i := range wordsTyped {
		fmt.Fprintf(&text, "autentikatir%d ", i)
	}
	for b.Loop() {
		c.Match(text.String())
	}
}
