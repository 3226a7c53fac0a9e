package views

import "strings"

// parts are the pieces between which the address may go on in the next line.
func (s Slip) parts() []string {
	host, path, found := strings.Cut(s.Place, "/")
	if !found {
		return []string{host}
	}
	return []string{host, "/" + path}
}
