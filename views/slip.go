package views

import "strings"

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
