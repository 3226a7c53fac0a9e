package tickets

import (
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"pulih/accounts"
)

const (
	mostWords  = 4000 // of a ticket that are found again
	mostSought = 8    // of a search
	longestOne = 40   // characters of a word
)

// wordsOf are the words of a text in lower case, each once: letters and
// digits, as both engines then keep them.
func wordsOf(texts ...string) []string {
	var all []string
	for _, text := range texts {
		all = append(all, strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	}
	all = slices.DeleteFunc(all, func(w string) bool { return len([]rune(w)) > longestOne })
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), mostWords)]
}

// title is what a ticket is found by besides its texts: what its page shows,
// and so nothing of the record before the check (impostor 22).
func (r *record) title() string {
	return strings.Join([]string{oneWord(r.Number), string(r.NIP), r.Name, r.Unit, r.ClaimedName, r.ClaimedUnit}, "\n")
}

func (r *record) searched(messages []Message) []string {
	texts := []string{r.title(), r.Problem}
	for _, m := range messages {
		texts = append(texts, m.Text)
	}
	return wordsOf(texts...)
}

var ticketNumber = regexp.MustCompile(`(?i)^(PUL-?)?([0-9a-z]{4}-[0-9a-z]{4})$|^PUL-?[0-9a-z]{4}-?[0-9a-z]{4}$`)

// sought are the words of a search. A NIP and a number are one word each,
// however they are grouped.
func sought(text string) []string {
	text = strings.TrimSpace(text)
	if nip, _, err := accounts.ParseNIP(text); err == nil {
		return []string{string(nip)}
	}
	if ticketNumber.MatchString(text) {
		return []string{"pul" + strings.TrimPrefix(strings.ToLower(oneWord(text)), "pul")}
	}
	words := wordsOf(text)
	return words[:min(len(words), mostSought)]
}

func oneWord(number string) string { return strings.ReplaceAll(number, "-", "") }

// agencyWord stands for an agency among the words of its tickets.
func agencyWord(agency string) string { return "z" + hex.EncodeToString([]byte(agency)) }
