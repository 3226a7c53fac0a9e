package app

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"pulih/db"
)

const (
	maxBody     = "256K" // the longest form is a message; uploads come with a limit of their own
	maxDuration = 20 * time.Second
	// The policy names no inline script or style, so that an injected one
	// does not run (HD-01).
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

// around is what every request passes, outermost first.
func (a *App) around() []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{
		a.logged, recovered, headers, a.ourHost, a.sameSite(), readable,
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: maxBody, Skipper: isUpload}),
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: maxUpload}), deadline,
	}
}

// logged gives the request its id and writes one line when it is over: the
// route's pattern, never the address itself, which may carry a token (LG-02).
func (a *App) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		begun := a.DB.Now()
		c.Set(ctxRequest, a.newRequestID(c))
		c.Response().Header().Set("X-Request-ID", requestID(c))
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := a.DB.Now().Sub(begun)
		a.Metrics.observe(c, took)
		a.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("request", requestID(c)), slog.String("method", c.Request().Method),
			slog.String("route", c.Path()), slog.Int("status", c.Response().Status),
			slog.Duration("took", took), slog.String("network", a.network(c)))
		return nil
	}
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// newRequestID takes the proxy's id when the proxy is ours and the id is
// plain; anybody else's could be anything, 5,000 bytes of it too.
func (a *App) newRequestID(c echo.Context) string {
	given := c.Request().Header.Get("X-Request-ID")
	if plainID.MatchString(given) && contains(a.TrustedProxies, peer(c.Request())) {
		return given
	}
	return uuid.NewString()
}

func requestID(c echo.Context) string {
	id, _ := c.Get(ctxRequest).(string)
	return id
}

func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisablePrintStack: true})(next)
}

// headers are set here and not by echo's Secure, which drops some when others
// are given.
func headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if c.Scheme() == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// ourHost refuses requests for any other name (RC-12). The demo answers only
// to names of this machine, so that a foreign page cannot rebind to it
// (impostor 20). Probes come by address and are let through.
func (a *App) ourHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		path := c.Request().URL.Path
		if path == "/sehat" || path == "/siap" || a.isOurs(c.Request().Host) {
			return next(c)
		}
		return echo.NewHTTPError(http.StatusMisdirectedRequest)
	}
}

func (a *App) isOurs(host string) bool {
	if a.Demo {
		name, port, err := net.SplitHostPort(host)
		if err != nil {
			name = host
		} else if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false // "127.0.0.1:9100.evil.test"
		}
		return slices.Contains([]string{"localhost", "127.0.0.1", "[::1]", "::1"}, name)
	}
	return strings.EqualFold(host, a.BaseURL.Host)
}

// sameSite refuses what another site makes a browser post. No token is
// needed: browsers say where a request comes from, and the cookies are
// SameSite=Lax ("Decisions taken").
func (a *App) sameSite() echo.MiddlewareFunc {
	check := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if check.Check(c.Request()) != nil {
				return echo.NewHTTPError(http.StatusForbidden)
			}
			return next(c)
		}
	}
}

// readable refuses an address that is no text, path or query: PostgreSQL
// would fail at it, and SQLite would keep it.
func readable(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		text := isText(c.Request().URL.Path)
		for _, values := range c.QueryParams() {
			text = text && !slices.ContainsFunc(values, func(v string) bool { return !isText(v) })
		}
		if !text {
			return db.ErrNotFound
		}
		return next(c)
	}
}

// isText says that s is UTF-8 without a NUL, as both engines take it.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// deadline cancels what takes too long, but no stream, and neither an upload
// nor an export, which has a deadline of its own.
func deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isStream(c.Path()) || isUpload(c) || isExport(c) {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), maxDuration)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// streamPath and clockStreamPath are the addresses that keep their answer
// open.
const streamPath = "/petugas/acara"

func isStream(path string) bool { return path == streamPath || path == clockStreamPath }

// clientAddress reads the client's address from the connection, or from a
// listed proxy's X-Forwarded-For. The default options of echo would let any
// client inside the office's own network choose its address.
func clientAddress(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	return echo.ExtractIPFromXFFHeader(only(proxies)...)
}

// clientScheme is https on our own TLS, or where a listed proxy says so.
func clientScheme(proxies []netip.Prefix) echo.SchemeExtractor {
	return echo.ExtractSchemeFromHeaders(only(proxies)...)
}

// only trusts the listed networks and none that echo trusts by itself.
func only(proxies []netip.Prefix) []echo.TrustOption {
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		_, network, err := net.ParseCIDR(p.String())
		if err == nil {
			trust = append(trust, echo.TrustIPRange(network))
		}
	}
	return trust
}

func address(c echo.Context) (netip.Addr, error) {
	addr, err := netip.ParseAddr(c.RealIP())
	return addr.Unmap().WithZone(""), err
}

func peer(r *http.Request) netip.Addr {
	addr, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Addr().Unmap()
}

func contains(networks []netip.Prefix, addr netip.Addr) bool {
	return slices.ContainsFunc(networks, func(n netip.Prefix) bool { return n.Contains(addr) })
}
