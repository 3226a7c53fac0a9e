package accounts

import (
	"strings"
	"unicode"
)

// mentionedIn names what of the person, or of the place he works for, stands
// in a password: his number, birth date, name, unit, address, agency (PW-03).
// It is "" for nothing.
func (p Person) mentionedIn(text string) string {
	digits := keep(text, unicode.IsDigit)
	switch {
	case containsAny(digits, p.birthDates()...):
		return "tanggal lahir Anda"
	case sharesRun(digits, string(p.NIP), 6):
		return "bagian dari NIP Anda"
	}
	mailName, _, _ := strings.Cut(string(p.Email), "@")
	for _, about := range []struct{ what, text string }{
		{"nama Anda", p.Name},
		{"nama unit kerja Anda", p.Unit},
		{"nama instansi Anda", p.Agency},
		{"nama email Anda", mailName},
		{"kata “ASN” atau “BKN”", "asn bkn asndigital myasn siasn bkpsdm"},
	} {
		if mentions(text, about.text) {
			return about.what
		}
	}
	return ""
}

func (p Person) birthDates() (forms []string) {
	born, ok := BirthDate(p.NIP)
	if !ok {
		return nil
	}
	for _, layout := range []string{"20060102", "02012006", "020106", "060102"} {
		forms = append(forms, born.Format(layout))
	}
	return forms
}

// mentions finds the words of about in text, whatever digits and symbols
// stand in for letters. Words of three letters count only where a run of
// letters begins or ends with them: "panasnya" is not about ASN.
func mentions(text, about string) bool {
	plain := unleet(text)
	for _, word := range strings.FieldsFunc(strings.ToLower(about), notLetter) {
		switch {
		case len(word) >= 4 && !everyday[word] && strings.Contains(plain, word):
			return true
		case len(word) == 3 && !everyday[word] && atEdge(text, word):
			return true
		}
	}
	return false
}

// everyday are words of units and names that say nothing about a person.
var everyday = map[string]bool{"dan": true, "bin": true, "dari": true, "pada": true, "untuk": true}

func atEdge(text, word string) bool {
	for _, run := range strings.FieldsFunc(strings.ToLower(text), notLetter) {
		if strings.HasPrefix(run, word) || strings.HasSuffix(run, word) {
			return true
		}
	}
	return false
}

// unleet reads "P@ssw0rd" as "password", and lower case.
func unleet(text string) string { return leet.Replace(strings.ToLower(text)) }

var leet = strings.NewReplacer("0", "o", "1", "i", "!", "i", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t", "8", "b")

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func keep(text string, want func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if want(r) {
			return r
		}
		return -1
	}, text)
}

// sharesRun tells whether some n digits in a row of number stand in digits.
func sharesRun(digits, number string, n int) bool {
	for i := 0; i+n <= len(number); i++ {
		if strings.Contains(digits, number[i:i+n]) {
			return true
		}
	}
	return false
}

func containsAny(text string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
