package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewCode makes a code of n characters of Crockford's base32, five bits
// each: people read it aloud and type it, so it has no I, L, O or U.
func NewCode(n int) Code {
	raw := make([]byte, n)
	rand.Read(raw) //nolint:errcheck // never fails (Go 1.24)
	for i, b := range raw {
		raw[i] = crockford[b&31]
	}
	return Code(raw)
}

// ReadCode takes a code of n characters as people type it: any case, grouped
// or not, O for 0, I and L for 1; or out of the sentence that it was mailed
// in, where it stands once and in its groups. It is false for anything else.
func ReadCode(typed string, n int) (Code, bool) {
	if code, ok := readAlone(typed); ok && len(code) == n {
		return code, true
	}
	if len(typed) > pasted {
		return "", false
	}
	return readInSentence(typed, n)
}

// pasted is the longest sentence, in bytes, in which a code is looked for.
const pasted = 200

// readAlone reads a text that is nothing but a code.
func readAlone(typed string) (Code, bool) {
	var b strings.Builder
	for _, r := range typed {
		if r >= 'a' && r <= 'z' { // ToUpper would take ſ for S (CVE-2019-19844)
			r += 'A' - 'a'
		}
		switch {
		case strings.ContainsRune(" -.\t\r\n\u00a0", r):
		case r == 'O':
			b.WriteByte('0')
		case r == 'I' || r == 'L':
			b.WriteByte('1')
		case r < 128 && strings.IndexByte(crockford, byte(r)) >= 0:
			b.WriteByte(byte(r))
		default:
			return "", false
		}
	}
	return Code(b.String()), true
}

// readInSentence finds the one word that looks as Grouped writes a code, such
// as in "Kode Anda: 7K3M-9QXD" (screens.md, P4).
func readInSentence(typed string, n int) (found Code, ok bool) {
	for _, word := range strings.Fields(typed) {
		word = strings.Trim(word, ".,:;!?\"'()*“”")
		code, plain := readAlone(word)
		if !plain || len(code) != n || len(word) != len(code.Grouped()) || strings.Count(word, "-") != (n-1)/4 {
			continue
		}
		if ok && code != found {
			return "", false
		}
		found, ok = code, true
	}
	return found, ok
}

// Grouped shows a code in groups of four: "7K3M-9QXD".
func (c Code) Grouped() string {
	var b strings.Builder
	for i := 0; i < len(c); i += 4 {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(string(c[i:min(i+4, len(c))]))
	}
	return b.String()
}

// NewToken makes 256 random bits for a cookie or a link (SE-01).
func NewToken() Token {
	raw := make([]byte, 32)
	rand.Read(raw) //nolint:errcheck // never fails (Go 1.24)
	return Token(base64.RawURLEncoding.EncodeToString(raw))
}

// Hash is what is stored of a token. It needs no pepper and no Argon2: 256
// random bits cannot be guessed.
func (t Token) Hash() []byte {
	sum := sha256.Sum256([]byte(t))
	return sum[:]
}
