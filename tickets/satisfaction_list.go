package tickets

import (
	"context"
	"fmt"

	"pulih/db"
)

// Answers names a list of the requests whose people answered.
type Answers string

// The two sorts of answers.
const (
	RatingAnswers Answers = "penilaian"
	SurveyAnswers Answers = "survei" // the complete ones
)

// answersLists are the statements of each.
var answersLists = map[Answers]struct{ count, forward, back string }{
	RatingAnswers: {countGivenRatings, listRatings, listRatingsBack},
	SurveyAnswers: {countGivenSurveys, listSurveys, listSurveysBack},
}

// Known tells whether there is such a list.
func (a Answers) Known() bool { return answersLists[a].count != "" }

// AnswersList lists the requests behind the answers of a period, the newest
// answer first and never with what was said: staff who are rated must not
// learn it of anybody. Of fewer than FewestAnswers it lists none. It is
// audited. ErrRole, ErrPeriod.
func (d *Desk) AnswersList(ctx context.Context, by By, a Answers, p Period, f ReportFilter, c Cursor) (page Page, err error) {
	if err := mayReport(by, p); err != nil {
		return page, err
	}
	if !a.Known() {
		return page, ErrPeriod
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		page, err = answerers(ctx, tx, a, f.values(by, p), c)
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("tickets: list of answers: %w", err)
	}
	return page, d.reportRead(ctx, by, p, "figure", string(a))
}

func answerers(ctx context.Context, tx *db.Tx, a Answers, values []any, c Cursor) (page Page, err error) {
	back, k, err := c.read()
	if err != nil {
		return page, err
	}
	if k.id == "" {
		k = last
	}
	var n int
	lists := answersLists[a]
	if err := tx.Row(ctx, lists.count, values...).Scan(&n); err != nil || n < FewestAnswers {
		return page, err
	}
	rows, err := db.All(ctx, tx, scanAnswerer, pick(back, lists.back, lists.forward), append(values, k.at, k.id, PageSize+1)...)
	rows, page.Prev, page.Next = turn(rows, c, func(a answerer) key { return key{at: a.at, id: a.ID} })
	for _, row := range rows {
		page.Rows = append(page.Rows, row.forStaff())
	}
	return page, err
}
