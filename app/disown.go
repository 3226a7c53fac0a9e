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
	n, err := a.Accounts.Notice(c.Request().Context(), secret.Token(c.Param("token")))
	if errors.Is(err, accounts.ErrNoNotice) {
		return a.deadNotice(c)
	}
	if err != nil {
		return err
	}
	return a.render(c, http.StatusOK, views.Disown(a.page(c, titleDisown), views.DisownPage{
		About: aboutNotice(n.What), When: n.At.Long(a.Zone), Number: n.Number, Will: willDisown(n.Kind, n.What), Done: n.Disowned,
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
		mail.PasswordChanged:  "Kata sandi akun Anda diganti.",
		mail.RequestFiled:     "Ada permohonan pemulihan untuk akun Anda.",
		mail.RequestApproved:  "Permohonan pemulihan akun Anda disetujui.",
		mail.PassIssued:       "Kode untuk mendaftarkan autentikator baru diterbitkan.",
		mail.DeviceAdded:      "Autentikator baru terdaftar untuk akun Anda.",
		mail.RequestRefused:   "Permohonan pemulihan akun Anda ditolak.",
		mail.RequestCancelled: "Permohonan pemulihan akun Anda dibatalkan.",
		mail.AccountFrozen:    "Akun Anda dibekukan sementara.",
		mail.OTPFailed3:       "Kode OTP akun Anda salah tiga kali.",
	}[w]
	if !ok {
		return "Ada kabar tentang akun Anda."
	}
	return about
}

// willDisown says before the button what it does (impostor 2).
func willDisown(kind accounts.NoticeKind, w mail.What) []string {
	switch {
	case w == mail.PasswordChanged:
		return []string{"Kata sandi baru itu kami hentikan.", "Semua sesi kami akhiri.", "Permohonan jarak jauh kami tahan 7 hari."}
	case kind == accounts.Change:
		return []string{"Autentikator baru itu kami hentikan.", "Semua sesi kami akhiri.", "Permohonan jarak jauh kami tahan 7 hari."}
	case w == mail.ResetAsked:
		return []string{"Kode itu kami batalkan.", "Kata sandi dan autentikator Anda tidak berubah."}
	case stoppable(w):
		return []string{"Permohonan itu kami hentikan.", "Kata sandi dan autentikator Anda tidak berubah."}
	}
	return []string{"Petugas kami mendapat laporan Anda.", "Kata sandi dan autentikator Anda tidak berubah."}
}

func stoppable(w mail.What) bool {
	return w == mail.RequestFiled || w == mail.RequestApproved || w == mail.PassIssued
}

// disowned says what was done, exactly, and what to do next.
func disowned(d accounts.Disowned) views.DisownedPage {
	p := views.DisownedPage{Done: didDisown(d)}
	if d.Blocked {
		p.Done = append(p.Done, "Permohonan jarak jauh untuk akun Anda kami tahan selama 7 hari.")
	}
	if d.Kind == accounts.Attempt {
		p.Next = []string{"Anda bisa masuk seperti biasa.", "Jangan berikan kata sandi, kode OTP, atau kode email kepada siapa pun."}
		p.Desk = d.Blocked
		return p
	}
	p.Desk, p.Mail = true, d.What == mail.PasswordChanged
	if p.Mail {
		p.Next = append(p.Next, "Buat kata sandi baru lewat email. Kami juga akan meminta kode OTP Anda.",
			"Ganti juga kata sandi email Anda: orang lain mungkin bisa membukanya.")
	}
	p.Next = append(p.Next, "Tidak punya autentikator? Datanglah ke loket dengan dokumen asli.")
	return p
}

func didDisown(d accounts.Disowned) []string {
	switch {
	case d.What == mail.PasswordChanged:
		return []string{"Kata sandi baru itu tidak bisa dipakai lagi.", "Semua sesi akun Anda sudah berakhir.",
			"Mulai sekarang kode email saja tidak cukup untuk mengganti kata sandi."}
	case d.Kind == accounts.Change:
		return []string{"Autentikator baru itu tidak bisa dipakai lagi.", "Semua sesi akun Anda sudah berakhir.",
			"Mulai sekarang kode email saja tidak cukup untuk mengganti kata sandi."}
	case d.What == mail.ResetAsked:
		return []string{"Kode itu sudah tidak berlaku.", "Kata sandi dan autentikator Anda tidak berubah."}
	case stoppable(d.What):
		return []string{"Permohonan itu sudah kami hentikan.", "Kata sandi dan autentikator Anda tidak berubah."}
	}
	return []string{"Laporan Anda tercatat dan dilihat petugas."}
}
