package app

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/views"
)

const ikmPath = reportPath + "/ikm"

// halfYear is a period of the IKM: a half of a year, or with 0 all of it.
type halfYear struct{ year, half int }

func (h halfYear) String() string {
	if h.half == 0 {
		return fmt.Sprintf("Tahun %d", h.year)
	}
	return fmt.Sprintf("Semester %d %d", h.half, h.year)
}

func (h halfYear) address() string {
	return fmt.Sprintf("%s?tahun=%d&semester=%d", ikmPath, h.year, h.half)
}

func (h halfYear) before() halfYear {
	if h.half == 2 {
		return halfYear{h.year, 1}
	}
	return halfYear{h.year - 1, 2 * h.half}
}

// halvesOver are those that can be chosen, the newest first: two years.
func halvesOver(now time.Time) (all []halfYear) {
	h := halfYear{now.Year(), 1 + (int(now.Month())-1)/6}
	for range 4 {
		h = h.before()
		all = append(all, h)
	}
	return append(all, halfYear{now.Year() - 1, 0}, halfYear{now.Year() - 2, 0})
}

// ikm shows the index of a half-year or year, as an agency has to publish it.
func (a *App) ikm(c echo.Context) error {
	zone, err := a.Desk.ZoneOf(c.Request().Context(), a.by(c))
	if err != nil {
		return err
	}
	all := halvesOver(a.DB.Now().Time().In(zone.Location))
	h := all[0]
	if c.QueryParam("tahun") != "" {
		if h, err = readHalfYear(c); err != nil {
			return err
		}
	}
	now, was, err := a.Desk.IKM(c.Request().Context(), a.by(c), h.year, h.half)
	if err != nil {
		return err
	}
	p := a.page(c, "Indeks Kepuasan Masyarakat")
	p.Back, p.Path = reportPath, reportPath
	return a.render(c, http.StatusOK, views.ReportIKMPage(p, views.ReportIKM{Agency: a.staff(c).Agency, Counted: a.DB.Now().Exact(zone),
		Periods: h.links(all), Period: h.String(), Section: ikmOf{h, zone, now, was}.section()}))
}

func readHalfYear(c echo.Context) (halfYear, error) {
	year, wrong := strconv.Atoi(c.QueryParam("tahun"))
	half := strings.Index("012", c.QueryParam("semester"))
	if wrong != nil || year < 2000 || year > 9999 || half < 0 || len(c.QueryParam("semester")) != 1 {
		return halfYear{}, db.ErrNotFound
	}
	return halfYear{year, half}, nil
}

func (h halfYear) links(all []halfYear) (links []views.Link) {
	for _, o := range all {
		links = append(links, views.Link{Text: o.String(), Href: o.address(), Here: o == h})
	}
	return links
}
