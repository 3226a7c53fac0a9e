package app

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// surveyAsk shows the nine questions to whoever has answered the two.
func (a *App) surveyAsk(c echo.Context) error {
	r := held(c)
	s, err := a.Desk.Follow(c.Request().Context(), r.Number, r.Secret)
	if err != nil {
		return a.refused(c, err)
	}
	if !s.CanSurvey {
		return seeOther(c, views.StatusPath(r.Number, ""))
	}
	return a.surveyPage(c, r, http.StatusOK, nil)
}

// survey records what the person says of the service.
func (a *App) survey(c echo.Context) error {
	r := held(c)
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	var answers tickets.Survey
	for i, q := range views.SurveyQuestions {
		text, err := single(posted[q.Name], true)
		if err != nil {
			return err
		}
		answers[i] = 1 + slices.IndexFunc(q.Answers, func(o views.Option) bool { return o.Value == text })
	}
	if answers == (tickets.Survey{}) {
		return a.surveyPage(c, r, http.StatusUnprocessableEntity, surveyEmpty)
	}
	if err := a.Desk.Survey(c.Request().Context(), r.Number, r.Secret, answers, a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return backWithNews(c, r.Number, "survei")
}

var surveyEmpty = []views.FieldError{{Field: views.SurveyQuestions[0].Name, Text: "Jawab paling sedikit satu pertanyaan."}}

func (a *App) surveyPage(c echo.Context, r receipt, status int, wrong []views.FieldError) error {
	p := a.stepPage(c, r, "Bagaimana layanan kami?", wrong)
	return a.render(c, status, views.StatusSurvey(p, views.Survey{Number: r.Number, Questions: views.SurveyQuestions[:]}))
}
