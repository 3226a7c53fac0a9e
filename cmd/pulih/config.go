package main

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
	"pulih/views"
)

// siteFlags say whose desk this is. Nothing of it is spelled in a page.
type siteFlags struct {
	Agency        string `required:"" placeholder:"NAME" help:"The agency in full, such as \"BKPSDM Kabupaten Contoh\"; also the agency of its people in the roster."`
	ShortAgency   string `placeholder:"NAME" help:"The agency in titles and subjects; the full name when left out."`
	Portal        string `default:"ASN Digital" help:"The portal that the troubleshooter speaks of. Its accounts are recovered there, not by Pulih."`
	PortalAddress string `default:"https://asndigital.bkn.go.id" help:"Its address, for people to type."`
	Issuer        string `help:"What the authenticator app shows for an account of Pulih: not the portal's name, which is that of the portal's own entry. \"Pulih\" and the short agency when left out."`
	Hours         string `required:"" placeholder:"TEXT" help:"When the counter is open, as people read it."`
	Phone         string `required:"" placeholder:"NUMBER" help:"The helpdesk's official number."`
	Address       string `required:"" placeholder:"TEXT" help:"Where the counter is."`
	Zone          string `enum:"WIB,WITA,WIT" required:"" help:"The agency's zone: WIB, WITA or WIT."`
	BaseURL       string `required:"" placeholder:"URL" help:"Where people reach Pulih, such as https://pulih.example.go.id; every link is built from it."`
}

// issuerRule keeps the otpauth address whole: "&", "=" and ":" would change
// what the authenticator reads.
var issuerRule = regexp.MustCompile(`^[\p{L}\p{N} ._-]{1,40}$`)

func (f *siteFlags) complete() (base *url.URL, zone db.Zone, err error) {
	if f.ShortAgency == "" {
		f.ShortAgency = f.Agency
	}
	if f.Issuer == "" {
		f.Issuer = ownIssuer(f.ShortAgency)
	}
	if err := f.filled(); err != nil {
		return nil, zone, err
	}
	if !issuerRule.MatchString(f.Issuer) {
		return nil, zone, setting("issuer", errors.New("may hold letters, digits, space, dot, hyphen, underscore; at most 40"))
	}
	if zone, err = db.ZoneNamed(f.Zone); err != nil {
		return nil, zone, setting("zone", err)
	}
	base, err = url.Parse(f.BaseURL)
	if err == nil {
		err = checkBase(base)
	}
	if err != nil {
		return nil, zone, setting("base-url", err)
	}
	return base, zone, nil
}

// ownIssuer tells our entry in an authenticator from the portal's, which
// people have as well: whoever takes one for the other deletes the wrong one.
func ownIssuer(agency string) string {
	if own := "Pulih " + agency; issuerRule.MatchString(own) {
		return own
	}
	return "Pulih"
}

// entry is what the troubleshooter calls a person's entry: he comes with the
// portal's or with ours.
func (f siteFlags) entry() string {
	if f.Issuer == f.Portal || f.portalIsOurs() {
		return f.Issuer
	}
	return f.Portal + " atau " + f.Issuer
}

// portalIsOurs compares whole hosts: another one's name may begin with ours.
func (f siteFlags) portalIsOurs() bool {
	portal, err := url.Parse(f.PortalAddress)
	if err != nil {
		return false
	}
	base, err := url.Parse(f.BaseURL)
	return err == nil && portal.Scheme == base.Scheme && strings.EqualFold(portal.Host, base.Host)
}

// filled refuses what was set to nothing: pages and mails would have a gap
// where people look for help.
func (f *siteFlags) filled() error {
	for name, value := range map[string]string{"agency": f.Agency, "hours": f.Hours, "phone": f.Phone, "address": f.Address} {
		if strings.TrimSpace(value) == "" {
			return setting(name, errors.New("is empty"))
		}
	}
	return nil
}

func checkBase(u *url.URL) error {
	if u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery+u.Fragment != "" || u.User != nil {
		return errors.New("want scheme and host only, such as https://pulih.example.go.id")
	}
	if u.Scheme == "https" && u.Port() == "443" || u.Scheme == "http" && u.Port() == "80" {
		return errors.New("leave the port out: browsers do, and another host's name is refused")
	}
	addr, err := netip.ParseAddr(u.Hostname())
	loopback := u.Hostname() == "localhost" || err == nil && addr.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback) {
		return errors.New("want https: cookies and codes travel on it")
	}
	return nil
}

func (f siteFlags) views() views.Site {
	return views.Site{
		Agency: f.Agency, ShortAgency: f.ShortAgency, Portal: f.Portal, PortalAddress: f.PortalAddress, PortalIsOurs: f.portalIsOurs(),
		Hours: f.Hours, Phone: f.Phone, Address: f.Address, Zone: f.Zone,
	}
}

func (f siteFlags) mail(zone db.Zone, sender string) mail.Site {
	return mail.Site{
		Agency: f.Agency, ShortAgency: f.ShortAgency, BaseURL: strings.TrimSuffix(f.BaseURL, "/"), Hours: f.Hours, Phone: f.Phone, Address: f.Address,
		Zone: zone, Sender: secret.Email(sender),
	}
}

// relayFlags name the SMTP relay that takes our mail.
type relayFlags struct {
	SMTPHost         string        `required:"" placeholder:"HOST" help:"The relay."`
	SMTPPort         int           `default:"587" help:"Its port."`
	SMTPTLS          string        `name:"smtp-tls" env:"PULIH_SMTP_TLS" enum:"starttls,implicit,none" default:"starttls" help:"starttls and implicit are mandatory when chosen; none only for a relay on this machine."`
	SMTPUser         string        `placeholder:"NAME" help:"User name at the relay, if it wants one."`
	SMTPPassword     string        `placeholder:"TEXT" help:"Password at the relay."`
	SMTPPasswordFile string        `placeholder:"PATH" help:"The same from a file."`
	SMTPTimeout      time.Duration `default:"90s" help:"For each step of a delivery; the most there is. A relay that is slower gets mails twice."`
	Sender           string        `required:"" placeholder:"ADDRESS" help:"The address our mail comes from."`
}

// networks reads CIDR prefixes; a bare address stands for itself.
func networks(name string, list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if addr, bare := netip.ParseAddr(text); bare == nil {
			p, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return nil, setting(name, fmt.Errorf("%q is not a network such as 10.1.2.0/24", text))
		}
		if p.Bits() == 0 {
			return nil, setting(name, fmt.Errorf("%q is everybody", text))
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

var tlsModes = map[string]mail.TLS{"starttls": mail.StartTLS, "implicit": mail.Implicit, "none": mail.NoTLS}

func (f relayFlags) relay() (mail.Relay, error) {
	password := f.SMTPPassword
	if f.SMTPUser != "" {
		var err error
		if password, err = oneOf("smtp-password", f.SMTPPassword, f.SMTPPasswordFile); err != nil {
			return mail.Relay{}, err
		}
	}
	_, helo, _ := strings.Cut(f.Sender, "@")
	relay, err := mail.NewRelay(mail.RelaySettings{
		Host: f.SMTPHost, Port: f.SMTPPort, TLS: tlsModes[f.SMTPTLS], User: f.SMTPUser,
		Password: secret.Password(password), HELO: helo, Timeout: f.SMTPTimeout,
	})
	if err != nil {
		return relay, setting("smtp-…", err)
	}
	return relay, nil
}
