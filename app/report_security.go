package app

import (
	"cmp"
	"maps"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/tickets"
	"pulih/views"
)

// securitySection answers whether anybody is cheating.
func (a *App) securitySection(c echo.Context, g grouped) (views.ReportSection, error) {
	s := views.ReportSection{ID: "keamanan", Title: "Adakah tanda penyalahgunaan?",
		Figures: g.tiles(tickets.Checks, tickets.WrongItems, tickets.NotMine, tickets.Unsure, tickets.LapsedCodes)}
	if g.filter != (tickets.ReportFilter{}) {
		s.Notes = append(s.Notes, "Saringan berlaku untuk angka di atas. Tabel di bagian ini dihitung tanpa saringan.")
	}
	if len(g.Pairs) > 0 {
		s.Tables, s.Lists = append(s.Tables, pairsTable(g.days, g.Pairs)), pairRules()
	} else {
		s.Notes = append(s.Notes, "Tidak ada pemeriksaan yang diputus orang kedua pada periode ini.")
	}
	opened, err := a.openedEvidence(c, g)
	s.Tables = append(s.Tables, opened...)
	return s, err
}

// openedEvidence tells who opened how many of the files that people sent. The
// log knows agencies and no units, so whoever is bound to some sees none.
func (a *App) openedEvidence(c echo.Context, g grouped) ([]views.Table, error) {
	by, p := a.staff(c), g.period()
	if len(by.Units) > 0 {
		return nil, nil
	}
	opened, err := audit.Tally(c.Request().Context(), a.DB, by.Agency, audit.AttachmentRead, p.From, p.Until)
	if err != nil || len(opened) == 0 {
		return nil, err
	}
	t := views.Table{Caption: "Siapa membuka berkas bukti", Head: []views.Column{{Text: "Petugas"}, {Text: "Berkas dibuka", Number: true}}}
	for _, id := range slices.SortedFunc(maps.Keys(opened), func(x, y string) int { return cmp.Compare(g.staff[x], g.staff[y]) }) {
		t.Rows = append(t.Rows, []views.Cell{{Text: cmp.Or(g.staff[id], "Tidak dikenal")}, {Text: views.Count(opened[id]), Href: g.log(id, audit.AttachmentRead)}})
	}
	return []views.Table{t}, nil
}

// log is where the events of a member of staff stand.
func (g grouped) log(actor string, action audit.Action) string {
	q := g.days.query()
	q.Set("pelaku", actor)
	q.Set("tindakan", string(action))
	return auditPath + "?" + q.Encode()
}

// staffNames are the agency's members by id.
func (a *App) staffNames(c echo.Context) (map[string]string, error) {
	members, err := a.Accounts.MembersOf(c.Request().Context(), a.staff(c).Agency)
	names := map[string]string{}
	for _, m := range members {
		names[m.ID] = m.Name
	}
	return names, err
}
