package app

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const (
	receiptLife   = time.Hour        // how long a browser keeps a status open, as every recovery flow
	receiptShown  = 30 * time.Minute // how long the secret stays on the receipt
	receiptSecret = 16               // characters; 80 bit (impostor 10)
)

// receipt is what opens a request: the cookie holds both.
type receipt struct {
	Number string
	Secret secret.Code
}

// keepReceipt makes this browser the one that has the request open.
func keepReceipt(c echo.Context, r receipt) {
	setCookie(c, cookieTicket, secret.Token(r.Number+"."+string(r.Secret)), receiptLife)
}

// holder lets in the browser that has the receipt of the request in the
// address. Whether its secret is right, the desk says.
var holder = guard{"receipt", func(_ *App, c echo.Context) error {
	r, ok := receiptOf(c)
	if !ok {
		return redirect{receiptForm(c)}
	}
	c.Set(cookieTicket, r)
	return nil
}}

// held is the receipt that holder saw.
func held(c echo.Context) receipt { return c.Get(cookieTicket).(receipt) }

func receiptOf(c echo.Context) (receipt, bool) {
	number, key, ok := strings.Cut(string(cookie(c, cookieTicket)), ".")
	asked, known := readNumber(c.Param("no"))
	code, whole := secret.ReadCode(key, receiptSecret)
	return receipt{number, code}, ok && known && whole && number == asked
}

// readNumber takes a number as people type it: "pul 7k3m9qxd" too.
func readNumber(typed string) (string, bool) {
	typed = strings.ToUpper(strings.TrimSpace(typed))
	code, ok := secret.ReadCode(strings.TrimPrefix(typed, "PUL"), 8)
	return "PUL-" + code.Grouped(), ok
}

// receiptForm is where number and secret are asked for, whether there is such
// a request or not.
func receiptForm(c echo.Context) string {
	number, ok := readNumber(c.Param("no"))
	if !ok {
		return "/tiket"
	}
	return "/tiket?nomor=" + number
}

// What is shown once, after a redirect and to this browser only. The value
// stands in a cookie: the page can be loaded again when the line broke.
const (
	shownReceipt = "terima"
	shownPass    = "kode"
	shownDevice  = "selesai"
	shownNews    = "kabar"
	shownDid     = "akun"
	shownWeak    = "lemah"
)

func showOnce(c echo.Context, what, value string, life time.Duration) {
	setCookie(c, cookieShown, secret.Token(url.QueryEscape(what+":"+value)), life)
}

// shownOnce is what showOnce left; "" and false when it was something else.
func shownOnce(c echo.Context, what string) (string, bool) {
	raw, err := url.QueryUnescape(string(cookie(c, cookieShown)))
	value, ok := strings.CutPrefix(raw, what+":")
	if err != nil || !ok {
		return "", false
	}
	return value, true
}

// receiptPage draws the page to keep, for as long as the person has not said that
// he kept it.
func (a *App) receiptPage(c echo.Context, r receipt, t tickets.Status) error {
	link := a.BaseURL.JoinPath(views.StatusPath(r.Number, "")).String() + "?kunci=" + string(r.Secret)
	qr, err := otp.QR(link)
	if err != nil {
		return err
	}
	p := a.page(c, "Permohonan Anda kami terima")
	p.Scripts = []string{"copy.js", "print.js"}
	return a.render(c, http.StatusOK, views.RequestReceipt(p, views.Receipt{
		Number: r.Number, Secret: string(r.Secret), Next: receiptSteps(t), Danger: t.Cause == causeMisused,
		QR: qr, Site: a.BaseURL.JoinPath("tiket").String(), Done: views.StatusPath(r.Number, "disimpan"),
	}))
}

// receiptSaved ends the showing of the secret.
func (a *App) receiptSaved(c echo.Context) error {
	dropCookie(c, cookieShown)
	return seeOther(c, views.StatusPath(held(c).Number, ""))
}
