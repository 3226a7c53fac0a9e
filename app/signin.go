package app

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/views"
)

// The session ends on the server, idle or not; the cookie need not outlive it.
const accountCookieLife = time.Hour

type signInForm struct {
	NIP      string `form:"nip"`
	Password string `form:"sandi,raw"`
	OTP      string `form:"otp,optional"`
	Backup   string `form:"cadangan,optional"`
}

// signInPage asks for number, password and code on one screen.
func (a *App) signInPage(c echo.Context) error {
	return a.showSignIn(c, http.StatusOK, views.SignInPage{
		Renewed: c.QueryParam("sandi") == "baru", Unlocked: c.QueryParam("kunci") == "dibuka",
	})
}

func (a *App) showSignIn(c echo.Context, status int, form views.SignInPage, wrong ...views.FieldError) (err error) {
	if form.Notices, err = a.notices(c); err != nil {
		return err
	}
	p := a.page(c, "Masuk")
	p.Back, p.Scripts, p.Errors = "/", []string{"nip.js", "password.js"}, wrong
	return a.render(c, status, views.SignIn(p, form))
}

// signIn begins a session with a token of its own (SE-09).
func (a *App) signIn(c echo.Context) error {
	var f signInForm
	if err := bind(c, &f); err != nil {
		return err
	}
	nip, _, err := accounts.ParseNIP(f.NIP)
	switch {
	case err != nil:
		return a.showSignIn(c, http.StatusUnprocessableEntity, views.SignInPage{NIP: f.NIP}, views.FieldError{Field: "nip", Text: nipSentence(err)})
	case f.Password == "":
		return a.showSignIn(c, http.StatusUnprocessableEntity, views.SignInPage{NIP: f.NIP}, views.FieldError{Field: "sandi", Text: "Ketik kata sandi Anda."})
	}
	if err := a.limit(c, LimitSignIn, limitNetwork(c)); err != nil {
		return err
	}
	s, err := a.Desk.SignIn(c.Request().Context(), accounts.SignInForm{
		NIP: nip, Password: secret.Password(f.Password), OTP: f.OTP, Backup: f.Backup, Network: a.network(c), Agent: c.Request().UserAgent(),
	}, a.actor(c))
	if err != nil {
		return err
	}
	if s.Result != accounts.SignInOK {
		return a.signInRefused(c, f, s)
	}
	a.beginSession(c, accounts.AccountSession, s.Token)
	if len(s.Weak) > 0 {
		showOnce(c, shownWeak, strings.Join(s.Weak, "\n"), weakLife)
		return seeOther(c, "/akun/sandi")
	}
	return seeOther(c, "/akun")
}

// signInRefused says what was wrong, as far as the result may be told.
func (a *App) signInRefused(c echo.Context, f signInForm, s accounts.SignedIn) error {
	told := refusalOf(s)
	status, text := a.waitText(c, told.text, s.Until)
	page := views.SignInPage{NIP: f.NIP, Help: told.help, Backup: f.Backup != "" || s.Result == accounts.SignInLocked}
	return a.showSignIn(c, status, page, views.FieldError{Field: told.field, Text: text})
}

// waitText adds from when to try again, where there is such a time.
func (a *App) waitText(c echo.Context, text string, until db.Time) (status int, told string) {
	if until == 0 {
		return http.StatusUnprocessableEntity, text
	}
	wait := math.Ceil(a.timeLeft(until).Seconds())
	c.Response().Header().Set("Retry-After", strconv.Itoa(int(wait)))
	return http.StatusTooManyRequests, text + " Coba lagi pukul " + withSeconds(until, a.Zone) + "."
}

var (
	helpClock   = views.Link{Text: "Periksa jam HP Anda", Href: "/cek-jam"}
	helpAlone   = views.Link{Text: "Autentikator hilang atau rusak: ganti sendiri", Href: "/pulihkan-mfa"}
	helpDesk    = views.Link{Text: "Ajukan permohonan ke petugas", Href: "/tiket/baru"}
	helpReset   = views.Link{Text: "Lupa kata sandi: buat yang baru lewat email", Href: "/pulihkan"}
	helpCounter = views.Link{Text: "Alamat, jam, dan telepon loket", Href: "#bantuan"}
	helpOpen    = views.Link{Text: "Ingat kata sandi: buka kunci lewat email", Href: "/buka-kunci"}
)

// signInWords are what is said of a refused sign-in: at which field, and
// what helps.
type signInWords struct {
	field, text string
	help        []views.Link
}

func refusalOf(s accounts.SignedIn) signInWords {
	if s.Result == accounts.SignInSuspended {
		return suspendedTold[s.Way]
	}
	return signInTold[s.Result]
}

// suspendedTold names the ways that are open, and no other.
var suspendedTold = map[accounts.WayBack]signInWords{
	accounts.BackByMail:    {"", "Akun ini dibekukan sementara. Buat kata sandi baru dengan kode email dan kode OTP.", []views.Link{helpReset, helpCounter}},
	accounts.BackByRequest: {"", "Autentikator akun ini dihentikan. Ganti autentikator Anda.", []views.Link{helpAlone, helpDesk}},
	accounts.BackByCounter: {"", "Akun ini dibekukan. Hanya loket yang bisa membukanya: bawa KTP dan SK asli.", []views.Link{helpCounter}},
}

// signInTold is what is said of each result. Number and password are one
// sentence: which was wrong nobody is told (EN-01).
var signInTold = map[accounts.SignInResult]signInWords{
	accounts.SignInWrong:        {"", "NIP atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.", nil},
	accounts.SignInPaused:       {"", "Terlalu banyak percobaan.", []views.Link{helpOpen, helpReset}},
	accounts.SignInOTPMissing:   {"otp", "Ketik kode OTP dari aplikasi autentikator Anda.", nil},
	accounts.SignInOTPWrong:     {"otp", "Kode OTP tidak cocok. Tunggu kode berikutnya, lalu ketik lagi.", []views.Link{helpClock}},
	accounts.SignInUsed:         {"otp", "Kode OTP ini sudah dipakai. Tunggu kode berikutnya.", nil},
	accounts.SignInEarly:        {"otp", "Kode OTP belum berlaku: jam HP Anda terlalu cepat.", []views.Link{helpClock}},
	accounts.SignInLate:         {"otp", "Kode OTP sudah lewat. Ketik kode yang sedang tampil. Jika terulang, jam HP Anda terlambat.", []views.Link{helpClock}},
	accounts.SignInBackupWrong:  {"cadangan", "Kode cadangan tidak cocok. Periksa ketikan, atau pakai kode lain.", nil},
	accounts.SignInBackupUsed:   {"cadangan", "Kode cadangan ini sudah dipakai. Pakai kode lain dari lembar Anda.", nil},
	accounts.SignInBackupClosed: {"cadangan", "Kode cadangan terlalu sering salah. Coba lagi besok, atau pakai kode OTP.", []views.Link{helpDesk}},
	accounts.SignInLocked:       {"otp", "Kode OTP terlalu sering salah. Kode cadangan tetap berlaku.", []views.Link{helpClock, helpAlone}},
	accounts.SignInNeedsDevice:  {"", "Akun ini belum memiliki autentikator. Petugas kami bisa membantu.", []views.Link{helpDesk}},
}

// signOut ends the session of this browser.
func (a *App) signOut(c echo.Context) error {
	err := a.Accounts.EndSession(c.Request().Context(), accounts.AccountSession, cookie(c, cookieAccount), a.actor(c))
	if err != nil {
		return err
	}
	dropCookie(c, cookieAccount)
	return seeOther(c, "/")
}
