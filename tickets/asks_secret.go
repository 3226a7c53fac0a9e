package tickets

import (
	"slices"
	"strings"
	"unicode"
)

// ErrAsksSecret is refused of every text to a person: staff ask for neither a
// password nor a one-time code.
var ErrAsksSecret = &Refusal{"asks for a secret", "Pesan ini tampak meminta kata sandi atau kode. Petugas tidak pernah memintanya. Tulis ulang kalimatnya."}

// asksSecret tells whether a sentence asks a person to hand over a secret. It
// is a rail for the honest, not a wall: a secret after a word of handing over
// is refused, unless that word is denied ("jangan kirim"), another act stands
// between ("kirim foto, lalu ganti kata sandi"), or the sentence names the
// page on which it is typed.
func asksSecret(text string) bool {
	text = joinSpelt(strings.ToLower(oneDot.Replace(strings.Map(seen, text))))
	for sentence := range strings.FieldsFuncSeq(text, endsSentence) {
		if asksIn(strings.FieldsFunc(sentence, endsWord)) {
			return true
		}
	}
	return false
}

// asksIn walks one sentence. asking says that its last act hands over.
func asksIn(words []string) bool {
	asking, there := false, namesPlace(words)
	for i, word := range words {
		before := words[:i]
		switch {
		case handing[word]:
			asking = !denied(before) && !ends(before, ours)
		case needing[word]:
			asking = ends(before, staffWords) && !denied(before)
		case typing[word]:
			asking = !there && !denied(before)
		case acting[word]:
			asking = false
		case isSecret(words[i:]) && denied(before):
			asking = false
		case isSecret(words[i:]) && (asking || asked(before, words[i:])):
			return true
		}
	}
	return false
}

// denied tells whether what follows is said not to be.
func denied(before []string) bool {
	for _, word := range slices.Backward(before) {
		if denying[word] {
			return true
		}
		if !filling[word] {
			return false
		}
	}
	return false
}

// asked are questions for the secret itself, and the passive: "apa kata sandi
// Anda?", "OTP-nya berapa?", "OTP dikirim ke saya".
func asked(before, from []string) bool {
	for ends(before, leading) {
		before = before[:len(before)-1]
	}
	last := from[len(from)-1]
	if ends(before, asking) || asking[last] && len(from) <= 5 {
		return true
	}
	i := slices.IndexFunc(from, func(w string) bool { return passive[w] })
	return i >= 0 && slices.ContainsFunc(from[i:], func(w string) bool { return us[w] })
}

func isSecret(words []string) bool {
	first := unaffixed(words[0])
	if secrets[first] {
		return true
	}
	return len(words) > 1 && secretPairs[first+" "+unaffixed(words[1])]
}

// unaffixed drops what is glued to a word, and the digits that hide one.
func unaffixed(word string) string {
	if strings.ContainsFunc(word, unicode.IsLetter) {
		word = disguised.Replace(word)
	}
	for _, suffix := range []string{"nya", "mu", "ku"} {
		if cut := strings.TrimSuffix(word, suffix); len(cut) > 2 {
			word = cut
		}
	}
	return word
}

// joinSpelt writes "o t p" and "o.t.p" as one word.
func joinSpelt(text string) string { return spelt.ReplaceAllStringFunc(text, onlyLetters.Replace) }

// namesPlace tells whether the sentence says where something is typed, which
// is neither the answer to this message nor the page of the request.
func namesPlace(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return places[w] }) &&
		!slices.ContainsFunc(words, func(w string) bool { return here[w] })
}

func ends(words []string, in map[string]bool) bool {
	return len(words) > 0 && in[words[len(words)-1]]
}

func endsSentence(r rune) bool { return strings.ContainsRune(".!?\n;", r) }

func endsWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '@' && r != '$'
}
