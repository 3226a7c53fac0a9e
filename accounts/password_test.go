package accounts

import (
	"strings"
	"testing"
	"time"

	"pulih/secret"
)

var prasetyo = Person{NIP: "198609262015051001", Name: "Budi Harjo Prasetyo", Unit: "Dinas Perikanan", Agency: "Kabupaten Contoh",
	Email: "pakdhe77@example.go.id"}

func TestCheckPasswordTellsWhy_PW01_PW02_PW03(t *testing.T) {
	for password, want := range map[secret.Password]string{
		"Perahu-7Ombak":       "",
		"perahu ombak 7 Kail": "", // a space is a symbol
		"Ünggas-perahu-77":    "",
		"Aa1!":                "paling sedikit 12 karakter. Anda mengetik 4",
		secret.Password("Aa1!" + strings.Repeat("xyqz", 32)): "paling banyak 128",
		"perahu-ombak-7kail":        "huruf besar",
		"PERAHU-OMBAK-7KAIL":        "huruf kecil",
		"Perahu-ombak-kail":         "angka",
		"PerahuOmbak7Kail":          "simbol",
		"Perahu\u200b-ombak-7":      "tidak terlihat",
		"Perahu-198609262015051001": "tanggal lahir Anda",
		"Perahu-26-09-1986-Q":       "tanggal lahir Anda",
		"Perahu-260986-Qx":          "tanggal lahir Anda",
		"Perahu-201505-Qx":          "bagian dari NIP Anda",
		"Pr4s3ty0-kail-9":           "nama Anda",
		"Kail-p3rik4nan-9":          "nama unit kerja Anda",
		"Kail-CONTOH-ombak9":        "nama instansi Anda",
		"Kail-pakdhe-ombak9":        "nama email Anda",
		"Asn-kail-ombak-92":         "ASN",
		"Kail-ombakBKN-92!":         "ASN",
		"Panasnya-kail-ombak9":      "", // a word that only holds "asn"
		"Indonesia2026!":            "mudah ditebak",
		"P@ssw0rd12345!":            "mudah ditebak",
		"KataSandi123!@#":           "mudah ditebak",
		"Selamat-Pagi-2026":         "mudah ditebak",
		"Bismillah1234567!":         "mudah ditebak",
		"Qwertyuiop123!":            "mudah ditebak",
		"Aaaaaaaaaaaa1!":            "mudah ditebak",
		"Xk9!Xk9!Xk9!Xk9!":          "mudah ditebak",
		"1Q2w3e4r5t!!!!":            "mudah ditebak",
		"Merdeka17081945!":          "mudah ditebak",
	} {
		got := strings.Join(weaknesses(password, prasetyo), " ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", string(password), got, want)
		}
	}
}

func TestTheBlocklistHoldsNoWordTwice(t *testing.T) {
	for name, words := range map[string][]string{"common": commonWords, "phrase": phraseWords} {
		seen := map[string]bool{}
		for _, w := range words {
			if seen[w] && name == "phrase" || w != strings.ToLower(w) {
				t.Errorf("%s: %q", name, w)
			}
			seen[w] = true
		}
	}
	if len(phraseWords) < 650 {
		t.Errorf("%d words are too few for 44 bit", len(phraseWords))
	}
}

func TestAPassphraseMeetsTheRule(t *testing.T) {
	seen := map[secret.Password]bool{}
	for range 500 {
		p := PassphraseFor(prasetyo)
		if reasons := weaknesses(p, prasetyo); len(reasons) > 0 || seen[p] {
			t.Fatalf("%q: %v", string(p), reasons)
		}
		if reasons := weaknesses(Passphrase(), Person{}); len(reasons) > 0 {
			t.Fatal(reasons)
		}
		seen[p] = true
	}
}

// A hostile password of the greatest length must not cost more than Argon2.
func TestCheckPasswordIsQuick(t *testing.T) {
	long := secret.Password(strings.Repeat("aB1!", 32))
	start := time.Now()
	for range 20 {
		weaknesses(long, prasetyo)
	}
	if each := time.Since(start) / 20; each > 50*time.Millisecond {
		t.Errorf("%v for one check", each)
	}
}
