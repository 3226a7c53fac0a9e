package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pulih/accounts"
	"pulih/db/dbtest"
)

// The whole walk in a real browser, with scripts and without: a pasted
// message, the clock check and back, automatic time by brand, and at the end
// an agent who sees what was measured.
func TestTheWalkInABrowser(t *testing.T) {
	for _, script := range []bool{true, false} {
		x := map[bool]func(*testing.T) *test{true: slowPhone, false: standing}[script](t)
		ctx := chromium(t, 360, script)
		see(t, ctx, x.url+"/", "h1", "Tidak bisa masuk")
		must(chromedp.Run(ctx, chromedp.Click(chromedp.CSS(`a[href="/bantuan"]`))))(t)
		see(t, ctx, "", "h1", "Pesan apa yang muncul?")
		fits(t, ctx)
		typeIn(t, ctx, "pesan", "Muncul tulisan: invalid autenticator code")
		press(t, ctx, "Cari")
		see(t, ctx, "", "h2", "Yang paling mirip")
		must(chromedp.Run(ctx, chromedp.Click(chromedp.CSS(`a[href="/bantuan/otp-tidak-valid"]`))))(t)
		see(t, ctx, "", "h1", "Kode OTP ditolak")
		fits(t, ctx)
		see(t, ctx, x.url+stepClock, "h1", "Uji jam HP Anda")
		press(t, ctx, "Lanjutkan di perangkat lain, atau cetak")
		fits(t, ctx)
		press(t, ctx, "Uji jam sekarang")
		walkClock(t, ctx, x, script)
		press(t, ctx, "Kembali ke langkah")
		see(t, ctx, "", ".panel h2", "terlambat 4 menit")
		fits(t, ctx)
		press(t, ctx, "Lanjut")
		see(t, ctx, "", "h1", "otomatis")
		press(t, ctx, "Samsung")
		see(t, ctx, "", "main", "Manajemen umum")
		press(t, ctx, "Saya tidak menemukannya")
		see(t, ctx, "", "h1", "Kirim permohonan ke petugas")
		press(t, ctx, "Isi formulir permohonan")
		see(t, ctx, "", "main", "Catatan dari penelusur")
		fits(t, ctx)
		walkFiles(t, ctx, x, script)
	}
}

// standing is a server whose clock stands at 40 seconds past the minute: who
// reads hours and minutes off a phone knows no seconds.
func standing(t *testing.T) *test {
	x := newTest(t)
	x.clock.Advance(40 * time.Second)
	return x
}

func walkClock(t *testing.T, ctx context.Context, x *test, script bool) {
	t.Helper()
	if script {
		see(t, ctx, "", `[data-says]`, "terlambat 4 menit")
		press(t, ctx, "Lihat langkahnya")
	} else {
		shown := x.clock.Now().In(x.Zone.Location).Add(-4 * time.Minute).Format("0304PM")
		must(chromedp.Run(ctx, chromedp.SendKeys(chromedp.CSS("#jam"), shown)))(t)
		press(t, ctx, "Bandingkan")
	}
	see(t, ctx, "", "h1", "terlambat")
}

func walkFiles(t *testing.T, ctx context.Context, x *test, script bool) {
	t.Helper()
	press(t, ctx, "Mulai mengisi")
	fillParts(t, ctx, true)
	see(t, ctx, "", "h1", "Periksa jawaban Anda")
	see(t, ctx, "", "main", "terlambat")
	passGate(t, ctx, script, "Kirim permohonan")
	see(t, ctx, "", "main", "Simpan halaman ini sekarang")
	agent := x.clerk("197101012000011001", "Rina Contoh", accounts.Agent)
	seen := agent.open(strings.TrimSpace(textOf(ctx, "#nomor"))).Find(`section.card:contains("Diukur aplikasi"), section.card:contains("Jawaban pemohon")`).Text()
	for _, fact := range []string{"terlambat", "Samsung", "bukan bukti identitas"} {
		if !strings.Contains(seen, fact) {
			t.Errorf("the agent does not see %q:\n%s", fact, seen)
		}
	}
}

// Paper shows what is folded on the screen, without a script too: the answers
// of the questions people ask, and the way on every make of phone.
func TestPaperShowsWhatIsFolded(t *testing.T) {
	for _, script := range []bool{true, false} {
		x := newTest(t)
		ctx := chromium(t, 360, script)
		for path, text := range map[string]string{
			guidePath:                               x.Catalogue.FAQ()[0].Answer[0],
			"/bantuan/otp-tidak-valid/jam-otomatis": "Setelan tambahan › Tanggal & waktu",
			"/bantuan/otp-tidak-valid/cetak":        "Setelan tambahan › Tanggal & waktu",
		} {
			see(t, ctx, x.url+path, "main", text)
			if !onPaper(t, ctx, text) {
				t.Errorf("%s, scripts %v: %q is not printed", path, script, text)
			}
		}
	}
}

