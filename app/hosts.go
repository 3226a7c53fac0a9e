package app

import (
	"net/url"

	"pulih/views"
)

// Hosts are those that a text to a person may name (impostor 24): our own and
// the portal's.
func Hosts(base *url.URL, s views.Site) []string {
	hosts := []string{base.Hostname()}
	if portal, err := url.Parse(s.PortalAddress); err == nil && portal.Hostname() != "" {
		hosts = append(hosts, portal.Hostname())
	}
	return hosts
}
