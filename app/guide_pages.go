package app

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

// guidePath is where the pages to read on a second screen stand.
const guidePath = "/panduan"

// guideIndex lists the guides and the questions people ask.
func (a *App) guideIndex(c echo.Context) error {
	around, err := a.helpAround(c, true)
	if err != nil {
		return err
	}
	index := views.GuideIndex{HelpAround: around}
	for _, g := range a.Catalogue.Guide() {
		index.Pages = append(index.Pages, views.Link{Text: g.Title, Href: guidePath + "/" + g.Key})
	}
	for _, f := range a.Catalogue.FAQ() {
		index.FAQ = append(index.FAQ, views.GuideFAQ{Question: a.prose(f.Question), Answer: a.proses(f.Answer), Symptom: a.symptomLink(f.Symptom)})
	}
	page := a.page(c, "Panduan dan tanya jawab")
	page.Back = "/"
	return a.renderOpen(c, http.StatusOK, views.GuideList(page, index))
}

// guidePage shows one guide.
func (a *App) guidePage(c echo.Context) error {
	all := a.Catalogue.Guide()
	i := slices.IndexFunc(all, func(g guide.GuidePage) bool { return g.Key == c.Param("halaman") })
	if i < 0 {
		return db.ErrNotFound
	}
	around, err := a.helpAround(c, true)
	if err != nil {
		return err
	}
	shown := views.GuidePage{HelpAround: around, Intro: a.proses(all[i].Intro), Tool: a.toolLink(all[i].Tool), Page: a.BaseURL.JoinPath(guidePath, all[i].Key).String()}
	for _, s := range all[i].Steps {
		shown.Steps = append(shown.Steps, views.GuideStep{Title: s.Title, Text: a.proses(s.Text), Symptom: a.symptomLink(s.Symptom)})
	}
	if guide.IsComputer(c.Request().UserAgent()) {
		if shown.QR, err = otp.QR(shown.Page); err != nil {
			return err
		}
	}
	page := a.page(c, all[i].Title)
	page.Back, page.Scripts = guidePath, []string{"copy.js", "print.js"}
	return a.renderOpen(c, http.StatusOK, views.GuideShow(page, shown))
}

func (a *App) symptomLink(key string) views.Link {
	s, ok := a.Catalogue.Symptom(key)
	if !ok {
		return views.Link{}
	}
	return views.Link{Text: s.Title, Href: symptomAddress(key)}
}
