package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/guide"
	"pulih/views"
)

func symptomAddress(key string) string       { return "/bantuan/" + key }
func stepAddress(at guide.Place) string      { return symptomAddress(at.Symptom) + "/" + at.Step }
func handOverAddress(key string) string      { return symptomAddress(key) + "/petugas" }
func printAddress(key string) string         { return symptomAddress(key) + "/cetak" }
func requestOfSymptom(symptom string) string { return "/tiket/baru?gejala=" + symptom }

const solvedAddress = "/bantuan/selesai"

// symptomOf is the symptom in the address. db.ErrNotFound.
func (a *App) symptomOf(c echo.Context) (guide.Symptom, error) {
	s, ok := a.Catalogue.Symptom(c.Param("gejala"))
	if !ok {
		return s, db.ErrNotFound
	}
	return s, nil
}

// helpSymptom tells of a trouble before its first step.
func (a *App) helpSymptom(c echo.Context) error {
	s, err := a.symptomOf(c)
	if err != nil {
		return err
	}
	around, err := a.helpAround(c, s.Portal)
	if err != nil {
		return err
	}
	v := views.HelpSymptom{HelpAround: around, Causes: a.proses(s.Causes), Warning: a.prose(s.Warning),
		Escalate: a.prose(s.Escalate), HandOver: handOverAddress(s.Key), Print: printAddress(s.Key)}
	for _, m := range s.Messages {
		v.Messages = append(v.Messages, views.HelpMessage{Text: m.Text, Lang: m.Lang, Meaning: a.prose(m.Meaning)})
	}
	for _, step := range s.Steps {
		v.Steps = append(v.Steps, views.HelpChoice{Text: a.prose(step.Title), Href: stepAddress(guide.Place{Symptom: s.Key, Step: step.Key})})
	}
	page := a.page(c, s.Title)
	page.Back = "/bantuan"
	return a.renderOpen(c, http.StatusOK, views.HelpTrouble(page, v))
}

// helpSolved is where a walk ends well.
func (a *App) helpSolved(c echo.Context) error {
	return a.render(c, http.StatusOK, views.HelpSolved(a.page(c, "Berhasil")))
}

// helpToAgent hands over, and shows what would go along.
func (a *App) helpToAgent(c echo.Context) error {
	s, err := a.symptomOf(c)
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
	learned := walk.Learned()
	page := a.page(c, "Kirim permohonan ke petugas")
	page.Back = symptomAddress(s.Key)
	return a.render(c, http.StatusOK, views.HelpToAgent(page, views.HelpEnd{
		HelpAround: around, Why: a.prose(s.Escalate), Request: requestOfSymptom(s.Key),
		Carried: append(a.answeredRows(learned), a.measuredRows(learned)...),
	}))
}
