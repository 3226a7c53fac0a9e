package secret_test

import (
	"math"
	"strings"
	"testing"

	"pulih/secret"
)

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func TestCodesAreReadAsPeopleTypeThem_RC01(t *testing.T) {
	for typed, want := range map[string]string{
		"7K3M9QXD":             "7K3M9QXD",
		"7K3M-9QXD":            "7K3M9QXD",
		" 7k3m 9qxd ":          "7K3M9QXD",
		"7k3m.9qxd\r\n":        "7K3M9QXD",
		"7K3M\u00a09QXD":       "7K3M9QXD",
		"OooO-IiLl":            "00001111",
		"7-K-3-M-9-Q-X-D":      "7K3M9QXD",
		"Kode Anda: 7K3M-9QXD": "7K3M9QXD",
		"7k3m-9qxd adalah kode Anda. Berlaku sampai 10.42 WITA.": "7K3M9QXD",
		"Kode pemulihan akun\r\n\r\n*7K3M-9QXD*\r\n":             "7K3M9QXD",
		"7K3M-9QXD, sekali lagi 7K3M-9QXD":                       "7K3M9QXD",
		"Kode Anda: 7K3M-9QXD atau 7K3M-9QXE":                    "", // which of the two?
		"Kode Anda: 7K3M9QXD":                                    "", // any word of eight letters could be one
		"PUL-7K3M-9QXD":                                          "", // the number of a request
		"https://pulih.test/pulihkan/kode/7K3M-9QXD":             "",
		"Kode Anda: " + strings.Repeat("-", 200) + " 7K3M-9QXD":  "",
		"7K3M9QX":                  "",
		"7K3M9QXDD":                "",
		"":                         "",
		"7K3M9QXU":                 "", // U is no letter of it
		"7K3M9QX\uff24":            "", // full-width D
		"7K3M9QX\u0663":            "", // Arabic-Indic 3
		"7K3M9QX\u00d6":            "",
		"7K3M9QXD\x00":             "",
		"7K3M9QX\xff":              "",
		"7K3M9QX\u017f":            "", // long s: upper case is S
		"'; DROP":                  "",
		strings.Repeat("-", 8):     "",
		strings.Repeat("7", 1<<16): "",
	} {
		got, ok := secret.ReadCode(typed, 8)
		if ok != (want != "") || ok && string(got) != want {
			t.Errorf("%.40q: %q, %v", typed, string(got), ok)
		}
	}
}

func TestCodesAreRandomAndOfTheAlphabet_RC01(t *testing.T) {
	const n, length = 10_000, 8
	seen := map[secret.Code]bool{}
	counts := [length][256]float64{}
	for range n {
		c := secret.NewCode(length)
		if len(c) != length || seen[c] {
			t.Fatalf("length %d, repeated %v", len(c), seen[c])
		}
		seen[c] = true
		for i, b := range []byte(c) {
			counts[i][b]++
		}
	}
	for i, at := range counts {
		chi, total := 0.0, 0.0
		for _, b := range []byte(alphabet) {
			total += at[b]
			chi += math.Pow(at[b]-n/32.0, 2) / (n / 32.0)
		}
		if total != n || chi > 90 { // 31 degrees of freedom: p < 1e-7
			t.Errorf("position %d: χ² = %.1f, %v of the alphabet", i, chi, total)
		}
	}
}

func TestGroupedIsReadBack(t *testing.T) {
	for n, want := range map[int]int{8: 9, 12: 14, 16: 19, 26: 32} {
		c := secret.NewCode(n)
		back, ok := secret.ReadCode(c.Grouped(), n)
		if !ok || back != c || len(c.Grouped()) != want {
			t.Errorf("%d characters: %d long, read back %v", n, len(c.Grouped()), ok)
		}
	}
}

func FuzzReadCode(f *testing.F) {
	f.Add("7k3m-9qxd", 8)
	f.Add("\u017f\u0131\u212a", 3) // letters that change alphabet when upper-cased
	f.Fuzz(func(t *testing.T, typed string, n int) {
		c, ok := secret.ReadCode(typed, n)
		if !ok {
			return
		}
		if len(c) != n || strings.Trim(string(c), alphabet) != "" {
			t.Errorf("%q as %d characters gives %q", typed, n, string(c))
		}
		if again, ok := secret.ReadCode(c.Grouped(), n); !ok || again != c {
			t.Errorf("%q is not read back", string(c))
		}
	})
}

func TestTokensAre256BitAndStoredAsHash_SE01(t *testing.T) {
	a, b := secret.NewToken(), secret.NewToken()
	if a == b || len(a) != 43 {
		t.Errorf("%d characters, repeated %v", len(a), a == b)
	}
	if len(a.Hash()) != 32 || strings.Contains(string(a.Hash()), string(a)) || string(a.Hash()) == string(b.Hash()) {
		t.Error("the hash tells of the token")
	}
}
