package app

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// guard decides whether a request reaches its handler. Its name stands in the
// golden file of routes.
type guard struct {
	name  string
	check func(*App, echo.Context) error
}

// What guards leave in the request for the handlers.
const (
	ctxStaff   = "staff"
	ctxAccount = "account"
	ctxWho     = "who"
	ctxRequest = "request"
)

type (
	staffOnPage   struct{ accounts.Staff }
	accountOnPage struct{ accounts.Session }
)

// anyone lets everybody in; what the page does has its own limits.
var anyone = guard{"anyone", func(*App, echo.Context) error { return nil }}

// account asks for an ASN's session.
var account = guard{"account", func(a *App, c echo.Context) error {
	s, err := a.Accounts.Session(c.Request().Context(), accounts.AccountSession, cookie(c, cookieAccount))
	if errors.Is(err, accounts.ErrNoSession) {
		return redirect{"/masuk"}
	}
	if err != nil {
		return err
	}
	c.Set(ctxAccount, accountOnPage{s})
	return nil
}}

// demoOnly hides a page from every installation but the demo.
var demoOnly = guard{"demo", func(a *App, _ echo.Context) error {
	if !a.Demo {
		return db.ErrNotFound
	}
	return nil
}}

// staff asks for a staff session with one of the roles. The roles are read
// anew for every request (ST-07).
func staff(roles ...accounts.Role) guard {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return guard{"staff:" + strings.Join(names, ","), func(a *App, c echo.Context) error {
		s, err := a.Accounts.StaffBySession(c.Request().Context(), cookie(c, cookieStaff))
		if errors.Is(err, accounts.ErrNoSession) {
			return redirect{"/petugas/masuk"}
		}
		if err != nil {
			return err
		}
		if err := a.admit(c, s); err != nil {
			return err
		}
		if !slices.ContainsFunc(roles, s.Has) {
			return ErrNotYours
		}
		return nil
	}}
}

func (a *App) admit(c echo.Context, s accounts.Staff) error {
	nav, err := a.counted(c, s, navFor(s))
	c.Set(ctxStaff, staffOnPage{s})
	c.Set(ctxWho, views.Who{Name: s.Name, Role: roleNames(s), Nav: nav, Out: "/petugas/keluar"})
	return err
}

// counted shows whoever may confirm announcements how many wait for him.
func (a *App) counted(c echo.Context, s accounts.Staff, nav []views.Link) ([]views.Link, error) {
	if c.Request().Method != http.MethodGet || !confirms(s) {
		return nav, nil
	}
	n, err := a.Guide.Awaiting(c.Request().Context(), s)
	for i := range nav {
		if n > 0 && nav[i].Href == incidentPath {
			nav[i].Count = strconv.Itoa(n)
		}
	}
	return nav, err
}

func confirms(s accounts.Staff) bool { return s.Has(accounts.Approver) || s.Has(accounts.Supervisor) }

func roleNames(s accounts.Staff) string {
	names := make([]string, len(s.Roles))
	for i, r := range s.Roles {
		names[i] = string(r)
	}
	return titled(strings.Join(names, ", "))
}

// titled begins a word of ours, which is ASCII, with a capital.
func titled(text string) string {
	return strings.ToUpper(text[:min(1, len(text))]) + text[min(1, len(text)):]
}

func navFor(s accounts.Staff) []views.Link {
	var nav []views.Link
	if s.Has(accounts.Agent) || s.Has(accounts.Approver) {
		nav = append(nav, views.Link{Text: "Antrean", Href: "/petugas/antrean"})
	}
	if s.Has(accounts.Supervisor) {
		nav = append(nav, views.Link{Text: "Laporan", Href: "/petugas/laporan"}, views.Link{Text: "Audit", Href: auditPath})
	}
	if s.Has(accounts.Supervisor) && len(nav) == 2 {
		nav = append(nav, views.Link{Text: "Antrean", Href: "/petugas/antrean"})
	}
	if len(nav) > 0 {
		nav = append(nav, views.Link{Text: "Balasan", Href: savedPath}, views.Link{Text: "Gangguan", Href: incidentPath})
	}
	if s.Has(accounts.Supervisor) || s.Has(accounts.Admin) {
		nav = append(nav, views.Link{Text: "Pengaturan", Href: settingsPath})
	}
	return nav
}

// redirect is an error that a guard answers with.
type redirect struct{ to string }

func (r redirect) Error() string { return "app: redirect to " + r.to }

// staff is who the guard let in.
func (a *App) staff(c echo.Context) accounts.Staff {
	return c.Get(ctxStaff).(staffOnPage).Staff
}

// person is the session of the ASN whom the guard let in.
func (a *App) person(c echo.Context) accounts.Session {
	return c.Get(ctxAccount).(accountOnPage).Session
}

// by is the staff member as the desk wants to know him: with the browser he
// sits at and whether that is at the counter, in office hours (impostor 6).
func (a *App) by(c echo.Context) tickets.By {
	return tickets.By{Staff: a.staff(c), Browser: a.browserHash(c), AtCounter: a.atCounter(c), Actor: a.actor(c)}
}

func (a *App) atCounter(c echo.Context) bool {
	addr, err := address(c)
	if err != nil {
		return false
	}
	ctx, agency := c.Request().Context(), a.staff(c).Agency
	networks, set, err := a.Desk.Networks(ctx, agency)
	if !set {
		networks = a.CounterNetworks
	}
	if err != nil || !contains(networks, addr) {
		return false
	}
	open, err := a.Desk.OfficeOpen(ctx, agency)
	return err == nil && open
}
