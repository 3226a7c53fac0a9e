package guide

import (
	"slices"
	"strings"
)

// Span is a piece of a text, in Indonesian or in the English of the portal's screen (WCAG 3.1.2).
type Span struct {
	Text    string
	English bool
}

// Spans splits a text where it quotes the portal: “Unable to scan?” is English, “Koreksi waktu” is not. Joined, the
// pieces are the text again.
func (c *Catalogue) Spans(text string) []Span {
	var spans []Span
	for text != "" {
		before, rest, opened := strings.Cut(text, "“")
		quoted, after, closed := strings.Cut(rest, "”")
		if !opened || !closed {
			break
		}
		spans = append(spans, Span{Text: before + "“"}, Span{quoted, c.isEnglish(quoted)})
		text = "”" + after
	}
	return append(spans, Span{Text: text})
}

func (c *Catalogue) isEnglish(quoted string) bool {
	return slices.ContainsFunc(c.english, func(known string) bool {
		return strings.EqualFold(strings.TrimRight(known, "."), strings.TrimRight(quoted, "."))
	})
}
