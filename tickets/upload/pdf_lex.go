package upload

import (
	"bytes"
	"slices"
)

// dictionary is the tokens of a PDF's dictionary in their order: names
// unescaped, with "/" before them; "(" for any string.
type dictionary []string

func (d dictionary) find(name string) int { return slices.Index(d, "/"+name) }

func (d dictionary) has(name string) bool { return d.find(name) >= 0 }

func (d dictionary) count(name string) (n int) {
	for _, t := range d {
		if t == "/"+name {
			n++
		}
	}
	return n
}

func (d dictionary) starts(with ...string) bool {
	return len(d) >= len(with) && slices.Equal(d[:len(with)], with)
}

// lexer reads tokens, so that no string or comment passes for one of them.
type lexer struct {
	b      []byte
	at     int
	stream bool // the last token began a stream, whose bytes begin at at
}

// dictionary is the one that begins here, nil for none. It ends where a stream
// begins, too: a reader may forgive that its end is missing.
func (l *lexer) dictionary() (d dictionary) {
	depth := 0
	for {
		t := l.token()
		switch t {
		case "<<":
			depth++
		case ">>":
			depth--
		}
		if t == "" || l.stream || depth == 0 && t != ">>" {
			return d
		}
		if d = append(d, t); depth == 0 {
			l.seekStream()
			return d
		}
	}
}

// seekStream steps behind the word "stream", if that comes next.
func (l *lexer) seekStream() {
	next := *l
	if next.token(); next.stream {
		*l = next
	}
}

const (
	blanks     = "\x00\t\n\f\r "
	delimiters = blanks + "()<>[]{}/%"
)

// token is the next one, "" at the end.
func (l *lexer) token() string {
	l.skip()
	rest := l.b[l.at:]
	switch {
	case len(rest) == 0:
		return ""
	case bytes.HasPrefix(rest, []byte("<<")), bytes.HasPrefix(rest, []byte(">>")):
		l.at += 2
		return string(rest[:2])
	case rest[0] == '(':
		l.at += text(rest)
		return "("
	case rest[0] == '<':
		l.at += behind(rest, ">")
		return "("
	case rest[0] == '/':
		l.at += 1 + word(rest[1:])
		return "/" + name(rest[1:])
	}
	return l.word(rest)
}

func (l *lexer) word(rest []byte) string {
	n := max(word(rest), 1)
	if l.stream = bytes.HasPrefix(rest, []byte("stream")); l.stream {
		n = len("stream")
	}
	l.at += n
	return string(rest[:min(n, longestName)])
}

// skip passes blanks and comments.
func (l *lexer) skip() {
	for l.at < len(l.b) && bytes.IndexByte([]byte(blanks+"%"), l.b[l.at]) >= 0 {
		if l.b[l.at] == '%' {
			l.at += behind(l.b[l.at:], "\r\n")
			continue
		}
		l.at++
	}
}

// text is how long the string is that begins b. Brackets in it come in pairs
// or behind a backslash.
func text(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}

// behind is where b goes on after the first of the ends.
func behind(b []byte, ends string) int {
	if i := bytes.IndexAny(b, ends); i >= 0 {
		return i + 1
	}
	return len(b)
}

// word is how long the run up to a delimiter is.
func word(b []byte) int {
	for i, c := range b {
		if bytes.IndexByte([]byte(delimiters), c) >= 0 {
			return i
		}
	}
	return len(b)
}
