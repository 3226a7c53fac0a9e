package app

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func TestFilingInABrowser(t *testing.T) {
	for _, as := range []struct {
		width  int64
		script bool
		send   string
	}{
		{360, true, `[value=kirim]`}, {1280, true, `[value=kirim]`}, {360, false, `[value=lambat]`}, {1280, false, `[value=lambat]`},
	} {
		x := newTest(t)
		ctx := chromium(t, as.width, as.script)
		see(t, ctx, x.url+"/tiket/baru", "h1", "Ajukan permohonan ke petugas")
		for i := 2; i < len(requestAnswers); i += 2 {
			must(chromedp.Run(ctx, chromedp.SendKeys(chromedp.CSS("[name="+requestAnswers[i]+"]"), requestAnswers[i+1])))(t)
		}
		click(t, ctx, `[value=periksa]`)
		see(t, ctx, "", ".summary", "Pilih apa yang terjadi.")
		fits(t, ctx)
		click(t, ctx, `[value=hilang]`)
		click(t, ctx, `[value=periksa]`)
		see(t, ctx, "", "h1", "Periksa jawaban Anda")
		fits(t, ctx)
		if as.script {
			waitFor(t, ctx, `document.querySelector("[name=pow]").value != ""`)
		} else {
			click(t, ctx, "summary")
		}
		click(t, ctx, as.send)
		see(t, ctx, "", "h1", "Permohonan Anda kami terima")
		fits(t, ctx)
		click(t, ctx, ".btn.primary")
		see(t, ctx, "", "h1", "Permohonan Anda menunggu petugas")
		fits(t, ctx)
	}
}

func click(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	must(chromedp.Run(ctx, chromedp.Click(chromedp.CSS(selector))))(t)
}

func waitFor(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if ok, err := chromedp.Run(ctx, chromedp.EvaluateAsDevTools[bool](condition)); err == nil && ok {
			return
		}
	}
	t.Fatal("never: ", condition)
}
