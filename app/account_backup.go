package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/views"
)

// backupPage asks for the proof before new backup codes.
func (a *App) backupPage(c echo.Context) error { return a.newBackupPage(c)(http.StatusOK) }

func (a *App) newBackupPage(c echo.Context) show {
	return func(status int, wrong ...views.FieldError) error {
		o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
		if err != nil {
			return err
		}
		return a.render(c, status, views.AccountBackupNew(a.ownPage(c, "Buat kode cadangan", wrong), views.AccountBackup{Left: o.Backup}))
	}
}

// makeBackup shows ten new codes, in answer to this request only: nothing can
// show them again (ET-16).
func (a *App) makeBackup(c echo.Context) error {
	var f confirmForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	made, err := a.Accounts.MakeBackupCodes(c.Request().Context(), a.confirmation(c, f), a.actor(c))
	if err != nil || !made.OK() {
		return a.acted(c, made.Acted, err, "", a.newBackupPage(c))
	}
	a.goOn(c, made.Acted)
	return a.showBackup(c, made)
}

func (a *App) showBackup(c echo.Context, made accounts.BackupMade) error {
	o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
	if err != nil {
		return err
	}
	page := views.AccountCodes{Agency: a.Site.Agency, Name: o.Person.Name, Made: a.DB.Now().Date(a.Zone)}
	for _, code := range made.Codes {
		page.Codes = append(page.Codes, code.Grouped())
	}
	p := a.ownPage(c, "Kode cadangan Anda", nil)
	p.Scripts = []string{"print.js"}
	return a.render(c, http.StatusOK, views.AccountBackupShown(p, page))
}
