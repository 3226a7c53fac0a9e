package views

import (
	"strings"

	"github.com/a-h/templ"
)

// parts are the pieces between which the address may go on in the next line:
// after a dot, and before the path.
func (s Slip) parts() []string {
	host, path, found := strings.Cut(s.Place, "/")
	all := strings.SplitAfter(host, ".")
	if found {
		all = append(all, "/"+path)
	}
	return all
}

// place is typed from paper, so no blank may stand in it: only its parts
// are kept whole, and templ would put one between elements in markup.
func (s Slip) place() templ.Component {
	var b strings.Builder
	for i, part := range s.parts() {
		if i > 0 {
			b.WriteString("<wbr/>")
		}
		b.WriteString(`<span class="nowrap">` + templ.EscapeString(part) + "</span>")
	}
	return templ.Raw("<b>" + b.String() + "</b>")
}
