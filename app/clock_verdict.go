package app

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

// The address of a verdict carries the finding, so that it can be reloaded,
// kept and given a brand without a row in the database. A forged one shows
// wrong advice to who forged it.
const verdictPath = "/cek-jam/hasil"

func verdictAddress(v guide.Verdict, brand string) string {
	q := url.Values{"cara": {string(v.Method)}}
	setDrift(q, "", v.Drift)
	if v.System != nil {
		setDrift(q, "hp_", *v.System)
	}
	if v.Computer {
		q.Set("alat", "komputer")
	}
	if brand != "" {
		q.Set("merek", brand)
	}
	return verdictPath + "?" + q.Encode()
}

func setDrift(q url.Values, prefix string, d otp.Drift) {
	q.Set(prefix+"dari", strconv.FormatInt(d.Low.Milliseconds(), 10))
	q.Set(prefix+"sampai", strconv.FormatInt(d.High.Milliseconds(), 10))
}

func (a *App) clockVerdict(c echo.Context) error {
	finding, ok := findingIn(c.QueryParams())
	if !ok {
		return db.ErrNotFound
	}
	v := views.VerdictPage{Verdict: guide.Judge(finding), Again: "/cek-jam", Brand: brandOf(c)}
	if finding.Method == guide.ByCode {
		v.Again = practicePath
	}
	v.Brands = brandLinks(v)
	if err := a.verdictFrom(c, &v); err != nil {
		return err
	}
	page := a.page(c, v.Headline())
	page.Back = "/cek-jam"
	return a.renderOpen(c, http.StatusOK, views.ClockVerdict(page, v))
}

// verdictFrom leads back to where the measuring began.
func (a *App) verdictFrom(c echo.Context, v *views.VerdictPage) (err error) {
	if v.Step, err = a.clockStep(c); err != nil {
		return err
	}
	p, err := a.ownPractice(c)
	v.Elsewhere = err == nil && p.Taken && v.Step.Href == "" && !guide.IsComputer(c.Request().UserAgent())
	if errors.Is(err, guide.ErrNoPractice) {
		return nil
	}
	return err
}

// brandOf is the make that was picked, or that the phone's browser gives away. A computer says nothing of the phone.
func brandOf(c echo.Context) guide.Brand {
	brand, picked := guide.BrandByKey(c.QueryParam("merek"))
	if agent := c.Request().UserAgent(); !picked && !guide.IsComputer(agent) {
		brand, _ = guide.BrandByKey(guide.GuessBrand(agent))
	}
	return brand
}

func brandLinks(v views.VerdictPage) []views.Link {
	var links []views.Link
	for _, b := range guide.Brands() {
		links = append(links, views.Link{
			Text: b.Name, Href: verdictAddress(v.Verdict, b.Key) + "#merek", Here: b.Key == v.Brand.Key,
		})
	}
	return links
}

func findingIn(q url.Values) (guide.Finding, bool) {
	f := guide.Finding{Method: guide.Method(q.Get("cara")), Computer: q.Get("alat") == "komputer"}
	switch f.Method {
	case guide.ByBrowser, guide.ByCode, guide.ByEye:
	default:
		return f, false
	}
	var ok bool
	f.Drift, ok = driftIn(q, "")
	if system, known := driftIn(q, "hp_"); known {
		f.System = &system
	}
	return f, ok
}

func driftIn(q url.Values, prefix string) (otp.Drift, bool) {
	const most = 101 * 365 * 24 * time.Hour
	low, ok := milliseconds(q.Get(prefix+"dari"), most)
	high, fine := milliseconds(q.Get(prefix+"sampai"), most)
	return otp.Drift{Low: low, High: high}, ok && fine && low <= high
}
