package app

import (
	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// settingsHeld is what is in force, for whoever confirms and changes nothing.
func (a *App) settingsHeld(c echo.Context) (held []views.SettingHeld, err error) {
	staff, err := a.staffRows(c)
	if err != nil {
		return nil, err
	}
	held = append(held, views.SettingHeld{Title: "Petugas", Rows: staff})
	for i, name := range []tickets.SettingName{tickets.CalendarSetting, tickets.TargetSetting, tickets.NetworkSetting, tickets.EvidenceSetting} {
		rows, err := a.heldRows(c, name)
		if err != nil {
			return nil, err
		}
		held = append(held, views.SettingHeld{Title: settingPlaces[i+1].Title, Rows: rows})
	}
	return held, nil
}

func (a *App) staffRows(c echo.Context) (rows []views.Row, err error) {
	all, err := a.Accounts.MembersOf(c.Request().Context(), a.staff(c).Agency)
	for _, m := range all {
		rows = append(rows, views.Row{Key: m.Name, Value: roleWords(m.Roles) + ". " + a.memberState(m) + "."})
	}
	return rows, err
}

// heldRows are the rows of one setting, or that the installation's hold.
func (a *App) heldRows(c echo.Context, name tickets.SettingName) ([]views.Row, error) {
	s, err := a.Desk.SettingNow(c.Request().Context(), a.by(c), name)
	if err != nil {
		return nil, err
	}
	if name == tickets.TargetSetting {
		return a.targetRows(s)
	}
	if s.Version == 0 {
		return []views.Row{{Key: "Pengaturan", Value: "Belum diatur. Yang berlaku bawaan instalasi."}}, nil
	}
	rows, err := a.settingRows(name, s.Value)
	return append(rows, views.Row{Key: "Berlaku sejak", Value: s.From.Long(a.Zone)}), err
}

func (a *App) targetRows(s tickets.Setting) (rows []views.Row, err error) {
	set, err := s.Targets()
	for _, kind := range tickets.TargetKinds {
		target := a.Desk.DefaultTarget()
		if own, ok := set[kind]; ok {
			target = own.Duration()
		}
		rows = append(rows, views.Row{Key: kind.Label(), Value: workText(target) + " (jam kerja)"})
	}
	return rows, err
}

// waitingFor is the address of the proposal for a setting that waits, "" for
// none.
func (a *App) waitingFor(c echo.Context, name tickets.SettingName) (string, error) {
	all, err := a.Accounts.Proposals(c.Request().Context(), a.officer(c))
	for _, p := range all {
		if tickets.SettingName(p.Kind) == name && p.Waits(a.DB.Now()) {
			return proposalPath(p.ID), err
		}
	}
	return "", err
}
