package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/views"
)

const (
	settingsPath = "/petugas/pengaturan"
	shownSetting = "pengaturan"
)

// officer is the member of staff as package accounts wants to know him.
func (a *App) officer(c echo.Context) accounts.Officer {
	return accounts.Officer{Staff: a.staff(c), Browser: a.browserHash(c), Actor: a.actor(c)}
}

// settings lists what waits for a second person, and leads to what an admin
// may change.
func (a *App) settings(c echo.Context) error {
	o := a.officer(c)
	all, err := a.Accounts.Proposals(c.Request().Context(), o)
	if err != nil {
		return err
	}
	var s views.Settings
	s.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	for _, p := range all {
		if p.Waits(a.DB.Now()) {
			s.Waiting = append(s.Waiting, a.proposalLine(p))
		} else if len(s.Past) < pastShown {
			s.Past = append(s.Past, a.proposalMoment(p))
		}
	}
	if o.Has(accounts.Admin) {
		s.Places = settingPlaces
	} else if s.Held, err = a.settingsHeld(c); err != nil {
		return err
	}
	return a.render(c, http.StatusOK, views.SettingsPage(a.page(c, "Pengaturan"), s))
}

// pastShown is how many settled proposals are worth a look.
const pastShown = 20

var settingPlaces = []views.Place{
	{Title: "Petugas", Text: "Akun, peran, unit, dan aktivasi ulang.", Href: staffListPath},
	{Title: "Kalender kerja", Text: "Jam kerja, hari libur, cuti bersama, dan Ramadan.", Href: calendarPath},
	{Title: "Target waktu", Text: "Batas penyelesaian menurut jenis permohonan.", Href: targetsPath},
	{Title: "Jaringan loket", Text: "Tempat pekerjaan loket boleh dilakukan.", Href: networksPath},
	{Title: "Paket bukti", Text: "Bukti yang diminta, hanya boleh lebih ketat.", Href: evidencePath},
}

// done goes to an address of the settings and says there what has happened.
func done(c echo.Context, to, did string) error {
	showOnce(c, shownSetting+to, did, newsLife)
	return seeOther(c, to)
}

const didPropose = "Usulan dicatat. Orang kedua mengonfirmasinya di halaman Pengaturan."

// proposedOr says whether a change holds already or waits for somebody.
func proposedOr(now bool, did string) string {
	if now {
		return did
	}
	return didPropose
}
