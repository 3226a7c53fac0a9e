package app

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// signIn types what g knows into a real browser.
func (g *clerk) signIn(t *testing.T, ctx context.Context) {
	t.Helper()
	must(chromedp.Run(ctx, chromedp.Navigate(g.x.url+"/petugas/masuk")))(t)
	fillIn(t, ctx, "#nip", g.nip, "#sandi", clerkPassword, "#otp", g.otp()+"\r")
	see(t, ctx, "", "h1", "Antrean")
}

func fillIn(t testing.TB, ctx context.Context, pairs ...string) {
	t.Helper()
	loaded(t, ctx)
	for i := 0; i < len(pairs); i += 2 {
		must(chromedp.Run(ctx, chromedp.SendKeys(chromedp.CSS(pairs[i]), pairs[i+1])))(t)
	}
}

func TestCounterTicketInABrowser(t *testing.T) {
	for _, as := range []struct {
		width  int64
		script bool
	}{{360, false}, {1280, false}, {360, true}, {1280, true}} {
		x := newStaffed(t)
		ctx := chromium(t, as.width, as.script)
		x.rina.signIn(t, ctx)
		number := x.atTheCounter(t, ctx)
		fits(t, ctx)
		x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", x.budi.otp())
		x.tick()
		if as.script {
			see(t, ctx, "", ".pill", "Permohonan ini berubah")
			click(t, ctx, ".pill a")
		} else {
			must(chromedp.Run(ctx, chromedp.Navigate(x.url+ticketAddress(number))))(t)
		}
		see(t, ctx, "", ".panel h2", "Kode siap diterbitkan")
		fits(t, ctx)
		fillIn(t, ctx, "#penerbitan-otp", x.rina.otp()+"\r")
		see(t, ctx, "", ".slip h2", "Kartu pendaftaran autentikator")
		fits(t, ctx)
		if as.script { // it comes with its module, a moment after the page
			must(chromedp.Run(ctx, chromedp.WaitVisible("[data-print]")))(t)
		} else if onScreen(ctx, "[data-print]") {
			t.Error("a print button without the script that prints")
		}
	}
}

// atTheCounter is the agent's part until the check, and the ticket's number.
func (x *staffed) atTheCounter(t *testing.T, ctx context.Context) string {
	t.Helper()
	see(t, ctx, x.url+"/petugas/antrean", "h1", "Antrean")
	fits(t, ctx)
	click(t, ctx, `a[href="/petugas/tiket/baru"]`)
	see(t, ctx, "", "h1", "Catat pemohon di loket")
	fillIn(t, ctx, "#nip", string(asn.NIP), "#nama", asn.Name, "#opd", asn.Unit)
	fits(t, ctx)
	click(t, ctx, ".buttons .btn.primary")
	see(t, ctx, "", ".panel h2", "Lengkapi bukti")
	click(t, ctx, "#ktp summary")
	fillIn(t, ctx, "#ktp-nama", asn.Name, "#ktp-lahir", "26-09-1986", "#ktp-nomor", "7401 0001\r")
	see(t, ctx, "", ".proofs", "Cocok")
	click(t, ctx, "#sk_pns summary")
	fillIn(t, ctx, "#sk_pns-nama", asn.Name, "#sk_pns-nip", string(asn.NIP), "#sk_pns-nomor", "SK/12/2015\r")
	see(t, ctx, "", ".panel h2", "Bukti lengkap")
	fits(t, ctx)
	fillIn(t, ctx, "#pemeriksaan-otp", x.rina.otp()+"\r")
	see(t, ctx, "", ".panel h2", "Menunggu verifikator")
	return textOf(ctx, "main .row b")
}

func onScreen(ctx context.Context, selector string) bool {
	shown, _ := chromedp.Run(ctx, chromedp.EvaluateAsDevTools[bool](`document.querySelector("`+selector+`")?.checkVisibility() ?? false`))
	return shown
}
