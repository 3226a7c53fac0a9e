package app

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/guide"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const (
	deviceName = "HP pribadi"
	maxDevice  = 40 // characters (ET-13)
	doneLife   = 10 * time.Minute

	enrolNotBegun = "Pendaftaran belum dimulai, atau waktunya habis. Isi lagi dari awal."
)

// enrolDevice shows the new secret to the browser that opened the pass.
func (a *App) enrolDevice(c echo.Context) error {
	return a.devicePage(c, http.StatusOK, views.EnrolDevice{Name: deviceName}, nil)
}

// deviceForm is the first code of the new device, and its name.
type deviceForm struct {
	Code string `form:"kode"`
	Name string `form:"perangkat"`
}

// enrolConfirm makes the device the person's own: the old ones die with it.
func (a *App) enrolConfirm(c echo.Context) error {
	var f deviceForm
	if err := bind(c, &f); err != nil {
		return err
	}
	f.Name = oneLine(f.Name)
	var wrong mistakes
	code, whole := otp.Clean(f.Code)
	wrong.when(!whole, "kode", "Kode OTP berisi 6 angka.")
	wrong.text("perangkat", "Nama perangkat", f.Name, 1, maxDevice)
	if len(wrong) > 0 {
		return a.devicePage(c, http.StatusUnprocessableEntity, views.EnrolDevice{Name: f.Name}, wrong)
	}
	result, err := a.Desk.Enrol(c.Request().Context(), cookie(c, cookieEnrol), code, f.Name, a.actor(c))
	if errors.Is(err, accounts.ErrDeviceTaken) {
		return a.devicePage(c, http.StatusUnprocessableEntity, views.EnrolDevice{Name: f.Name},
			[]views.FieldError{{Field: "perangkat", Text: sentenceOf(err)}})
	}
	if err != nil {
		return a.enrolEnded(c, err)
	}
	if !result.OK {
		d := views.EnrolDevice{Name: f.Name, Late: result.Offset != 0}
		return a.devicePage(c, http.StatusUnprocessableEntity, d, codeRefused(result))
	}
	dropCookie(c, cookieEnrol)
	if result.Via == accounts.BySelf || result.Via == accounts.ByActivation {
		a.solved(c, guide.ByEnrol)
	}
	showOnce(c, shownDevice, string(result.Via)+"."+f.Name, doneLife)
	return seeOther(c, "/daftar-mfa/selesai")
}

func (a *App) devicePage(c echo.Context, status int, d views.EnrolDevice, wrong []views.FieldError) error {
	pending, err := a.Desk.Enrolment(c.Request().Context(), cookie(c, cookieEnrol))
	if err != nil {
		return a.enrolEnded(c, err)
	}
	d.App, err = otp.URI(a.Issuer, string(pending.Person.NIP), pending.Secret)
	if err != nil {
		return err
	}
	if d.QR, err = otp.QR(d.App); err != nil {
		return err
	}
	d.Key, d.Issuer, d.Phone = pending.Secret.Base32(), a.Issuer, !guide.IsComputer(c.Request().UserAgent())
	d.Until, d.Keeps = pending.Until.Hour(a.Zone), keeps(pending.Via)
	p := a.page(c, "Daftarkan autentikator baru")
	p.Errors, p.Scripts = wrong, []string{"copy.js"}
	return a.render(c, status, views.EnrolSteps(p, d))
}

// enrolBegan is where each way to an enrolment begins; a pass has a page of
// its own.
var enrolBegan = map[accounts.EnrolmentVia]string{
	accounts.ByActivation: "/aktivasi/sandi",
	accounts.BySelf:       "/pulihkan-mfa",
	accounts.ByOwner:      "/akun/autentikator",
}

// enrolEnded begins again: the time is over, the device is bound already, or
// the approval no longer holds.
func (a *App) enrolEnded(c echo.Context, err error) error {
	why := tickets.Why(err)
	if errors.Is(err, accounts.ErrNoEnrolment) {
		why = enrolNotBegun
	}
	if why == "" {
		return err
	}
	via, err := a.Accounts.EnrolmentOf(c.Request().Context(), cookie(c, cookieEnrol))
	if err != nil {
		return err
	}
	dropCookie(c, cookieEnrol)
	if again := enrolBegan[via]; again != "" {
		return a.render(c, http.StatusConflict, views.EnrolOver(a.page(c, "Pendaftaran ini sudah berakhir"), again))
	}
	return a.enrolPage(c, http.StatusConflict, views.EnrolOpen{}, []views.FieldError{{Text: why}})
}

// enrolDone tells what changed, to the browser that did it.
func (a *App) enrolDone(c echo.Context) error {
	shown, ok := shownOnce(c, shownDevice)
	if !ok {
		return seeOther(c, "/daftar-mfa")
	}
	via, device, _ := strings.Cut(shown, ".")
	done := views.EnrolDone{Device: device, Issuer: a.Issuer, Keeps: keeps(accounts.EnrolmentVia(via)), Next: views.Link{Text: "Masuk sekarang", Href: "/masuk"}}
	title := "Autentikator baru sudah aktif"
	if via == string(accounts.ByActivation) {
		done.First, title = true, "Akun Anda sudah aktif"
	}
	if via == string(accounts.ByOwner) {
		done.Next = views.Link{Text: "Kembali ke akun", Href: "/akun"}
	}
	p := a.page(c, title)
	return a.render(c, http.StatusOK, views.EnrolFinished(p, done))
}

// beginEnrolling leads the browser to the one page for a new device.
func (a *App) beginEnrolling(c echo.Context, token secret.Token, until db.Time) error {
	setCookie(c, cookieEnrol, token, a.timeLeft(until))
	return seeOther(c, "/daftar-mfa/perangkat")
}

// keeps tells whether the person's other authenticators stay, or are none.
func keeps(v accounts.EnrolmentVia) bool {
	return v == accounts.ByOwner || v == accounts.ByActivation
}
