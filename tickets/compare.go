package tickets

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"pulih/accounts"
)

// agrees compares what was read from a document with the record. The answer
// is one for the whole item, so that no field can be tried alone.
func agrees(k ProofKind, typed map[string]string, p accounts.Person) bool {
	ok := true
	for _, f := range k.Fields() {
		value := strings.TrimSpace(typed[f.Key])
		if value == "" && f.Optional {
			continue
		}
		ok = sameValue(f.Key, value, p) && ok
	}
	return ok
}

func sameValue(key, value string, p accounts.Person) bool {
	switch key {
	case fieldName:
		return plainName(value) == plainName(p.Name)
	case fieldBirth:
		birth, known := accounts.BirthDate(p.NIP)
		typed, ok := parseBirth(value)
		return known && ok && typed.Format(time.DateOnly) == birth.Format(time.DateOnly)
	case fieldNIP:
		nip, _, err := accounts.ParseNIP(value)
		return err == nil && nip == p.NIP
	case fieldUnit:
		return letters(value) == letters(p.Unit)
	}
	return true // the number of a document is in no record; it is kept as a hash
}

// complete tells whether every field that is not optional was typed.
func complete(k ProofKind, typed map[string]string) bool {
	for _, f := range k.Fields() {
		value := strings.TrimSpace(typed[f.Key])
		if (value == "" && !f.Optional) || len(value) > 200 {
			return false
		}
	}
	return documentNumber(typed[fieldNumber]) != ""
}

// Unreadable says, in a sentence, why value cannot be what the field wants;
// "" when it can. It looks at nothing but value, so it gives nothing away and
// costs no try.
func (f ProofField) Unreadable(value string) string {
	switch f.Key {
	case fieldBirth:
		if _, ok := parseBirth(value); !ok {
			return "Ketik tanggal lahir seperti 19-06-1976."
		}
	case fieldNIP:
		var wrong *accounts.NIPError
		if _, _, err := accounts.ParseNIP(value); errors.As(err, &wrong) {
			return wrong.Text
		}
	case fieldNumber:
		if strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsNumber(r)) }) {
			return "Ketik nomornya dengan huruf A sampai Z dan angka 0 sampai 9." // one that only looks alike would be another number
		}
	}
	return ""
}

// readable tells whether every field that was typed can be read.
func readable(k ProofKind, typed map[string]string) bool {
	return !slices.ContainsFunc(k.Fields(), func(f ProofField) bool {
		value := strings.TrimSpace(typed[f.Key])
		return value != "" && f.Unreadable(value) != ""
	})
}

var titles = map[string]bool{"DR": true, "DRS": true, "DRA": true, "IR": true, "H": true, "HJ": true, "PROF": true, "DRG": true,
	"DRH": true, "APT": true, "NS": true, "KH": true}

// plainName is a name without titles, marks and case: "Drs. H. Budi
// Santoso, M.Si." and "BUDI SANTOSO" are the same.
func plainName(name string) string {
	name, _, _ = strings.Cut(name, ",")
	words := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	for len(words) > 1 && titles[words[0]] {
		words = words[1:]
	}
	return strings.NewReplacer("'", "", "’", "").Replace(strings.Join(words, " "))
}

// letters keeps letters and digits only, in one case.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, text)
}

func documentNumber(typed string) string { return letters(typed) }

// localPhone is a number as it is dialled within the country: digits, 0 first.
func localPhone(typed string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, typed)
	if rest, ok := strings.CutPrefix(digits, "62"); ok {
		return "0" + rest
	}
	return digits
}
