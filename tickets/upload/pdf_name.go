package upload

import (
	"bytes"
	"slices"
)

// longestName is how far a name is read. None of ours is longer.
const longestName = 32

// names tells whether one of the names stands in b, written "/JavaScript" or
// "/J#61vaScript".
func names(b []byte, wanted ...string) bool {
	for at := range b {
		if b[at] == '/' && slices.Contains(wanted, name(b[at+1:])) {
			return true
		}
	}
	return false
}

// name reads a PDF name up to its delimiter.
func name(b []byte) string {
	var text []byte
	for i := 0; i < len(b) && len(text) < longestName && bytes.IndexByte([]byte(delimiters), b[i]) < 0; i++ {
		if b[i] == '#' && i+2 < len(b) && isHex(b[i+1]) && isHex(b[i+2]) {
			text = append(text, unhex(b[i+1])<<4|unhex(b[i+2]))
			i += 2
			continue
		}
		text = append(text, b[i])
	}
	return string(text)
}

func isHex(c byte) bool { return bytes.IndexByte([]byte("0123456789abcdefABCDEF"), c) >= 0 }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
