package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
)

const (
	heartbeat = 20 * time.Second       // keeps proxies from closing a quiet stream
	calm      = 500 * time.Millisecond // a burst of changes is one comparison
	// streamLife is longer than a staff session may idle: a stream that was
	// opened again and again would otherwise keep the session of an empty
	// chair alive.
	streamLife       = 16 * time.Minute
	streamsAtOnce    = 4 // per session: a few tabs
	reconnectAfterMS = 5000
)

// stream tells a page that what it shows is no longer true. It carries no
// data: the page asks again, through its own guard.
func (a *App) stream(c echo.Context) error {
	mark, err := a.marker(c)
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK) // without a body it would never end
	}
	session := a.staff(c).Session
	if !a.streams.begin(session, streamsAtOnce) {
		return echo.NewHTTPError(http.StatusTooManyRequests)
	}
	defer a.streams.end(session)
	ctx, cancel := context.WithTimeout(c.Request().Context(), streamLife)
	defer cancel()
	defer context.AfterFunc(a.stop, cancel)()
	return a.tellOfChange(ctx, c, "tickets", mark)
}

// mark is what a page compares: another mark means another content.
type mark func(context.Context) (string, error)

// marker reads which page asks: that of a ticket, or a view of the queue.
func (a *App) marker(c echo.Context) (mark, error) {
	by, number := a.by(c), c.QueryParam("tiket")
	if number != "" {
		return func(ctx context.Context) (string, error) {
			version, err := a.Desk.Version(ctx, by, number)
			return strconv.FormatInt(version, 10), err
		}, nil
	}
	view, err := queueView(c.QueryParam("tampilan"), by.Staff)
	return func(ctx context.Context) (string, error) {
		page, err := a.Desk.Shown(ctx, by, tickets.List{View: view})
		return fingerprint(page.Rows), err
	}, err
}

// tellOfChange compares after every change, and with every heartbeat: another
// process may have made the change.
func (a *App) tellOfChange(ctx context.Context, c echo.Context, table string, now mark) error {
	changed, stop := a.DB.Watch(table)
	defer stop()
	if err := beginStream(c); err != nil {
		return err
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		at, err := now(ctx)
		if err != nil {
			return nil // the page connects again, and its guard says why not
		}
		if at != c.QueryParam("sejak") {
			return say(c, "event: berubah\ndata: sekarang\n\n")
		}
		if !wait(ctx, changed, beat.C) || say(c, ": \n\n") != nil {
			return nil
		}
	}
}

// wait returns at a change or a heartbeat; false ends the stream.
func wait(ctx context.Context, changed <-chan struct{}, beat <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-beat:
		return true
	case _, ok := <-changed:
		return ok && settle(ctx)
	}
}

// settle lets a burst of commits pass.
func settle(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(calm):
		return true
	}
}

// beginStream lifts the write deadline, which would cut every stream, and
// tells proxies not to hold it back.
func beginStream(c echo.Context) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Time{}); err != nil {
		return fmt.Errorf("app: stream: %w", err)
	}
	c.Response().WriteHeader(http.StatusOK)
	return say(c, fmt.Sprintf("retry: %d\n\n", reconnectAfterMS))
}

func say(c echo.Context, text string) error {
	if _, err := strings.NewReader(text).WriteTo(c.Response()); err != nil {
		return err
	}
	return http.NewResponseController(c.Response()).Flush()
}

// fingerprint tells one list from another: which tickets, in which version.
func fingerprint(rows []tickets.Ticket) string {
	h := sha256.New()
	for _, t := range rows {
		fmt.Fprintf(h, "%s %d\n", t.Number, t.Version)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
