package app

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/otp"
	"pulih/secret"
	"pulih/views"
)

const (
	setupTitle      = "Aktifkan akun petugas"
	setupCookieLife = time.Hour
	setupChars      = 26

	// staffIssuer names the entry in the app, so that staff do not type the
	// code of their own account.
	staffIssuer = "Pulih Petugas"
)

type staffSetupForm struct {
	Code     string `form:"kode"`
	Second   string `form:"kode-kedua,optional"`
	Password string `form:"sandi,raw"`
}

// staffSetupPlace is the address to type, without https://.
func (a *App) staffSetupPlace() string {
	return typeable(a.BaseURL.JoinPath("/petugas/aktivasi").String())
}

// typeable is an address as people type it.
func typeable(address string) string {
	return strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
}

func (a *App) staffSetupPage(c echo.Context) error {
	return a.drawStaffSetup(c, http.StatusOK, staffSetupForm{})
}

// staffSetup takes the code, in two halves or from the console, and a password. The secret it
// makes stays on the server; the browser holds a cookie only.
func (a *App) staffSetup(c echo.Context) error {
	var f staffSetupForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitStaff, limitNetwork(c)); err != nil {
		return err
	}
	code, _ := secret.ReadCode(f.Code+f.Second, setupChars)
	s, err := a.Accounts.BeginStaffSetup(c.Request().Context(), accounts.SetupForm{Code: code, Password: secret.Password(f.Password)}, a.actor(c))
	if errors.Is(err, accounts.ErrSetup) {
		return a.drawStaffSetup(c, http.StatusUnprocessableEntity, staffSetupForm{},
			views.FieldError{Field: "kode", Text: "Kode aktivasi tidak berlaku. Periksa ketikan dan urutan kedua bagian, atau minta yang baru."})
	}
	if err != nil {
		return err
	}
	if len(s.Problems) > 0 {
		return a.drawStaffSetup(c, http.StatusUnprocessableEntity, f, fieldErrors("sandi", s.Problems)...)
	}
	setCookie(c, cookieSetup, s.Browser, setupCookieLife)
	return seeOther(c, "/petugas/aktivasi/kode")
}

func fieldErrors(field string, texts []string) []views.FieldError {
	var all []views.FieldError
	for _, text := range texts {
		all = append(all, views.FieldError{Field: field, Text: text})
	}
	return all
}

func (a *App) drawStaffSetup(c echo.Context, status int, f staffSetupForm, wrong ...views.FieldError) error {
	p := a.page(c, setupTitle)
	p.Errors, p.Scripts = wrong, []string{"password.js"}
	return a.render(c, status, views.StaffSetup(p, views.StaffSetupForm{Code: f.Code, Second: f.Second}))
}

func (a *App) staffDevicePage(c echo.Context) error {
	return a.drawStaffDevice(c, http.StatusOK)
}

// staffDevice proves the authenticator; from then on the account holds.
func (a *App) staffDevice(c echo.Context) error {
	var f struct {
		OTP string `form:"otp"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitStaff, limitNetwork(c)); err != nil {
		return err
	}
	s, err := a.Accounts.FinishStaffSetup(c.Request().Context(), cookie(c, cookieSetup),
		accounts.StaffForm{OTP: f.OTP, Network: a.network(c), Agent: c.Request().UserAgent()}, a.actor(c))
	if errors.Is(err, accounts.ErrSetup) {
		return a.restartSetup(c)
	}
	if err != nil {
		return err
	}
	if s.Result != accounts.StaffOK {
		return a.drawStaffDevice(c, http.StatusUnprocessableEntity, views.FieldError{Field: "otp", Text: wrongCode[s.Hint]})
	}
	dropCookie(c, cookieSetup)
	return a.enterStaff(c, s.Token)
}

// wrongCode tells why a code was wrong. Only somebody who holds the set-up is
// told (TV-10).
var wrongCode = map[string]string{
	"wrong": "Kode tidak cocok. Pilih entri “" + staffIssuer + "” yang baru Anda tambahkan, lalu ketik kode yang sedang tampil.",
	"early": "Kodenya benar, tetapi jam HP terlalu cepat. Nyalakan tanggal dan waktu otomatis.",
	"late":  "Kodenya benar, tetapi jam HP terlambat. Nyalakan tanggal dan waktu otomatis.",
}

func (a *App) restartSetup(c echo.Context) error {
	dropCookie(c, cookieSetup)
	return a.drawStaffSetup(c, http.StatusConflict, staffSetupForm{},
		views.FieldError{Text: "Langkah ini sudah tidak berlaku. Mulai lagi dengan kode aktivasi."})
}

func (a *App) drawStaffDevice(c echo.Context, status int, wrong ...views.FieldError) error {
	s, err := a.Accounts.StaffSetup(c.Request().Context(), cookie(c, cookieSetup))
	if errors.Is(err, accounts.ErrSetup) {
		return a.restartSetup(c)
	}
	if err != nil {
		return err
	}
	address, err := otp.URI(staffIssuer, string(s.NIP), s.Secret)
	if err != nil {
		return err
	}
	picture, err := otp.QR(address)
	if err != nil {
		return err
	}
	p := a.page(c, "Pasang autentikator petugas")
	p.Errors, p.Scripts, p.Back = wrong, []string{"copy.js"}, "/petugas/aktivasi"
	return a.render(c, status, views.StaffSetupDevice(p, views.StaffDevice{
		Name: s.Name, App: address, QR: picture, Key: s.Secret.Base32(), Issuer: staffIssuer,
	}))
}
