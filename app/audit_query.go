package app

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// auditQuery is what the address asks for.
type auditQuery struct {
	audit.Filter
	Number string
	Zone   db.Zone
	values url.Values
	bound  bool
}

// reads says whether there is something that he may read.
func (q auditQuery) reads() bool { return !q.bound || q.Object != "" }

func (a *App) auditQuery(c echo.Context) (q auditQuery, mistakes []views.FieldError, err error) {
	by := a.by(c)
	if q.Zone, err = a.Desk.ZoneOf(c.Request().Context(), by); err != nil {
		return q, nil, err
	}
	q.bound, q.values = len(by.Staff.Units) > 0, c.QueryParams()
	q.Filter = audit.Filter{Agency: by.Staff.Agency, Person: q.text("orang"), Actor: q.text("pelaku"),
		Action: audit.Action(q.text("tindakan")), Result: q.text("hasil")}
	if mistake := q.period(); mistake.Text != "" {
		mistakes = append(mistakes, mistake)
	}
	unknown, err := a.auditUnknown(c, &q)
	if err != nil {
		return q, nil, err
	}
	mistake, err := a.auditTicket(c.Request().Context(), by, &q)
	if mistake.Text != "" {
		mistakes = append(mistakes, mistake)
	}
	return q, append(mistakes, unknown...), err
}

func (q *auditQuery) text(name string) string { return seekable(q.values.Get(name)) }

// period is of whole days in the agency's zone; without any day, it is all.
func (q *auditQuery) period() views.FieldError {
	from, until := q.text("dari"), q.text("sampai")
	if from == "" && until == "" {
		return views.FieldError{}
	}
	d, mistake := readDays(from, until, days{Zone: q.Zone})
	if mistake.Text == "" {
		p := d.period()
		q.From, q.Until = p.From, p.Until
	}
	return mistake
}

func (a *App) auditTicket(ctx context.Context, by tickets.By, q *auditQuery) (mistake views.FieldError, err error) {
	if q.Number = strings.ToUpper(q.text("nomor")); q.Number == "" {
		return mistake, nil
	}
	if number, whole := readNumber(q.Number); whole {
		q.Number = number
	}
	q.Object, err = a.Desk.TicketID(ctx, by, q.Number)
	if errors.Is(err, tickets.ErrNoTicket) {
		q.Object, err = "-", nil // an id that no event has
		mistake = views.FieldError{Field: "nomor", Text: "Tidak ada permohonan bernomor ini yang dapat Anda lihat."}
	}
	return mistake, err
}

// address is that of the same question, changed.
func (q auditQuery) address(pairs ...string) string {
	values := url.Values{}
	for _, name := range []string{"orang", "nomor", "pelaku", "tindakan", "hasil", "dari", "sampai"} {
		if v := q.text(name); v != "" {
			values.Set(name, v)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			values.Del(pairs[i])
		}
	}
	if len(values) == 0 {
		return auditPath
	}
	return auditPath + "?" + values.Encode()
}

// mark is where the page begins, as "microseconds.id".
func (q auditQuery) mark() (m audit.Mark) {
	at, id, _ := strings.Cut(q.text("posisi"), ".")
	n, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return m
	}
	return audit.Mark{At: db.Time(n), ID: id}
}

func markText(m audit.Mark) string { return strconv.FormatInt(int64(m.At), 10) + "." + m.ID }
