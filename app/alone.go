package app

import (
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

// aloneForm is the first form of /pulihkan-mfa. One of the two codes will do,
// and so will none.
type aloneForm struct {
	NIP      string `form:"nip"`
	Password string `form:"sandi,raw"`
	Backup   string `form:"cadangan,optional"`
	OTP      string `form:"otp,optional"`
}

// alonePage asks for the password, and for a second thing where there is one.
func (a *App) alonePage(c echo.Context) error {
	return a.showAlone(c, http.StatusOK, views.AlonePage{})
}

func (a *App) showAlone(c echo.Context, status int, form views.AlonePage, wrong ...views.FieldError) error {
	w, err := a.Accounts.Wait(c.Request().Context(), heldWait(c))
	if err != nil {
		return err
	}
	if w.Live() {
		form.Wait = a.waitPage(w, true)
	}
	if form.Notices, err = a.notices(c); err != nil {
		return err
	}
	form.Takes = inWords(a.Accounts.WaitTime())
	p := a.page(c, "Autentikator hilang atau rusak")
	p.Back, p.Scripts, p.Errors = "/", []string{"nip.js", "password.js"}, wrong
	return a.render(c, status, views.Alone(p, form))
}

// beginAlone takes the form to wherever it leads: to the new secret, to the
// mailbox, to a wait, or to staff.
func (a *App) beginAlone(c echo.Context) error {
	var f aloneForm
	if err := bind(c, &f); err != nil {
		return err
	}
	nip, _, err := accounts.ParseNIP(f.NIP)
	var wrong mistakes
	wrong.when(err != nil, "nip", nipSentence(err))
	wrong.when(f.Password == "", "sandi", "Ketik kata sandi Anda.")
	if len(wrong) > 0 {
		return a.showAlone(c, http.StatusUnprocessableEntity, views.AlonePage{NIP: f.NIP}, wrong...)
	}
	if err := a.limit(c, LimitAlone, limitNetwork(c)); err != nil {
		return err
	}
	r, err := a.Accounts.EnrolAlone(c.Request().Context(), accounts.AloneForm{NIP: nip, Password: secret.Password(f.Password),
		OTP: f.OTP, Backup: f.Backup, Network: a.network(c), Held: heldWait(c)}, a.actor(c))
	if err != nil {
		return err
	}
	return a.aloneAnswer(c, f, r)
}

func (a *App) aloneAnswer(c echo.Context, f aloneForm, r accounts.Alone) error {
	switch r.Result {
	case accounts.AloneBegun:
		dropCookie(c, cookieLink)
		return a.beginEnrolling(c, r.Token, r.Until)
	case accounts.AloneMail:
		setCookie(c, cookieReset, r.Token, resetCookieLife)
		return seeOther(c, accounts.ForMFA.Path()+"/email")
	case accounts.AloneBarred:
		return a.aloneBarred(c, r.Person.NIP, r.Why)
	case accounts.AloneWaiting, accounts.AloneElsewhere:
		return a.showWait(c, r.Wait, false)
	}
	return a.aloneRefused(c, f, r)
}

// aloneRefused says what was wrong: number and password are one sentence, and
// the code is spoken of only after the right password (EN-01, TV-10).
func (a *App) aloneRefused(c echo.Context, f aloneForm, r accounts.Alone) error {
	page, status := views.AlonePage{NIP: f.NIP}, http.StatusUnprocessableEntity
	told := signInTold[accounts.SignInWrong].text
	field := ""
	switch {
	case r.Result == accounts.AlonePaused:
		status, page.Help = http.StatusTooManyRequests, helpReset
		told = signInTold[accounts.SignInPaused].text + " Coba lagi pukul " + withSeconds(r.Until, a.Zone) + "."
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(r.Until.Sub(a.DB.Now()).Seconds()))))
	case r.Result == accounts.AloneCodeClosed:
		field, told = "cadangan", "Kode cadangan terlalu sering salah. Coba lagi besok, atau kosongkan kolom ini."
	case r.Result == accounts.AloneCodeWrong && f.Backup != "":
		field, told = "cadangan", "Kode cadangan tidak cocok atau sudah dipakai. Kosongkan kolom ini untuk cara lain."
	case r.Result == accounts.AloneCodeWrong:
		field, told = "otp", "Kode OTP tidak cocok. Kode dari satu-satunya perangkat tidak bisa dipakai di sini."
	}
	return a.showAlone(c, status, page, views.FieldError{Field: field, Text: told})
}

// aloneBarred offers a request with what the person typed, and nothing of the
// record: the agent compares that with what he hears (impostor 22).
func (a *App) aloneBarred(c echo.Context, nip secret.NIP, why []accounts.Bar) error {
	page := views.AloneBarredPage{Second: true, NIP: accounts.Group(nip)}
	for _, bar := range why {
		page.Why = append(page.Why, barWords[bar])
		page.Second = page.Second && bar.OnlyWait()
		page.Counter = page.Counter || bar == accounts.BarGuarded || bar == accounts.BarBlocked
	}
	return a.render(c, http.StatusOK, views.AloneBarred(a.page(c, "Perlu bantuan petugas"), page))
}

// barWords say in plain words why one cannot go on alone.
var barWords = map[accounts.Bar]string{
	accounts.BarGuarded:   "Akun ini sedang dijaga.",
	accounts.BarBlocked:   "Permohonan jarak jauh untuk akun ini sedang ditahan.",
	accounts.BarDevice:    "Akun ini tidak lagi memiliki autentikator. Petugas perlu memeriksa Anda lebih dulu.",
	accounts.BarMoved:     "Email Anda baru diganti. Tunggu 7 hari setelah penggantian itu.",
	accounts.BarMailed:    "Kata sandi Anda dibuat lewat email. Karena itu kode email saja belum cukup.",
	accounts.BarFresh:     "Kata sandi Anda belum berumur 7 hari.",
	accounts.BarAddress:   "Email Anda belum terdaftar 30 hari, atau belum ada.",
	accounts.BarUnreached: "Email pemberitahuan kami tidak sampai ke alamat Anda.",
}
