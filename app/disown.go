package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/mail"
	"pulih/secret"
	"pulih/views"
)

const (
	titleDisown   = "Apakah ini Anda?"
	titleDisowned = "Laporan Anda kami terima"
	titleDead     = "Tautan ini sudah tidak berlaku"
)

// disownPage shows what a "Bukan saya" link is about. It acts on the button
// only: mail scanners open links (NO-04).
func (a *App) disownPage(c echo.Context) error {
	if err := a.limit(c, LimitDisown, limitNetwork(c)); err != nil {
		return err
	}
	n, err := a.Desk.Notice(c.Request().Context(), secret.Token(c.Param("token")))
	if errors.Is(err, accounts.ErrNoNotice) {
		return a.deadNotice(c)
	}
	if err != nil {
		return err
	}
	return a.render(c, http.StatusOK, views.Disown(a.page(c, titleDisown), views.DisownPage{
		About: aboutNotice(n.What), When: n.At.Long(a.Zone), Number: n.Number, Will: willDisown(n), Done: n.Disowned, Frozen: n.Disowned && freezes(n.What, n.Undoes),
	}))
}

// disown presses the button. It works signed out, and twice does it no harm.
func (a *App) disown(c echo.Context) error {
	if err := a.limit(c, LimitDisown, limitNetwork(c)); err != nil {
		return err
	}
	d, err := a.Desk.Disown(c.Request().Context(), secret.Token(c.Param("token")), a.actor(c))
	switch {
	case errors.Is(err, accounts.ErrNoNotice):
		return a.deadNotice(c)
	case err != nil:
		return err
	case d.Already:
		return seeOther(c, c.Request().URL.Path)
	}
	return a.render(c, http.StatusOK, views.Disowned(a.page(c, titleDisowned), disowned(d)))
}

func (a *App) deadNotice(c echo.Context) error {
	return a.render(c, http.StatusNotFound, views.DisownDead(a.page(c, titleDead)))
}

func aboutNotice(w mail.What) string {
	about, ok := map[mail.What]string{
		mail.ResetAsked:       "Ada yang meminta kode untuk mengganti kata sandi akun Anda.",
		mail.ActivationAsked:  "Ada yang meminta kode untuk mengaktifkan akun Anda.",
		mail.UnlockAsked:      "Ada yang meminta kode untuk membuka kunci akun Anda.",
		mail.NotActivated:     "Ada yang meminta kode untuk akun Anda yang belum aktif.",
		mail.AlreadyActive:    "Ada yang meminta aktivasi untuk akun Anda yang sudah aktif.",
		mail.AccountActivated: "Akun Anda diaktifkan dengan kata sandi dan autentikator pertama.",
		mail.PasswordChanged:  "Kata sandi akun Anda diganti.",
		mail.RequestFiled:     "Ada permohonan pemulihan untuk akun Anda.",
		mail.RequestApproved:  "Permohonan pemulihan akun Anda disetujui.",
		mail.PassIssued:       "Kode untuk mendaftarkan autentikator baru diterbitkan.",
		mail.DeviceAdded:      "Autentikator baru terdaftar untuk akun Anda.",
		mail.RequestRefused:   "Permohonan pemulihan akun Anda ditolak.",
		mail.RequestCancelled: "Permohonan pemulihan akun Anda dibatalkan.",
		mail.AccountFrozen:    "Akun Anda dibekukan sementara.",
		mail.OTPFailed3:       "Kode OTP atau kode cadangan akun Anda salah tiga kali.",
		mail.MFAAsked:         "Ada yang meminta kode untuk mengganti autentikator Anda.",
		mail.MFAWaiting:       "Ada yang ingin mengganti autentikator Anda.",
		mail.MFAReady:         "Ada yang ingin mengganti autentikator Anda. Masa tunggunya selesai.",
		mail.DeviceSecond:     "Autentikator kedua terdaftar untuk akun Anda.",
		mail.DeviceRemoved:    "Satu autentikator dihapus dari akun Anda.",
		mail.BackupMade:       "Kode cadangan baru dibuat untuk akun Anda.",
		mail.BackupUsed:       "Satu kode cadangan akun Anda dipakai.",
		mail.AddressAdded:     "Email tambahan terdaftar untuk akun Anda.",
		mail.AddressRemoved:   "Email tambahan dihapus dari akun Anda.",
		mail.EmailChanged:     "Alamat email akun Anda diganti.",
		mail.BlockLifted:      "Permohonan jarak jauh untuk akun Anda dibuka lagi.",
		mail.SignInTold:       "Ada yang masuk ke akun Anda.",
		mail.DataAsked:        "Petugas mencatat permintaan atas data pribadi Anda.",
		mail.DataGiven:        "Data pribadi Anda diserahkan di loket.",
		mail.OTPStopped:       "Kode OTP akun Anda salah seratus kali, lalu autentikator dihentikan.",
	}[w]
	if !ok {
		return "Ada kabar tentang akun Anda."
	}
	return about
}
