package app

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const newsLife = time.Minute

// statusNews are the sentences over a status after something was done.
var statusNews = map[string]string{
	"bukti":   "Terima kasih. Bukti Anda cocok.",
	"telepon": "Terima kasih. Kode dari telepon cocok.",
	"nilai":   "Terima kasih atas penilaian Anda. Bila berkenan, isi juga survei di bawah.",
	"belum":   "Terima kasih atas penilaian Anda. Maaf, masalahnya belum selesai.",
	"survei":  "Terima kasih. Survei Anda sudah kami terima.",
	"berkas":  "Berkas Anda sudah kami terima.",
	"tarik":   "Berkas itu sudah dihapus.",
	"pesan":   "Pesan Anda sudah terkirim.",
	"alamat":  "Alamat email baru Anda tercatat.",
	"buka":    "Permohonan Anda dibuka kembali.",
	"batal":   "Permohonan ini sudah dibatalkan.",
}

// backWithNews goes back to the status with a sentence.
func backWithNews(c echo.Context, number, what string) error {
	showOnce(c, shownNews, what, newsLife)
	return seeOther(c, views.StatusPath(number, ""))
}

// factorForm is the factor that is left to somebody: one of the three.
type factorForm struct {
	Password string `form:"sandi,raw"`
	OTP      string `form:"otp"`
	Backup   string `form:"cadangan,optional"`
}

func (f factorForm) factor() tickets.FactorForm {
	return tickets.FactorForm{Password: secret.Password(f.Password), OTP: f.OTP, Backup: f.Backup}
}

const oneFactor = "Isi kata sandi, kode OTP dari perangkat lain, atau kode cadangan."

var (
	factorMissing = []views.FieldError{{Field: "sandi", Text: oneFactor}}
	factorWrong   = []views.FieldError{{Field: "sandi", Text: "Bukti belum cocok. Periksa ketikan, atau pakai cara lain."}}
)

// factorAsk shows the form for a remaining factor.
func (a *App) factorAsk(c echo.Context) error { return a.factorPage(c, http.StatusOK, nil) }

// factorShow proves the person with what is left to him (impostor 1).
func (a *App) factorShow(c echo.Context) error {
	r := held(c)
	var f factorForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if f == (factorForm{}) {
		return a.factorPage(c, http.StatusUnprocessableEntity, factorMissing)
	}
	which, err := a.Desk.ShowFactor(c.Request().Context(), r.Number, r.Secret, f.factor(), a.actor(c))
	if err != nil {
		return a.refused(c, err)
	}
	if which == "" {
		return a.factorPage(c, http.StatusUnprocessableEntity, factorWrong)
	}
	return backWithNews(c, r.Number, "bukti")
}

func (a *App) factorPage(c echo.Context, status int, wrong []views.FieldError) error {
	r := held(c)
	p := a.stepPage(c, r, "Tunjukkan bahwa ini Anda", wrong)
	p.Scripts = []string{"password.js"}
	return a.render(c, status, views.StatusFactor(p, r.Number))
}

func (a *App) stepPage(c echo.Context, r receipt, title string, wrong []views.FieldError) views.Page {
	p := a.page(c, title)
	p.Back, p.Errors = views.StatusPath(r.Number, ""), wrong
	return p
}
