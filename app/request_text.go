package app

import (
	"fmt"
	"strings"
	"unicode"

	"pulih/tickets"
	"pulih/views"
)

// mistakes collects what to correct.
type mistakes []views.FieldError

func (e *mistakes) when(wrong bool, field, text string) {
	if wrong {
		*e = append(*e, views.FieldError{Field: field, Text: text})
	}
}

// text wants from least to most characters.
func (e *mistakes) text(field, label, value string, least, most int) {
	n := runes(value)
	e.when(n == 0 && least > 0, field, label+" belum diisi.")
	e.when(n > 0 && n < least, field, fmt.Sprintf("%s terlalu pendek. Tulis sedikitnya %d huruf.", label, least))
	e.when(n > most, field, fmt.Sprintf("%s terlalu panjang: %d dari %d huruf.", label, n, most))
}

// secret hands back what looks like a password or a code, unless the writer
// says that there is none in it.
func (e *mistakes) secret(field, text, sure string) {
	e.when(sure != "ya" && tickets.LooksSecret(text), field,
		"Tampaknya ada kata sandi atau kode di sini. Hapus dahulu: petugas tidak pernah memerlukannya.")
}

// oneLine keeps the words and nothing that moves them about.
func oneLine(typed string) string {
	return strings.Join(strings.Fields(strings.Map(visible, typed)), " ")
}

// manyLines keeps line breaks too.
func manyLines(typed string) string {
	var kept []string
	for _, line := range strings.Split(strings.ReplaceAll(typed, "\r\n", "\n"), "\n") {
		kept = append(kept, strings.TrimRight(strings.Map(visible, line), " "))
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// visible drops control characters and the invisible ones that turn the
// direction of a line: what an agent reads must be what stands there.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
