package app

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// queue shows one view of the tickets, narrowed as the address says.
func (a *App) queue(c echo.Context) error {
	l, err := queueList(c, a.staff(c))
	if err != nil {
		return err
	}
	return a.showQueue(c, http.StatusOK, l)
}

func (a *App) showQueue(c echo.Context, status int, l tickets.List, wrong ...views.FieldError) error {
	by := a.by(c)
	rows, err := a.Desk.Queue(c.Request().Context(), by, l)
	if err != nil {
		return err
	}
	p, err := a.staffPage(c, "Antrean", "live.js")
	if err != nil {
		return err
	}
	if p.Errors = wrong; p.Replace != "" {
		p.Replace = queueAddress(l)
	}
	q := a.queuePage(by, l, rows)
	if q.Bulk, err = a.bulkLink(c, by); err != nil {
		return err
	}
	return a.render(c, status, views.QueuePage(p, q))
}

// queueList reads which list the address means.
func queueList(c echo.Context, s accounts.Staff) (l tickets.List, err error) {
	l = tickets.List{Filter: queueFilter(c), At: tickets.Cursor(c.QueryParam("posisi"))}
	l.View, err = queueView(c.QueryParam("tampilan"), s)
	return l, err
}

// queueView reads ?tampilan=; without it everybody sees his own work first.
func queueView(asked string, s accounts.Staff) (tickets.View, error) {
	if asked == "" && !s.Has(accounts.Agent) && s.Has(accounts.Approver) {
		return tickets.ToApprove, nil
	}
	if asked == "" {
		return tickets.Unclaimed, nil
	}
	if !tickets.View(asked).Known() {
		return "", db.ErrNotFound
	}
	return tickets.View(asked), nil
}

// claimNext takes the most urgent ticket of a view, so that nobody has to
// choose and nobody can pick the easy ones.
func (a *App) claimNext(c echo.Context) error {
	var f struct {
		View string `form:"tampilan"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	t, err := a.Desk.ClaimNext(c.Request().Context(), a.by(c), tickets.View(f.View))
	if errors.Is(err, tickets.ErrQueueDry) {
		return seeOther(c, queueAddress(tickets.List{View: tickets.View(f.View)}))
	}
	if err != nil {
		return err
	}
	return seeOther(c, ticketAddress(t.Number))
}

// queueAddress is the address of exactly this list.
func queueAddress(l tickets.List) string {
	q := url.Values{"tampilan": {string(l.View)}}
	for _, f := range queueFilters {
		if value := *f.in(&l.Filter); value != "" {
			q.Set(f.name, value)
		}
	}
	if l.At != "" {
		q.Set("posisi", string(l.At))
	}
	return "/petugas/antrean?" + q.Encode()
}

func ticketAddress(number string) string {
	return "/petugas/tiket/" + url.PathEscape(number)
}

// capped writes a count that stops at CountCap.
func capped(n int) string {
	if n > tickets.CountCap {
		return "1.000+"
	}
	return strconv.Itoa(n)
}
