// Package mail writes what Pulih says by mail and gets it to the relay: typed
// messages, an outbox in the database, delivery by SMTP. A message is queued
// inside the transaction of the verb it tells of, and sent outside any.
package mail

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"pulih/db"
	"pulih/secret"
)

// ErrSite says that a setting of the sender is missing or wrong.
var ErrSite = errors.New("mail: setting")

// Site is what every message says of its sender. Phone is the official number
// (NO-03), BaseURL the only address that a mail links to, Sender the From
// address, whose domain goes into every Message-ID.
type Site struct {
	Agency, ShortAgency   string
	BaseURL               string
	Hours, Phone, Address string
	Zone                  db.Zone
	Sender                secret.Email
}

// Check refuses a site that would send mails which nobody can trust or
// answer, and names the setting.
func (s Site) Check() error {
	for name, value := range map[string]string{"agency": s.Agency, "short agency": s.ShortAgency,
		"phone": s.Phone} {
		if strings.TrimSpace(value) == "" || plain(value) != value {
			return fmt.Errorf("%w: %s is empty or not one plain line", ErrSite, name)
		}
	}
	if !mailable(s.Sender) {
		return fmt.Errorf("%w: sender is not one mail address", ErrSite)
	}
	if s.Zone.Location == nil {
		return fmt.Errorf("%w: zone is missing", ErrSite)
	}
	return s.checkBase()
}

func (s Site) checkBase() error {
	base, err := url.Parse(s.BaseURL)
	if err != nil || base.Host == "" || base.RawQuery+base.Fragment != "" ||
		(base.Scheme != "https" && base.Scheme != "http") {
		return fmt.Errorf("%w: base URL must look like https://pemulihan.example.go.id", ErrSite)
	}
	return nil
}

// Link is the full address of a path of ours.
func (s Site) Link(path string) string { return strings.TrimRight(s.BaseURL, "/") + path }

func (s Site) owns(link string) bool { return strings.HasPrefix(link, s.Link("/")) }

func (s Site) domain() string {
	_, domain, _ := strings.Cut(string(s.Sender), "@")
	return domain
}
