package app

import (
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/views"
)

// flow is what one kind of mailed code is for. All of them share the steps
// and the pages from the number to the code; the first part of the address
// says which it is.
type flow struct {
	purpose accounts.ResetPurpose
	link    string // the title of what a mailed link opens
	proven  string // where a right code leads
}

var flows = map[string]flow{
	"pulihkan":     {accounts.ForPassword, "Buat kata sandi baru", "/pulihkan/sandi"},
	"pulihkan-mfa": {accounts.ForMFA, "Ganti autentikator", "/pulihkan-mfa/mulai"},
	"aktivasi":     {accounts.ForActivation, "Aktifkan akun", "/aktivasi/sandi"},
	"buka-kunci":   {accounts.ForUnlock, "Buka kunci", "/masuk?kunci=dibuka"},
}

func flowOf(c echo.Context) flow {
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Path(), "/"), "/")
	return flows[first]
}

// at is an address of this flow.
func (f flow) at(step string) string { return f.purpose.Path() + step }

// words is what the shared pages say of this flow.
func (f flow) words() views.ResetFlow { return views.ResetFlow{Path: f.purpose.Path()} }

// resetFlow is the flow of this browser.
func (a *App) resetFlow(c echo.Context) accounts.Flow {
	return accounts.Flow{Purpose: flowOf(c).purpose, Browser: cookie(c, cookieReset)}
}
