package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
)

const (
	heartbeat = 20 * time.Second       // keeps proxies from closing a quiet stream
	calm      = 500 * time.Millisecond // a burst of changes is one comparison
	// lookout is how soon a page hears of what another process changed.
	lookout = 2 * time.Second
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
	page, err := a.watched(c)
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
	defer page.leave()
	return a.tellOfChange(ctx, c, page)
}

// watched is a page that is to hear of changes: whether it is another than it
// was, in how many new rows, and who else is there.
type watched struct {
	table   string // whose changes concern it
	seen    string // what the page shows
	ends    bool   // with the first change
	look    func(context.Context) (now string, fresh string, err error)
	present func(context.Context) ([]tickets.Colleague, error) // nil: of no ticket
	others  func(context.Context) ([]tickets.Colleague, error)
	leave   func()
}

// watched reads which page asks: that of a ticket, or a view of the queue.
func (a *App) watched(c echo.Context) (watched, error) {
	by, number := a.by(c), c.QueryParam("tiket")
	if number != "" {
		return a.watchedTicket(by, number, c.QueryParam("sejak")), nil
	}
	view, err := queueView(c.QueryParam("tampilan"), by.Staff)
	return a.watchedQueue(by, view, c.QueryParam("sejak")), err
}

func (a *App) watchedTicket(by tickets.By, number, seen string) watched {
	return watched{
		table: "tickets",
		seen:  seen,
		look: func(ctx context.Context) (string, string, error) {
			version, err := a.Desk.Version(ctx, by, number)
			return strconv.FormatInt(version, 10), "sekarang", err
		},
		present: func(ctx context.Context) ([]tickets.Colleague, error) { return a.Desk.Present(ctx, by, number) },
		others:  func(ctx context.Context) ([]tickets.Colleague, error) { return a.Desk.Others(ctx, by, number) },
		leave: func() {
			if err := a.Desk.Away(context.Background(), by, number); err != nil {
				a.Log.Warn("stream", "err", err) // the row ends by itself
			}
		},
	}
}

// watchedQueue counts what is new against what the stream began with, as long
// as the page showed just that.
func (a *App) watchedQueue(by tickets.By, view tickets.View, seen string) watched {
	var begun []tickets.Ticket
	return watched{table: "tickets", seen: seen, leave: func() {}, look: func(ctx context.Context) (string, string, error) {
		page, err := a.Desk.Shown(ctx, by, tickets.List{View: view})
		now := fingerprint(page.Rows)
		if now == seen {
			begun = page.Rows
		}
		if begun == nil {
			return now, "sekarang", err
		}
		return now, strconv.Itoa(fresh(page.Rows, begun)), err
	}}
}

// fresh counts the rows that were not there before.
func fresh(rows, before []tickets.Ticket) (n int) {
	for _, t := range rows {
		if !slices.ContainsFunc(before, func(b tickets.Ticket) bool { return b.Number == t.Number }) {
			n++
		}
	}
	return n
}

// tellOfChange compares after every change, and every two seconds: another
// process may have made the change.
func (a *App) tellOfChange(ctx context.Context, c echo.Context, page watched) error {
	changed, stop := a.DB.Watch(page.table)
	defer stop()
	came, stopPresence := a.DB.Watch("ticket_presence")
	defer stopPresence()
	if err := beginStream(c); err != nil {
		return err
	}
	defer a.Metrics.streaming(page.table)()
	t := telling{c: c, page: page, told: page.seen}
	clock := time.NewTicker(lookout)
	defer clock.Stop()
	for t.once(ctx) == nil && !t.over() && wait(ctx, changed, came, clock.C) {
	}
	return nil // the page connects again, and its guard says why not
}

// telling is what a page has been told so far.
type telling struct {
	c     echo.Context
	page  watched
	told  string
	here  string
	beats int
}

func (t *telling) over() bool { return t.page.ends && t.told != t.page.seen }

// once looks, and says what is new.
func (t *telling) once(ctx context.Context) error {
	now, fresh, err := t.page.look(ctx)
	if err != nil {
		return err
	}
	if now != t.told {
		t.told = now
		err = say(t.c, "event: berubah\ndata: "+fresh+"\n\n")
	}
	if err == nil && t.page.present != nil {
		err = t.colleagues(ctx)
	}
	if t.beats++; err == nil && t.beats%int(heartbeat/lookout) == 0 {
		err = say(t.c, ": \n\n")
	}
	return err
}

// colleagues says who is there when somebody has come or gone.
func (t *telling) colleagues(ctx context.Context) error {
	look := t.page.others
	if t.beats%int(heartbeat/lookout) == 0 {
		look = t.page.present
	}
	others, err := look(ctx)
	if err != nil {
		return err
	}
	if line := presence(others); line != t.here {
		t.here = line
		return say(t.c, "event: hadir\ndata: "+line+"\n\n")
	}
	return nil
}

// presence says in words who has the page open too.
func presence(others []tickets.Colleague) string {
	if len(others) == 0 {
		return ""
	}
	names := make([]string, len(others))
	for i, o := range others {
		names[i] = oneLine(o.Name)
	}
	return "Sedang dibuka " + strings.Join(names, ", ")
}

// wait returns at a change or at the next look; false ends the stream.
func wait(ctx context.Context, changed, came <-chan struct{}, clock <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-clock:
		return true
	case _, ok := <-changed:
		return ok && settle(ctx)
	case _, ok := <-came:
		return ok
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
