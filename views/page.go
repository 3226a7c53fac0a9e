// Package views draws every page of Pulih as HTML. It decides nothing: a page
// struct comes in, markup goes out, and nothing here knows a database, a clock
// or a request.
package views

import "strings"

// Page holds what every page needs around its own content. The app fills it
// in one place, so that no handler can forget the help block or the safety of
// the layout.
type Page struct {
	Title   string       // the H1, and the first part of the document title
	Path    string       // the address being shown, to mark it in the navigation
	Back    string       // address of the back link; "" draws none
	Site    Site         // whose desk this is
	Who     Who          // who is signed in; zero is nobody
	Errors  []FieldError // what to correct; drawn first in main, and at each field
	Scripts []string     // js modules by file name, such as "password.js"
	Staff   bool         // wide layout with navigation and smaller controls
	Replace string       // for a page drawn from a POST: the address it stands for; "" for a GET
	Demo    bool         // the strip that says the data is made up
}

// Site is the agency that runs this desk, whose accounts it recovers, and the
// portal that people come from. All of it comes from the settings; no page
// spells a portal's name.
type Site struct {
	Agency        string // "BKPSDM Kabupaten Contoh"
	ShortAgency   string // "BKPSDM Contoh", for titles and narrow headers
	Portal        string // "ASN Digital"
	PortalAddress string // "https://portal.example.go.id"
	PortalIsOurs  bool   // no accounts of its own: people sign in there at Pulih
	Hours         string // "Senin–Jumat, 08.00–16.00 WITA"
	Phone         string // "(0401) 555 0100"
	Address       string // "Jl. Contoh No. 1, Kabupaten Contoh"
	Zone          string // "WIB", "WITA" or "WIT"

	// Asset turns a file's name into its address with a content hash.
	Asset func(name string) string
}

// Who is the person signed in.
type Who struct {
	Name string
	Role string // as shown: "Petugas", "Verifikator", "Penyelia"
	Nav  []Link // pages this role may open
	Out  string // address that the sign-out button posts to; "" draws none
}

// Link is an address with a name, for navigation, tabs and chips.
type Link struct {
	Text  string
	Href  string
	Count string // shown after the text, already formatted; "" shows none
	Here  bool   // this is the page or filter being shown
}

// FieldError is one thing to correct. The same sentence stands in the summary
// and at the field.
type FieldError struct {
	Field string // name of the field; "" when no single field is at fault
	Text  string
}

// ErrorFor returns the sentence for one field, "" when nothing is wrong with it.
func (p Page) ErrorFor(field string) string {
	for _, e := range p.Errors {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// documentTitle puts the error first, because a screen reader reads it first.
func (p Page) documentTitle() string {
	title := p.Title + " – Pemulihan Akun ASN – " + p.Site.ShortAgency
	if len(p.Errors) > 0 {
		return "Kesalahan: " + title
	}
	return title
}

// asset falls back to the plain name so that a page struct without a Site can
// still be drawn in a test.
func (p Page) asset(name string) string {
	if p.Site.Asset == nil {
		return "/static/" + name
	}
	return p.Site.Asset(name)
}

// here says whether a navigation link leads to the page being shown or to a
// page above it.
func (p Page) here(l Link) bool {
	return l.Here || p.Path == l.Href || strings.HasPrefix(p.Path, l.Href+"/")
}

// reports says whether this is one of the report's pages, whose pictures and
// tiles have a stylesheet of their own: nobody else should have to fetch it.
func (p Page) reports() bool {
	return p.Staff && p.here(Link{Href: "/petugas/laporan"})
}

func (p Page) bodyClass() string {
	if p.Staff {
		return "staff"
	}
	return "public"
}

// dialable keeps what a tel: link may hold.
func dialable(phone string) string {
	keep := func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}
	return "tel:" + strings.Map(keep, phone)
}

// home is where the brand leads: staff stay among staff pages.
func (p Page) home() string {
	if p.Staff && len(p.Who.Nav) > 0 {
		return p.Who.Nav[0].Href
	}
	return "/"
}
