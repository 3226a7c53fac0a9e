package accounts

import (
	"crypto/rand"
	_ "embed"
	"fmt"
	"math/big"
	"strings"

	"pulih/secret"
)

// phraseWords are short everyday words without a second spelling, ours.
//
//go:embed phrase.txt
var phraseWordsText string

var phraseWords = strings.Fields(phraseWordsText)

// Passphrase makes a password that people can read, remember and type: four
// words and two digits, about 44 bit. It meets the portal's rule.
func Passphrase() secret.Password {
	words := make([]string, 4)
	for i := range words {
		words[i] = phraseWords[pick(len(phraseWords))]
	}
	words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
	return secret.Password(fmt.Sprintf("%s-%02d", strings.Join(words, "-"), pick(100)))
}

// PassphraseFor makes one that is not about the person either.
func PassphraseFor(p Person) secret.Password {
	for {
		if phrase := Passphrase(); len(weaknesses(phrase, p)) == 0 {
			return phrase
		}
	}
}

func pick(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("accounts: " + err.Error()) // the system has no randomness
	}
	return int(i.Int64())
}
