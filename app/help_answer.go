package app

import (
	"github.com/labstack/echo/v4"

	"pulih/guide"
)

type helpAnswerForm struct {
	Outcome string `form:"hasil"`
	Brand   string `form:"merek,optional"`
}

// helpAnswer notes what became of a step and goes on from there.
func (a *App) helpAnswer(c echo.Context) error {
	s, step, err := a.stepOf(c)
	if err != nil {
		return err
	}
	var f helpAnswerForm
	if err := bind(c, &f); err != nil {
		return err
	}
	answer := guide.Answer{Place: guide.Place{Symptom: s.Key, Step: step.Key}, Outcome: guide.Outcome(f.Outcome)}
	if !answer.Outcome.Known() {
		return ErrForm
	}
	if brand, ok := guide.BrandByKey(f.Brand); ok {
		answer.Brand = brand.Key
	}
	next, solved := a.onward(answer.Place, step, answer.Outcome)
	answer.Solved = solved
	if err := a.limitWalk(c); err != nil {
		return err
	}
	token, err := a.Guide.Answer(c.Request().Context(), cookie(c, cookieWalk), answer)
	if err != nil {
		return err
	}
	setCookie(c, cookieWalk, token, guide.WalkLife)
	return seeOther(c, next)
}

// onward is where an outcome leads, and whether the walk ends well there.
func (a *App) onward(at guide.Place, step guide.Step, o guide.Outcome) (address string, solved bool) {
	if o == guide.Handed {
		return requestOfSymptom(at.Symptom), false
	}
	way := step.Way(o)
	if way == guide.Solved {
		return solvedAddress, true
	}
	if next, ok := a.Catalogue.Next(at, way); ok {
		return stepAddress(next), false
	}
	return handOverAddress(at.Symptom), false
}

// helpClock sends somebody to the clock check and remembers where from. At a
// computer it makes a practice entry too: its code opens the check on the
// phone, and the verdict comes back.
func (a *App) helpClock(c echo.Context) error {
	s, step, err := a.stepOf(c)
	if err != nil {
		return err
	}
	if err := a.limitWalk(c); err != nil {
		return err
	}
	token, err := a.Guide.CheckClockFrom(c.Request().Context(), cookie(c, cookieWalk), guide.Place{Symptom: s.Key, Step: step.Key})
	if err != nil {
		return err
	}
	setCookie(c, cookieWalk, token, guide.WalkLife)
	if !guide.IsComputer(c.Request().UserAgent()) {
		return seeOther(c, "/cek-jam")
	}
	return a.practiseFor(c, token)
}
