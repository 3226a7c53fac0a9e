package app

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"net/netip"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/views"
)

// page is the one place where what surrounds every page is filled in.
func (a *App) page(c echo.Context, title string) views.Page {
	p := views.Page{Title: title, Path: c.Request().URL.Path, Site: a.Site, Demo: a.Demo}
	if who, ok := c.Get(ctxWho).(views.Who); ok {
		p.Who = who
	}
	_, p.Staff = c.Get(ctxStaff).(staffOnPage)
	if c.Request().Method == http.MethodPost {
		p.Replace = standsFor(c)
	}
	return p
}

// standsFor is the address under which the browser keeps a page drawn from a
// POST: its own where GET answers it, and else the page above, with the form.
func standsFor(c echo.Context) string {
	pattern, address := c.Path(), c.Request().URL.EscapedPath()
	if answersGet(c, pattern) {
		return c.Request().URL.RequestURI()
	}
	for len(pattern) > 1 && !answersGet(c, pattern) {
		pattern, address = path.Dir(pattern), path.Dir(address)
	}
	return address
}

func answersGet(c echo.Context, pattern string) bool {
	return slices.ContainsFunc(c.Echo().Routes(), func(r *echo.Route) bool {
		return r.Method == http.MethodGet && r.Path == pattern
	})
}

// render draws the whole page before the first byte is sent: a fault in the
// middle is a clean 500 and not half a page with status 200. The request's
// deadline does not cut the page short.
func (a *App) render(c echo.Context, status int, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(context.WithoutCancel(c.Request().Context()), &b); err != nil {
		return err
	}
	return c.HTMLBlob(status, b.Bytes())
}

// packers are kept: a new one allocates 800 KB.
var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is one of gzip's own
	return packer
}}

// renderOpen draws a page that holds nothing secret and packs it. Pages with a
// secret of the person are not packed: their size would tell of it (BREACH).
func (a *App) renderOpen(c echo.Context, status int, page templ.Component) error {
	c.Response().Header().Set("Vary", "Accept-Encoding")
	if !strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		return a.render(c, status, page)
	}
	var b bytes.Buffer
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(&b)
	err := page.Render(context.WithoutCancel(c.Request().Context()), packer)
	if err = errors.Join(err, packer.Close()); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Encoding", "gzip")
	return c.HTMLBlob(status, b.Bytes())
}

// seeOther ends a POST: the browser's reload button then repeats nothing.
func seeOther(c echo.Context, address string) error {
	return c.Redirect(http.StatusSeeOther, address)
}

// actor is who the audit rows of this request name.
func (a *App) actor(c echo.Context) audit.Actor {
	actor := audit.Actor{Kind: audit.Anonymous, Network: a.network(c), Request: requestID(c)}
	if s, ok := c.Get(ctxStaff).(staffOnPage); ok {
		actor.Kind, actor.ID = audit.Staff, s.ID
	} else if s, ok := c.Get(ctxAccount).(accountOnPage); ok {
		actor.Kind, actor.ID = audit.Person, s.Owner
	}
	return actor
}

// network is the client's address as far as it is kept: /24, or /48 for IPv6.
func (a *App) network(c echo.Context) string {
	return prefix(c, 24, 48)
}

// limitNetwork is the address as limits count it: itself, or /64 for IPv6
// (RL-01).
func limitNetwork(c echo.Context) string {
	return prefix(c, 32, 64)
}

func prefix(c echo.Context, v4, v6 int) string {
	addr, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return "?"
	}
	addr = addr.Unmap().WithZone("")
	bits := v4
	if addr.Is6() {
		bits = v6
	}
	return netip.PrefixFrom(addr, bits).Masked().String()
}
