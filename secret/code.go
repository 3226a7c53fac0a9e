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

// ReadCode takes a code as people type it: any case, grouped or not, O for 0,
// I and L for 1. It is false for anything that is not n characters then.
func ReadCode(typed string, n int) (Code, bool) {
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
	return Code(b.String()), b.Len() == n
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
