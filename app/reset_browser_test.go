package app

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// typeIn fills a field as keys, and press presses a control by its text.
func typeIn(t *testing.T, ctx context.Context, name, value string) {
	t.Helper()
	must(chromedp.Run(ctx, chromedp.SendKeys(chromedp.CSS(`main [name="`+name+`"]:not([type=hidden])`), value)))(t)
}

func press(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	control := fmt.Sprintf(`//main//*[self::button or self::a or self::summary][normalize-space(.)=%q]`, text)
	must(chromedp.Run(ctx, chromedp.Click(control, chromedp.NodeVisible)))(t)
}

// The whole reset in a real browser: by proof of work where scripts run, by
// the slow lane where they do not, by typed code and by the mail's link.
func TestResetInABrowser(t *testing.T) {
	for _, script := range []bool{true, false} {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprintf("%d px, scripts %v", width, script), func(t *testing.T) { resetInABrowser(t, width, script) })
		}
	}
}

func resetInABrowser(t *testing.T, width int64, script bool) {
	x := newTest(t)
	e, ctx := x.employee(sitiNIP), chromium(t, width, script)
	see(t, ctx, x.url+"/pulihkan", "h1", titleResetNIP)
	typeIn(t, ctx, "nip", "198609262015052001\t")
	fits(t, ctx)
	press(t, ctx, "Lanjutkan")
	see(t, ctx, "", "h1", titleResetEmail)
	typeIn(t, ctx, "email", string(e.Email))
	fits(t, ctx)
	if script {
		press(t, ctx, "Kirim kode")
	} else {
		press(t, ctx, "Saya tidak bisa membaca gambar")
		press(t, ctx, "Lanjut lewat jalur lambat")
	}
	see(t, ctx, "", "h1", titleResetCode)
	fits(t, ctx)
	x.clock.Advance(3 * time.Minute)
	x.sendCodes()
	code, link, _ := x.codeMail(e)
	if width == 360 {
		typeIn(t, ctx, "kode", code)
	} else {
		see(t, ctx, x.url+link, "h1", flows["pulihkan"].link)
	}
	press(t, ctx, "Lanjutkan")
	see(t, ctx, "", "main", "Simpan kata sandi")
	setInABrowser(t, ctx, x, e, script)
}

func setInABrowser(t *testing.T, ctx context.Context, x *test, e employee, script bool) {
	t.Helper()
	fits(t, ctx)
	password := newPassword
	if script {
		typeIn(t, ctx, "sandi", newPassword)
		press(t, ctx, "Simpan kata sandi")
	} else {
		press(t, ctx, "Buatkan untuk saya")
		see(t, ctx, "", "main", "Kami membuat kata sandi ini")
		password = textOf(ctx, "#usulan")
		fits(t, ctx)
		press(t, ctx, "Simpan kata sandi ini")
	}
	see(t, ctx, "", "main", "Kata sandi baru tersimpan")
	typeIn(t, ctx, "nip", "19860926 201505 2 001")
	typeIn(t, ctx, "sandi", password)
	typeIn(t, ctx, "otp", x.otp(e.device))
	fits(t, ctx)
	press(t, ctx, "Masuk")
	see(t, ctx, "", "h1", "Akun Anda")
	fits(t, ctx)
}
