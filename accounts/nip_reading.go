package accounts

import (
	"time"

	"pulih/secret"
)

// Digits 13 and 14 are a month for PNS; for PPPK they are 20 plus the number
// of the contract.
const (
	firstContract = "21"
	lastContract  = "50"
)

func kindOf(digits string) NIPKind {
	if middle := digits[12:14]; middle >= firstContract && middle <= lastContract {
		return PPPK
	}
	return PNS
}

// read looks at what follows the birth date. Nothing here refuses: numbers
// corrected by hand exist, and the roster has the last word.
func read(n secret.NIP) Reading {
	s := string(n)
	r := Reading{Kind: kindOf(s)}
	ok := r.appointed(s)
	switch {
	case !ok:
		r.Warning = "Periksa angka ke-13 dan ke-14."
	case s[14] != '1' && s[14] != '2':
		r.Warning = "Periksa angka ke-15."
	case s[15:] == "000":
		r.Warning = "Periksa tiga angka terakhir."
	case r.from.Before(comesOfAge(n)):
		r.Warning = "Periksa angka ke-9 sampai ke-12."
	}
	return r
}

// appointed reads when the person was appointed.
func (r *Reading) appointed(s string) bool {
	layout, text := "200601", s[8:14]
	if r.Kind == PPPK {
		layout, text = "2006", s[8:12]
	}
	from, err := time.Parse(layout, text)
	r.from = from
	return err == nil
}

// comesOfAge is the first day of the year in which he is 18.
func comesOfAge(n secret.NIP) time.Time {
	born, _ := BirthDate(n)
	return time.Date(born.Year()+18, 1, 1, 0, 0, 0, 0, time.UTC)
}

// WarningAt adds to Warning what only a calendar knows: an appointment in the
// future.
func (r Reading) WarningAt(now time.Time) string {
	if r.Warning == "" && r.from.After(now) {
		return "Periksa angka ke-9 sampai ke-12."
	}
	return r.Warning
}
