package app

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

// stepOf is the step in the address. db.ErrNotFound.
func (a *App) stepOf(c echo.Context) (s guide.Symptom, step guide.Step, err error) {
	if s, err = a.symptomOf(c); err != nil {
		return s, step, err
	}
	step, ok := s.Step(c.Param("langkah"))
	if !ok {
		return s, step, db.ErrNotFound
	}
	return s, step, nil
}

// helpStep shows one step. Reading it changes nothing (law 8).
func (a *App) helpStep(c echo.Context) error {
	s, step, err := a.stepOf(c)
	if err != nil {
		return err
	}
	around, err := a.helpAround(c, s.Portal)
	if err != nil {
		return err
	}
	walk, err := a.walk(c)
	if err != nil {
		return err
	}
	v := a.stepView(c, s, step, walk)
	v.HelpAround = around
	if guide.IsComputer(c.Request().UserAgent()) {
		if v.QR, err = otp.QR(v.Page); err != nil {
			return err
		}
	}
	page := a.page(c, step.Title)
	page.Back, page.Scripts = symptomAddress(s.Key), []string{"copy.js", "print.js"}
	return a.renderOpen(c, http.StatusOK, views.HelpStepPage(page, v))
}

func (a *App) stepView(c echo.Context, s guide.Symptom, step guide.Step, walk guide.Walk) views.HelpStep {
	at := guide.Place{Symptom: s.Key, Step: step.Key}
	v := views.HelpStep{
		Symptom: a.prose(s.Title), Back: symptomAddress(s.Key), Post: stepAddress(at), Page: a.BaseURL.JoinPath(stepAddress(at)).String(),
		No: 1 + slices.IndexFunc(s.Steps, func(other guide.Step) bool { return other.Key == step.Key }), Of: len(s.Steps),
		Text: a.proses(step.Text), Risk: a.prose(step.Risk), Says: a.says(step.Says), Tool: a.tool(c, s, step, walk),
	}
	if v.No == 1 && !v.Tool.Wait.Lock { // a lock says it beside its hour
		v.Warning = a.prose(s.Warning)
	}
	if step.Tool == guide.BrandTool {
		v.Brand = v.Tool.Brand.Key
	}
	return v
}

func (a *App) says(s guide.Says) views.HelpSays {
	return views.HelpSays{Worked: a.prose(s.Worked), Failed: a.prose(s.Failed), Cannot: a.prose(s.Cannot)}
}

func (a *App) tool(c echo.Context, s guide.Symptom, step guide.Step, walk guide.Walk) views.HelpTool {
	at := guide.Place{Symptom: s.Key, Step: step.Key}
	t := views.HelpTool{Tool: step.Tool, Link: a.toolLink(step.Tool)}
	switch step.Tool {
	case guide.WaitTool:
		t.Wait = a.helpWait(at, step, walk)
		t.Wait.Lock = s.Kind == "lock"
	case guide.ClockTool:
		if m := walk.Clock(); m != nil {
			t.Clock, t.ClockAt = &m.Verdict, m.At.Exact(a.Zone)
			if m.At >= a.Catalogue.LedAt(walk, at) { // an older one was before the last repair
				t.Measured = step.Measured(m.Light)
			}
		}
	case guide.BrandTool:
		t.Brand = brandOf(c)
		if t.Brand.Key == "" {
			t.Brand, _ = guide.BrandByKey(walk.Brand)
		}
		for _, b := range guide.Brands() {
			t.Brands = append(t.Brands, views.Link{Text: b.Name, Href: stepAddress(at) + "?merek=" + b.Key + "#merek", Here: b.Key == t.Brand.Key})
		}
	}
	return t
}

// helpWait counts from the answer that led here, so that a reload does not begin it anew.
func (a *App) helpWait(at guide.Place, step guide.Step, walk guide.Walk) views.HelpWait {
	now := a.DB.Now()
	from := a.Catalogue.LedAt(walk, at)
	if from == 0 {
		from = now
	}
	until := from.Add(time.Duration(step.Wait) * time.Minute)
	return views.HelpWait{Now: now.Hour(a.Zone), Until: until.Hour(a.Zone), Over: until <= now}
}

// toolLinks are our own pages that a step may offer.
var toolLinks = map[guide.Tool]views.Link{
	guide.PasswordTool: {Text: "Kirim kode pemulihan ke email", Href: "/pulihkan"},
	guide.MFATool:      {Text: "Daftarkan ulang autentikator", Href: "/pulihkan-mfa"},
	guide.ActivateTool: {Text: "Aktifkan akun", Href: "/aktivasi"},
	guide.UnlockTool:   {Text: "Buka kunci akun", Href: "/buka-kunci"},
	guide.SignInTool:   {Text: "Buka halaman masuk", Href: "/masuk"},
	guide.AccountTool:  {Text: "Buka halaman akun", Href: "/akun"},
	guide.AskTool:      {Text: "Buka pertanyaan pertama", Href: "/bantuan"},
	guide.HelperTool:   {Text: "Nyalakan bantuan untuk pendamping", Href: "/bantuan/pendamping"},
}

// toolLink offers no page that is not there, and no sign-in of ours to people who sign in at another portal.
func (a *App) toolLink(tool guide.Tool) views.Link {
	link := toolLinks[tool]
	if tool == guide.SignInTool && !a.Site.PortalIsOurs {
		return views.Link{}
	}
	if !slices.ContainsFunc(a.echo.Routes(), func(r *echo.Route) bool { return r.Path == link.Href && r.Method == get }) {
		return views.Link{}
	}
	return link
}
