package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

const satisfactionPath = "/petugas/laporan/kepuasan"

// satisfactionList shows the requests behind the answers of a period, and
// never what was answered.
func (a *App) satisfactionList(c echo.Context) error {
	asked, mistakes, err := a.reportAsked(c)
	if err != nil {
		return err
	}
	answers := tickets.Answers(c.QueryParam("jawaban"))
	if len(mistakes) > 0 || !answers.Known() {
		return db.ErrNotFound
	}
	page, err := a.Desk.AnswersList(c.Request().Context(), a.by(c), answers, asked.period(), asked.filter, tickets.Cursor(c.QueryParam("posisi")))
	if err != nil {
		return err
	}
	p := a.page(c, answersTitles[answers])
	p.Back = asked.address()
	return a.render(c, http.StatusOK, views.ReportListPage(p, opinions{asked: asked}.listPage(answers, page)))
}

var answersTitles = map[tickets.Answers]string{tickets.RatingAnswers: "Yang memberi penilaian", tickets.SurveyAnswers: "Yang mengisi survei lengkap"}

const answersWhat = "Permohonan yang dijawab dalam periode ini, jawaban terbaru di atas. Jawabannya tidak ditampilkan. " +
	"Di bawah lima jawaban, daftar ini kosong."

// listPage names no person (ST-08).
func (o opinions) listPage(answers tickets.Answers, page tickets.Page) views.ReportList {
	t := views.Table{Caption: answersTitles[answers], Quiet: true, Head: []views.Column{{Text: "Nomor"}, {Text: "Diajukan"}, {Text: "OPD"}, {Text: "Jenis"}}}
	for _, r := range page.Rows {
		t.Rows = append(t.Rows, []views.Cell{{Text: r.Number, Href: ticketAddress(r.Number)}, {Text: r.OpenedAt.Exact(o.Zone)}, {Text: r.Unit},
			{Text: r.Kind.Label() + ", " + channelNames[r.Channel]}})
	}
	return views.ReportList{What: answersWhat, Period: o.zoned(), Table: t,
		Pager: pager(page, func(c tickets.Cursor) string { return o.answers(answers, c) })}
}

// answers is where the requests behind answers stand.
func (o opinions) answers(answers tickets.Answers, c tickets.Cursor) string {
	q := o.query()
	q.Set("jawaban", string(answers))
	if c != "" {
		q.Set("posisi", string(c))
	}
	return satisfactionPath + "?" + q.Encode()
}
