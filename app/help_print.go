package app

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/guide"
	"pulih/views"
)

// helpPrint shows every step of a symptom on one page, for paper.
func (a *App) helpPrint(c echo.Context) error {
	s, err := a.symptomOf(c)
	if err != nil {
		return err
	}
	around, err := a.helpAround(c, s.Portal)
	if err != nil {
		return err
	}
	sheet := views.HelpSheet{HelpAround: around, Warning: a.prose(s.Warning), Escalate: a.prose(s.Escalate),
		Page: a.BaseURL.JoinPath(symptomAddress(s.Key)).String()}
	for _, step := range s.Steps {
		sheet.Steps = append(sheet.Steps, a.sheetStep(s, step))
	}
	page := a.page(c, s.Title)
	page.Back, page.Scripts = symptomAddress(s.Key), []string{"print.js"}
	return a.renderOpen(c, http.StatusOK, views.HelpPrint(page, sheet))
}

func (a *App) sheetStep(s guide.Symptom, step guide.Step) views.HelpSheetStep {
	v := views.HelpSheetStep{Title: step.Title, Text: a.proses(step.Text), Risk: a.prose(step.Risk), Brands: step.Tool == guide.BrandTool}
	switch link := a.toolLink(step.Tool); {
	case step.Tool == guide.ClockTool:
		v.Address = a.BaseURL.JoinPath("cek-jam").String()
	case link.Href != "":
		v.Address = a.BaseURL.JoinPath(link.Href).String()
	}
	for i, said := range []string{step.Says.Worked, step.Says.Failed, step.Says.Cannot} {
		v.Ways = append(v.Ways, a.prose(said+": "+a.wayInWords(guide.Place{Symptom: s.Key, Step: step.Key}, step.Ways()[i])+"."))
	}
	return v
}

// wayInWords says where an answer leads somebody who holds a sheet of paper.
func (a *App) wayInWords(at guide.Place, w guide.Way) string {
	to, ok := a.Catalogue.Next(at, w)
	s, _ := a.Catalogue.Symptom(to.Symptom)
	switch {
	case w == guide.Solved:
		return "selesai"
	case !ok:
		return "ajukan permohonan ke petugas"
	case to.Symptom != at.Symptom:
		return "buka masalah “" + s.Title + "”"
	}
	return fmt.Sprintf("lanjut ke langkah %d", s.Number(to.Step))
}
