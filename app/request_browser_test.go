package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func TestFilingInABrowser(t *testing.T) {
	for _, as := range []struct {
		width  int64
		script bool
	}{{360, true}, {1280, true}, {360, false}, {1280, false}} {
		x := newTest(t)
		ctx := chromium(t, as.width, as.script)
		see(t, ctx, x.url+"/tiket/baru", "h1", "Ajukan permohonan ke petugas")
		fits(t, ctx)
		press(t, ctx, "Mulai mengisi")
		press(t, ctx, "Simpan dan lanjutkan")
		see(t, ctx, "", ".summary", "Ketik NIP atau NI PPPK Anda.")
		fits(t, ctx)
		fillParts(t, ctx, false)
		see(t, ctx, "", "h1", "Periksa jawaban Anda")
		fits(t, ctx)
		passGate(t, ctx, as.script, "Kirim permohonan")
		see(t, ctx, "", "h1", "Permohonan Anda kami terima")
		fits(t, ctx)
		click(t, ctx, ".btn.primary")
		see(t, ctx, "", "h1", "Permohonan Anda menunggu petugas")
		fits(t, ctx)
	}
}

// fillParts types the answers part by part, from the first on. The
// troubleshooter may know already what happened.
func fillParts(t *testing.T, ctx context.Context, known bool) {
	t.Helper()
	typeIn(t, ctx, "nip", "198609262015051001")
	typeIn(t, ctx, "nama", "Siti Contoh")
	typeIn(t, ctx, "unit", "Dinas Contoh")
	press(t, ctx, "Simpan dan lanjutkan")
	if !known {
		see(t, ctx, "", "h1", "Apa yang terjadi?")
		click(t, ctx, `[value=hilang]`)
		press(t, ctx, "Simpan dan lanjutkan")
	}
	see(t, ctx, "", "h1", "Bagaimana kami menghubungi Anda?")
	fits(t, ctx)
	click(t, ctx, `[value=status]`)
	press(t, ctx, "Simpan dan lanjutkan")
	see(t, ctx, "", "h1", "Kapan Anda menunjukkan dokumen?")
	fits(t, ctx)
	click(t, ctx, `[value=nanti]`)
	press(t, ctx, "Simpan dan lanjutkan")
}

// passGate waits for the proof of work, or takes the lane without any.
func passGate(t *testing.T, ctx context.Context, script bool, button string) {
	t.Helper()
	if script {
		waitFor(t, ctx, `document.querySelector("[name=pow]").value != ""`)
		press(t, ctx, button)
		return
	}
	press(t, ctx, "Saya tidak bisa membaca gambar")
	press(t, ctx, "Lanjut lewat jalur lambat")
}

func click(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	for range 20 {
		loaded(t, ctx)
		_, err := chromedp.Run(ctx, chromedp.Click(chromedp.CSS(selector)))
		if err == nil {
			return
		}
		if !strings.Contains(err.Error(), "node with given id") { // it went with its page, before it was clicked
			t.Fatalf("click %s: %v", selector, err)
		}
	}
	t.Fatalf("click %s: the page is drawn again and again", selector)
}

// loaded waits for the whole page: what is found earlier may be gone when it
// is acted on.
func loaded(t testing.TB, ctx context.Context) {
	t.Helper()
	waitFor(t, ctx, `document.readyState === "complete"`)
}

func waitFor(t testing.TB, ctx context.Context, condition string) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if ok, err := chromedp.Run(ctx, chromedp.EvaluateAsDevTools[bool](condition)); err == nil && ok {
			return
		}
	}
	t.Fatal("never: ", condition)
}
