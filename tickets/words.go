package tickets

import (
	"crypto/sha256"
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
// digits, as both engines then keep them, and no NIP in clear.
func (d *Desk) wordsOf(texts ...string) []string {
	var all []string
	for _, text := range texts {
		all = append(all, strings.FieldsFunc(strings.ToLower(d.Blind(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	}
	all = slices.DeleteFunc(all, func(w string) bool { return len([]rune(w)) > longestOne && !blinded.MatchString(w) })
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), mostWords)]
}

// A NIP as it stands in a text, grouped or not, with what digits follow; and
// the word that stands for one. No typed word is as long as that, and
// without a digit it is never taken for a number itself.
var (
	nipInText = regexp.MustCompile(`\p{Nd}{8}[ .-]?\p{Nd}{6}[ .-]?\p{Nd}[ .-]?\p{Nd}{3}\p{Nd}*`)
	blinded   = regexp.MustCompile(`^n[a-p]{48}$`)
	anyBlind  = regexp.MustCompile(`\bn[a-p]{48}\b`)
)

// Blind puts a keyed word in the place of every NIP of a text. The index is
// found by a full number and holds none, and no address does (LG-03, AU-05).
func (d *Desk) Blind(text string) string {
	return nipInText.ReplaceAllStringFunc(text, func(n string) string { return " " + d.nipWord(n) + " " })
}

// Unblind is a blinded text without what stands for a NIP, for showing it.
func Unblind(text string) string {
	return strings.Join(strings.Fields(anyBlind.ReplaceAllString(text, " ")), " ")
}

// NamesNIP tells whether what somebody looks for holds a whole NIP.
func NamesNIP(text string) bool { return nipInText.MatchString(oneNIP(text)) }

// oneNIP is what somebody looks for, a NIP that stands alone without what
// groups it.
func oneNIP(text string) string {
	text = strings.TrimSpace(text)
	if nip, _, err := accounts.ParseNIP(text); err == nil {
		return string(nip)
	}
	return text
}

func (d *Desk) nipWord(nip string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, nip)
	return "n" + strings.Map(letter, hex.EncodeToString(d.keys.Sum("search.nip", digits)[:24]))
}

// letter writes a digit of base 16 as one of a to p.
func letter(r rune) rune { return rune('a' + strings.IndexRune("0123456789abcdef", r)) }

// title is what a ticket is found by besides its texts: what its page shows,
// and so nothing of the record before the check (impostor 22).
func (r *record) title() string {
	return strings.Join([]string{oneWord(r.Number), string(r.NIP), r.Name, r.Unit, r.ClaimedName, r.ClaimedUnit}, "\n")
}

func (d *Desk) searchedBy(r *record, messages []Message) []string {
	texts := []string{r.title(), r.Problem}
	for _, m := range messages {
		texts = append(texts, m.Text)
	}
	return d.wordsOf(texts...)
}

var ticketNumber = regexp.MustCompile(`(?i)^(PUL-?)?([0-9a-z]{4}-[0-9a-z]{4})$|^PUL-?[0-9a-z]{4}-?[0-9a-z]{4}$`)

// sought are the words of a search. A NIP and a number are one word each,
// however they are grouped.
func (d *Desk) sought(text string) []string {
	text = oneNIP(text)
	if ticketNumber.MatchString(text) {
		return []string{"pul" + strings.TrimPrefix(strings.ToLower(oneWord(text)), "pul")}
	}
	words := d.wordsOf(text)
	return words[:min(len(words), mostSought)]
}

func oneWord(number string) string { return strings.ReplaceAll(number, "-", "") }

// agencyWord stands for an agency among the words of its tickets.
func agencyWord(agency string) string { return "z" + hex.EncodeToString([]byte(agency)) }

// unitWord stands for the unit of a ticket's subject. Nobody can type it.
func unitWord(unit string) string {
	sum := sha256.Sum256([]byte(unit))
	return "u" + hex.EncodeToString(sum[:24])
}
