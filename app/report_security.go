package app

import (
	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// securitySection answers whether anybody is cheating.
func (a *App) securitySection(c echo.Context, g grouped) (views.ReportSection, error) {
	pairs, err := a.Desk.Pairs(c.Request().Context(), a.by(c), g.period())
	if err != nil {
		return views.ReportSection{}, err
	}
	s := views.ReportSection{ID: "keamanan", Title: "Apakah ada yang curang?",
		Figures: g.tiles(tickets.WrongItems, tickets.NotMine, tickets.Declined, tickets.LapsedCodes)}
	if len(pairs) == 0 {
		s.Notes = append(s.Notes, "Tidak ada pemeriksaan yang diputus orang kedua pada periode ini.")
		return s, nil
	}
	s.Tables, s.Notes = append(s.Tables, pairsTable(g.days, pairs)), append(s.Notes, tickets.PairDefinition)
	return s, nil
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
