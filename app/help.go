package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/guide"
	"pulih/views"
)

type helpTypedForm struct {
	Message string `form:"pesan"`
}

// mostTyped is how long a pasted message may be, in characters: a screen full.
const mostTyped = 2000

// help puts the first question.
func (a *App) help(c echo.Context) error { return a.helpAsk(c, guide.First) }

// helpQuestion puts one of the others.
func (a *App) helpQuestion(c echo.Context) error { return a.helpAsk(c, c.Param("pertanyaan")) }

func (a *App) helpAsk(c echo.Context, key string) error {
	question, ok := a.Catalogue.Question(key)
	if !ok {
		return db.ErrNotFound
	}
	return a.showQuestion(c, http.StatusOK, question, views.HelpQuestion{})
}

// helpMatch finds the symptom of a pasted message. What was pasted stands in
// no address and is not kept: it may hold more than the person sees.
func (a *App) helpMatch(c echo.Context) error {
	var f helpTypedForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitPaste, limitNetwork(c)); err != nil {
		return err
	}
	question, ok := a.Catalogue.Question(guide.First)
	if !ok {
		return db.ErrNotFound
	}
	q := views.HelpQuestion{Typed: f.Message}
	if wrong := typedWrong(f.Message); wrong != nil {
		return a.showQuestion(c, http.StatusUnprocessableEntity, question, q, wrong...)
	}
	q.Asked, q.Found = true, a.found(a.Catalogue.Match(f.Message))
	return a.showQuestion(c, http.StatusOK, question, q)
}

func typedWrong(typed string) []views.FieldError {
	switch {
	case typed == "":
		return []views.FieldError{{Field: "pesan", Text: "Tulis atau tempel pesannya dahulu."}}
	case runes(typed) > mostTyped:
		return []views.FieldError{{Field: "pesan", Text: "Pesan terlalu panjang. Tempel pesan kesalahannya saja."}}
	}
	return nil
}

func (a *App) showQuestion(c echo.Context, status int, question guide.Question, q views.HelpQuestion, wrong ...views.FieldError) error {
	around, err := a.helpAround(c, true)
	if err != nil {
		return err
	}
	q.HelpAround, q.Hint, q.Paste = around, a.prose(question.Hint), question.Key == guide.First
	for _, choice := range question.Choices {
		q.Choices = append(q.Choices, views.HelpChoice{Text: a.prose(choice.Text), Href: choiceAddress(choice)})
	}
	page := a.page(c, question.Text)
	page.Back, page.Errors = "/bantuan", wrong
	if q.Paste {
		page.Back = "/"
	}
	return a.renderOpen(c, status, views.HelpAsk(page, q))
}

func choiceAddress(choice guide.Choice) string {
	if choice.Question != "" {
		return "/bantuan/pilih/" + choice.Question
	}
	return symptomAddress(choice.Symptom)
}

func (a *App) found(matched []guide.Matched) (all []views.HelpChoice) {
	for _, m := range matched {
		choice := views.HelpChoice{Text: a.prose(m.Symptom.Title), Href: symptomAddress(m.Symptom.Key)}
		if len(m.Symptom.Causes) > 0 {
			choice.Small = a.prose(m.Symptom.Causes[0])
		}
		all = append(all, choice)
	}
	return all
}

// prose splits a text where it quotes the portal; nil for none.
func (a *App) prose(text string) views.Prose {
	if text == "" {
		return nil
	}
	return a.Catalogue.Spans(text)
}

func (a *App) proses(texts []string) (all []views.Prose) {
	for _, text := range texts {
		all = append(all, a.prose(text))
	}
	return all
}
