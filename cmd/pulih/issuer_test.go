package main

import "testing"

// People have the portal's entry too, under the same NIP: two alike, and the
// wrong one is deleted.
func TestOurEntryIsNotCalledLikeThePortals(t *testing.T) {
	for short, want := range map[string]string{"BKPSDM Contoh": "Pulih BKPSDM Contoh", "BKPSDM (Contoh)": "Pulih"} {
		c := aConsole(t)
		c.ShortAgency = short
		if _, _, err := c.complete(); err != nil || c.Issuer != want {
			t.Errorf("%s: the entry is called %q, want %q: %v", short, c.Issuer, want, err)
		}
		if got := c.entry(); got != "ASN Digital atau "+want {
			t.Errorf("the troubleshooter says %q", got)
		}
	}
	c := aConsole(t)
	c.PortalAddress = c.BaseURL
	if _, _, err := c.complete(); err != nil || c.entry() != c.Issuer || !c.views().PortalIsOurs {
		t.Error("a portal that is Pulih itself has one entry: ", c.entry(), err)
	}
	for address, ours := range map[string]bool{
		"https://pulih.example.go.id/portal": true, "HTTPS://Pulih.Example.go.id/": true,
		"https://pulih.example.go.id.example": false, "https://pulih.example.go.id:8443": false, "http://pulih.example.go.id": false,
		"https://pulih.example.go.id@example.com": false, "pulih.example.go.id": false, "": false, "https://pulih.example.go.id:x": false,
	} {
		if c.BaseURL, c.PortalAddress = "https://pulih.example.go.id/", address; c.views().PortalIsOurs != ours {
			t.Errorf("%q is taken for ours: %v", address, !ours)
		}
	}
}