// onPaper tells whether a text can be seen in print.
func onPaper(t *testing.T, ctx context.Context, text string) bool {
	t.Helper()
	print := chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	})
	if err := chromedp.Do(ctx, print); err != nil {
		t.Fatal(err)
	}
	const shown = `[...document.querySelectorAll("main p, main li")].some(e => e.textContent.includes(%q) && e.checkVisibility({contentVisibilityProperty: true}) && e.getBoundingClientRect().height > 0)`
	return must(chromedp.Run(ctx, chromedp.EvaluateAsDevTools[bool](fmt.Sprintf(shown, text))))(t)
}

// A laptop and a phone, each with cookies of its own: the phone measures, and
// the laptop's page shows the verdict by itself, or after a reload.
func TestThePhoneHandOffInTwoBrowsers(t *testing.T) {
	for _, script := range []bool{true, false} {
		x := slowPhone(t)
		laptop, phone := desktop(t, script), chromium(t, 360, true)
		see(t, laptop, x.url+stepClock, "h1", "Uji jam HP Anda")
		press(t, laptop, "Uji jam sekarang")
		see(t, laptop, "", "h2", "Ukur di HP")
		see(t, phone, x.url+x.handOff(), "h1", "Lanjutkan cek jam di HP ini")
		press(t, phone, "Lanjutkan di HP ini")
		see(t, phone, "", `[data-says]`, "terlambat 4 menit")
		press(t, phone, "Lihat langkahnya")
		see(t, phone, "", "main", "Hasil ini juga tampil")
		if !script {
			press(t, laptop, "Muat ulang")
		}
		see(t, laptop, "", ".panel h2", "Jam HP Anda terlambat 4 menit")
		fits(t, laptop)
		press(t, laptop, "Kembali ke langkah")
		see(t, laptop, "", ".panel h2", "Jam HP Anda terlambat 4 menit")
	}
}

// desktop is a browser that does not say it is a phone.
func desktop(t *testing.T, script bool) context.Context {
	t.Helper()
	return chromiumAs(t, 1280, script, onComputer)
}

// A browser whose clock is really wrong: measured within half a second
// (clock.md §4.2). It takes libfaketime.
func TestAShiftedBrowserIsMeasured_clock42(t *testing.T) {
	library := dbtest.Require(t, "faketime", "PULIH_TEST_FAKETIME")
	for _, shift := range []time.Duration{-4 * time.Minute, 95 * time.Second, -10 * time.Second} {
		x := newTest(t)
		x.runs(0)
		ctx := chromiumAs(t, 360, true, onPhone, chromedp.Env("LD_PRELOAD="+library, fmt.Sprintf("FAKETIME=%+d", int(shift.Seconds())), "FAKETIME_DONT_FAKE_MONOTONIC=1",
			"FAKETIME_DISABLE_SHM=1", "FAKETIME_FORCE_MONOTONIC_FIX=0"))
		must(chromedp.Run(ctx, chromedp.Navigate(x.url+"/cek-jam")))(t)
		must(chromedp.Run(ctx, chromedp.Poll[bool](`document.querySelector("form[action='/cek-jam/ukur']").selisih.value !== ""`)))(t)
		measured := must(chromedp.Run(ctx, chromedp.EvaluateAsDevTools[string](`document.querySelector("form[action='/cek-jam/ukur']").selisih.value`)))(t)
		got := time.Duration(must(strconv.Atoi(measured))(t)) * time.Millisecond
		if off := (got - shift).Abs(); off > 500*time.Millisecond {
			t.Errorf("%s is measured as %s", shift, got)
		}
		t.Logf("%s measured as %s", shift, got)
	}
}

// runs lets the test's clock go with this machine's, ahead of it, so that a
// slow machine changes no drift.
func (x *test) runs(ahead time.Duration) {
	done, over := make(chan struct{}), make(chan struct{})
	tick := time.NewTicker(5 * time.Millisecond)
	follow := func() { x.clock.Advance(time.Since(x.clock.Now()) + ahead) }
	follow()
	go func() {
		defer close(over)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				follow()
			}
		}
	}()
	x.t.Cleanup(func() { close(done); <-over })
}
