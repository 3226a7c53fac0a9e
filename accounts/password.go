package accounts

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"pulih/secret"
)

// The portal's rule (design, "password"; PW-01, PW-02). Lengths count code
// points of the NFC form.
const (
	shortest = 12
	widest   = 128
)

// CheckPassword says in Indonesian why a new password will not do for
// somebody; nothing when it is fine. The stored password is not among what it
// knows. Where the file of breached passwords cannot be read, the log says so
// and the other rules decide (PW-04).
func (a *Accounts) CheckPassword(p secret.Password, about Person) []string {
	reasons := weaknesses(p, about)
	if len(reasons) == 0 && a.breached.holds(norm.NFC.String(string(p))) {
		reasons = append(reasons, "Kata sandi ini pernah bocor di internet. Pilih kata sandi lain.")
	}
	return reasons
}

// weaknesses are what the password itself shows.
func weaknesses(p secret.Password, about Person) []string {
	text := norm.NFC.String(string(p))
	reasons := checkShape(text)
	if word := about.mentionedIn(text); word != "" {
		reasons = append(reasons, "Kata sandi memuat "+word+". Orang lain bisa menebaknya.")
	}
	if len(reasons) == 0 && guessable(text) {
		reasons = append(reasons, "Kata sandi ini mudah ditebak. Pakai kata lain yang tidak berurutan dan tidak umum.")
	}
	return reasons
}

func checkShape(text string) (reasons []string) {
	switch n := len([]rune(text)); {
	case n < shortest:
		reasons = append(reasons, fmt.Sprintf("Kata sandi paling sedikit %d karakter. Anda mengetik %d.", shortest, n))
	case n > widest:
		reasons = append(reasons, fmt.Sprintf("Kata sandi paling banyak %d karakter. Anda mengetik %d.", widest, n))
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		reasons = append(reasons, "Kata sandi memuat karakter yang tidak terlihat. Ketik ulang kata sandi.")
	}
	if lacks := missingClasses(text); len(lacks) > 0 {
		reasons = append(reasons, "Tambahkan "+strings.Join(lacks, ", ")+".")
	}
	return reasons
}

// missingClasses names the classes that the portal wants and text lacks. All
// that is neither letter nor digit is a symbol, a space too.
func missingClasses(text string) (lacks []string) {
	for _, class := range []struct {
		name string
		has  func(rune) bool
	}{
		{"huruf besar", unicode.IsUpper},
		{"huruf kecil", unicode.IsLower},
		{"angka", unicode.IsDigit},
		{"simbol", isSymbol},
	} {
		if !strings.ContainsFunc(text, class.has) {
			lacks = append(lacks, class.name)
		}
	}
	return lacks
}

func isSymbol(r rune) bool {
	return unicode.IsPrint(r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
