package app

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

const pairsPath = "/petugas/laporan/pasangan"

// pairsTable says who approves whose checks (impostor 18).
func pairsTable(d days, all []tickets.Pair) views.Table {
	t := views.Table{Caption: "Siapa menyetujui siapa", Quiet: true, Head: []views.Column{{Text: "Pasangan"},
		{Text: "Keputusan", Number: true}, {Text: "Ditolak", Number: true}, {Text: "Dari pemeriksa", Number: true}, {Text: "Dari pemutus", Number: true}, {Text: "Tempo", Number: true}, {Text: "Penilaian"}}}
	for _, p := range all {
		t.Rows = append(t.Rows, pairRow(d, p))
	}
	return t
}

func pairRow(d days, p tickets.Pair) []views.Cell {
	row := []views.Cell{
		{Text: p.Checker.Name, Small: "diputus " + p.Approver.Name},
		{Text: strconv.Itoa(p.Decided()), Href: d.pair(p.Checker.ID, p.Approver.ID, "")},
		{Text: strconv.Itoa(p.Declined)},
	}
	if !p.Judged() {
		return append(row, views.Cell{Text: noneAt}, views.Cell{Text: noneAt}, views.Cell{Text: noneAt}, views.Cell{Text: "Terlalu sedikit untuk dinilai"})
	}
	return append(row, views.Cell{Text: fmt.Sprintf("%d%%", p.OfChecker)}, views.Cell{Text: fmt.Sprintf("%d%%", p.OfApprover)}, views.Cell{Text: quick(p.Pace)}, pairVerdict(p))
}

// pairRules say what the columns count, and which pairs are marked.
func pairRules() []views.List {
	return []views.List{{Items: tickets.PairDefinition}, {Lead: tickets.PairRule, Items: tickets.PairMarks}}
}

func pairVerdict(p tickets.Pair) views.Cell {
	if len(p.Why) == 0 {
		return views.Cell{Text: "Tidak mencolok"}
	}
	return views.Cell{Body: views.Tag(views.ToneWarn, "Periksa: "+strings.Join(p.Why, ", "))}
}

// quick is a duration to the second, where seconds tell something.
func quick(d time.Duration) string {
	if d < 10*time.Minute {
		return fmt.Sprintf("%d dtk", int(d.Seconds()))
	}
	return span(d)
}

// reportPair shows exactly the decisions behind a pair.
func (a *App) reportPair(c echo.Context) error {
	days, mistakes, err := a.reportDays(c)
	if err != nil {
		return err
	}
	checker, approver := c.QueryParam("pemeriksa"), c.QueryParam("verifikator")
	if len(mistakes) > 0 || checker == "" || approver == "" {
		return db.ErrNotFound
	}
	page, err := a.Desk.PairList(c.Request().Context(), a.by(c), checker, approver, days.period(), tickets.Cursor(c.QueryParam("posisi")))
	if err != nil {
		return err
	}
	p := a.page(c, "Keputusan satu pasangan")
	p.Back = days.address()
	return a.render(c, http.StatusOK, views.ReportListPage(p, pairPage(days, page, checker, approver)))
}

func pairPage(d days, page tickets.Decisions, checker, approver string) views.ReportList {
	t := views.Table{Caption: "Keputusan", Quiet: true, Head: []views.Column{
		{Text: "Nomor"}, {Text: "Diperiksa"}, {Text: "Diputus"}, {Text: "Setelah", Number: true}, {Text: "Keputusan"},
	}}
	l := views.ReportList{What: tickets.PairDefinition[0], Period: d.zoned()}
	for _, row := range page.Rows {
		l.Period = row.Checker.Name + ", diputus " + row.Approver.Name + ", " + d.zoned()
		t.Rows = append(t.Rows, []views.Cell{
			{Text: row.Number, Href: ticketAddress(row.Number)}, {Text: row.CheckedAt.Short(d.Zone)}, {Text: row.At.Short(d.Zone)},
			{Text: quick(row.At.Sub(row.CheckedAt))}, {Text: decisionNames[row.Verb]},
		})
	}
	l.Table = t
	if page.Prev != "" {
		l.Pager.Newer = d.pair(checker, approver, page.Prev)
	}
	if page.Next != "" {
		l.Pager.Older = d.pair(checker, approver, page.Next)
	}
	return l
}

var decisionNames = map[tickets.Verb]string{
	tickets.VerbApprove: "Disetujui", tickets.VerbSendBack: "Dikembalikan", tickets.VerbRefuse: "Ditolak",
}

func (d days) pair(checker, approver string, c tickets.Cursor) string {
	q := d.query()
	q.Set("pemeriksa", checker)
	q.Set("verifikator", approver)
	if c != "" {
		q.Set("posisi", string(c))
	}
	return pairsPath + "?" + q.Encode()
}
