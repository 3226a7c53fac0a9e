package app

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

const (
	auditPath = "/petugas/audit"
	auditSize = 50 // events a page
)

// auditLog shows a supervisor what happened, of his agency alone (ST-04).
func (a *App) auditLog(c echo.Context) error {
	q, mistakes, err := a.auditQuery(c)
	if err != nil {
		return err
	}
	return a.showAudit(c, q, mistakes...)
}

// auditSeek looks for a person. His number does not travel in an address: the
// id of his row does, which means nothing outside.
func (a *App) auditSeek(c echo.Context) error {
	var f struct {
		NIP string `form:"nip"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	p, err := a.ownPerson(c, f.NIP)
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		q, _, err := a.auditQuery(c)
		if err != nil {
			return err
		}
		return a.showAudit(c, q, mistake.FieldError)
	}
	if err != nil {
		return err
	}
	return seeOther(c, auditPath+"?"+url.Values{"orang": {p.ID}}.Encode())
}

// ownPerson is the person of a typed number, if he is of the agency and the
// units of who asks. It tells a stranger's number from nobody's by nothing.
func (a *App) ownPerson(c echo.Context, typed string) (p accounts.Person, err error) {
	nip, _, err := accounts.ParseNIP(typed)
	if err != nil {
		return p, wrongField("nip", "Ketik 18 angka NIP atau NI PPPK.")
	}
	ctx, by := c.Request().Context(), a.staff(c)
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		p, err = a.Accounts.PersonByNIP(ctx, tx, nip)
		return err
	})
	if errors.Is(err, accounts.ErrNoPerson) || err == nil && !sees(by, p) {
		return accounts.Person{}, wrongField("nip", "Tidak ada orang dengan NIP ini di instansi Anda.")
	}
	return p, err
}

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

func (a *App) showAudit(c echo.Context, q auditQuery, mistakes ...views.FieldError) error {
	l, err := a.auditPage(c, q, len(mistakes) == 0 && q.reads())
	if err != nil {
		return err
	}
	p := a.page(c, "Audit")
	p.Errors, p.Scripts, p.Path = mistakes, []string{"nip.js"}, auditPath
	status := http.StatusOK
	if len(mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return a.render(c, status, views.AuditPage(p, l))
}

// auditTabs are for supervisors; an agent sees the requests for data alone.
func (a *App) auditTabs(c echo.Context, here string) []views.Link {
	if !a.staff(c).Has(accounts.Supervisor) {
		return nil
	}
	tabs := []views.Link{{Text: "Catatan", Href: auditPath}, {Text: "Rantai", Href: chainPath},
		{Text: "Permintaan data", Href: accessPath}, {Text: "Insiden", Href: affectedPath}}
	for i := range tabs {
		tabs[i].Here = tabs[i].Href == here
	}
	return tabs
}
