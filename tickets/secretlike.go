package tickets

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a password or a code looks like where people write it down.
var (
	loneCode   = regexp.MustCompile(`(?m)^\s*\d{3}[ .-]?\d{3}\s*$`)
	groupedKey = regexp.MustCompile(`(?i)\b[0-9a-z]{4}(?:-[0-9a-z]{4}){3}\b`) // a backup code, or a receipt's key
	secretName = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(kata\s*sandi|sandi|pass?word|passwd|pass|pwd|pw|kode|otp)(?:nya|ku)?`)
	secretIs   = regexp.MustCompile(`(?i)^((?:\s+(?:saya|aku|akun|email|asn|digital|lama|baru|ini|itu|otp|verifikasi|autentikator|sekarang))*)(\s*[:=]|\s+(?:adalah|yaitu|yakni|ialah)\b)?\s*(.*\S)`)
	sixDigits  = regexp.MustCompile(`^\d{3}[ .-]?\d{3}(\D|$)`)
	numbers    = regexp.MustCompile(`^[\d .+-]+`)
	plainWord  = regexp.MustCompile(`(?i)^(pul-.*|\d{1,2}[-x]?\pL*|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\S+@\S+\.\S+|\S*://\S*|` +
		`lupa\S*|salah|tidak|nggak|gak|ditolak|belum|sudah|gagal|bisa|tetap|masih|hilang|terkunci|diganti|kosong|invalid)$`)
)

// LooksSecret tells whether a text seems to hold a password, a one-time code,
// a backup code or a receipt's key. It is a guess, made so that none is kept
// or read by staff: whoever writes may say that there is none in it.
func LooksSecret(text string) bool {
	if loneCode.MatchString(text) || groupedSecret(groupedKey.FindString(text)) {
		return true
	}
	for _, at := range secretName.FindAllStringSubmatchIndex(text, -1) {
		if namesSecret(strings.ToLower(text[at[2]:at[3]]), text[at[1]:]) {
			return true
		}
	}
	return false
}

func groupedSecret(key string) bool {
	return strings.ContainsFunc(key, unicode.IsDigit) && strings.ContainsFunc(key, unicode.IsLetter)
}

// namesSecret looks at what follows the word for a secret.
func namesSecret(word, after string) bool {
	after, _, _ = strings.Cut(after, "\n")
	m := secretIs.FindStringSubmatch(after)
	if next, _ := utf8.DecodeRuneInString(after); m == nil || unicode.IsLetter(next) {
		return false
	}
	if word == "kode" || word == "otp" {
		return sixDigits.MatchString(m[3])
	}
	value := strings.Trim(strings.Fields(m[3])[0], `.,;:!?()[]"'“”‘’`)
	if len(value) < 4 || plainWord.MatchString(value) || longNumber(m[3]) {
		return false
	}
	return m[2] != "" || len(value) >= 6 && strings.ContainsAny(value, "0123456789@#$%!*_+&^~")
}

// longNumber tells a NIP or a telephone number, which are longer than the
// digits of which people make passwords.
func longNumber(text string) bool {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, numbers.FindString(text))
	return len(digits) > 8
}
