package accounts

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"pulih/secret"
)

// NIPKind tells the two numbers apart.
type NIPKind string

// The kinds. A number whose middle fits neither is taken for PNS.
const (
	PNS  NIPKind = "PNS"
	PPPK NIPKind = "PPPK"
)

// Reading is what a number says of itself. Warning is a sentence about
// something odd that is no reason to refuse: the roster decides.
type Reading struct {
	Kind    NIPKind
	Warning string
	from    time.Time // first of the month or year of the appointment
}

// NIPError says in one Indonesian sentence why what was typed is no number.
type NIPError struct{ Text string }

func (e *NIPError) Error() string { return "accounts: NIP: " + e.Text }

const nipDigits = 18

// ParseNIP reads a NIP or NI PPPK as people type, copy and scan it, and gives
// it back as 18 ASCII digits: one form for look-up and for limits (RC-11,
// RL-02). Errors are *NIPError.
func ParseNIP(typed string) (secret.NIP, Reading, error) {
	digits, err := nipOnly(typed)
	if err != nil {
		return "", Reading{}, err
	}
	if len(digits) != nipDigits {
		return "", Reading{}, wrongLength(len(digits))
	}
	nip := secret.NIP(digits)
	if _, ok := BirthDate(nip); !ok {
		return "", Reading{}, &NIPError{fmt.Sprintf(
			"8 angka pertama NIP adalah tanggal lahir. Tanggal %s-%s-%s tidak ada. Periksa kembali.",
			digits[6:8], digits[4:6], digits[:4])}
	}
	return nip, read(nip), nil
}

var (
	nipLabel   = regexp.MustCompile(`^(?i)[\s\x{a0}]*(NIP|NI|NI[\s\x{a0}]*PPPK|NIP[\s\x{a0}]*PPPK)[\s\x{a0}]*[.:]?[\s\x{a0}]*([0-9\x{660}-\x{669}\x{6f0}-\x{6f9}\x{ff10}-\x{ff19}])`)
	nipFillers = strings.NewReplacer(" ", "", ".", "", "-", "", "\t", "", "\r", "", "\n", "", "\u00a0", "", "\u202f", "",
		"\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "", "\u2010", "", "\u2011", "", "\u2013", "")
)

// nipOnly strips what surrounds the digits and folds what looks like one.
func nipOnly(typed string) (string, error) {
	text := nipFillers.Replace(nipLabel.ReplaceAllString(typed, "$2"))
	if text == "" {
		return "", &NIPError{"Ketik NIP atau NI PPPK Anda."}
	}
	var b strings.Builder
	for _, r := range text {
		d, ok := digit(r)
		if !ok {
			return "", &NIPError{"NIP hanya berisi angka."}
		}
		b.WriteByte(d)
	}
	return b.String(), nil
}

func digit(r rune) (byte, bool) {
	switch {
	case r == 'O' || r == 'o':
		return '0', true
	case r == 'l' || r == 'I':
		return '1', true
	}
	for _, zero := range []rune{'0', '٠', '۰', '０'} {
		if r >= zero && r <= zero+9 {
			return byte('0' + r - zero), true
		}
	}
	return 0, false
}

func wrongLength(n int) error {
	switch n {
	case 16:
		return &NIPError{"Itu tampaknya NIK (16 angka). Kami memerlukan NIP atau NI PPPK (18 angka)."}
	case 9:
		return &NIPError{"Itu NIP lama (9 angka). NIP baru ada di SK Konversi NIP atau kartu pegawai Anda."}
	}
	return &NIPError{fmt.Sprintf("NIP harus 18 angka. Anda mengetik %d angka.", n)}
}

// BirthDate is the date in the first eight digits; false where there is none.
func BirthDate(n secret.NIP) (time.Time, bool) {
	if utf8.RuneCountInString(string(n)) < 8 {
		return time.Time{}, false
	}
	t, err := time.Parse("20060102", string(n)[:8])
	return t, err == nil && t.Year() >= 1900
}

// Group writes the number as papers do: 8-6-1-3, and 8-4-2-1-3 for PPPK.
func Group(n secret.NIP) string {
	s := string(n)
	if len(s) != nipDigits {
		return s
	}
	if kindOf(s) == PPPK {
		return strings.Join([]string{s[:8], s[8:12], s[12:14], s[14:15], s[15:]}, " ")
	}
	return strings.Join([]string{s[:8], s[8:14], s[14:15], s[15:]}, " ")
}
