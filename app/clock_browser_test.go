package app

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pulih/db/dbtest"
)

// slowPhone makes the server's clock four minutes ahead of this machine's, so
// that the browser on it is four minutes late.
func slowPhone(t *testing.T) *test {
	x := newTest(t)
	x.runs(4 * time.Minute)
	return x
}

func TestBrowserMeasuresItselfWithScript(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		x := slowPhone(t)
		ctx := chromium(t, width, true)
		see(t, ctx, x.url+"/cek-jam", `[data-says]`, "terlambat 4 menit")
		must(chromedp.Run(ctx, chromedp.Click(chromedp.CSS(`[data-clock] button`))))(t)
		see(t, ctx, "", "h1", "terlambat 4 menit")
		fits(t, ctx)
	}
}

func TestPracticeInABrowserWithOathtool(t *testing.T) {
	oathtool := dbtest.Require(t, "oathtool", "PULIH_TEST_OATHTOOL")
	for _, script := range []bool{true, false} {
		x := newTest(t)
		x.clock.Advance(time.Since(x.clock.Now()) + time.Hour)
		ctx := chromium(t, 360, script)
		says := map[bool]string{true: "terlambat", false: "Sama dengan HP Anda?"}[script]
		see(t, ctx, x.url+"/cek-jam", "[data-says]", says)
		must(chromedp.Run(ctx, chromedp.Click(chromedp.CSS(`form[action="/cek-jam/latihan"] button`))))(t)
		see(t, ctx, "", "h1", "Uji dengan kode latihan")
		fits(t, ctx)
		if script {
			must(chromedp.Run(ctx, chromedp.Click(chromedp.CSS("[data-press] button"))))(t)
			see(t, ctx, "", "[data-press] [role=status]", "Tercatat")
		}
		key := must(chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS("#kunci"))))(t)
		for n := range 2 {
			shown := x.clock.Now().Add(-time.Hour + time.Duration(n)*30*time.Second)
			out := must(exec.Command(oathtool, "--totp", "--base32", "--now", fmt.Sprint("@", shown.Unix()), strings.ReplaceAll(key, " ", "")).Output())(t)
			must(chromedp.Run(ctx, chromedp.SendKeys(chromedp.CSS("#kode"), strings.TrimSpace(string(out))+"\r")))(t)
			if n == 0 {
				see(t, ctx, "", ".panel h2", "Satu kode lagi")
				x.clock.Advance(30 * time.Second)
			}
		}
		see(t, ctx, "", "h1", "terlambat tepat 1 jam")
		fits(t, ctx)
	}
}

// chromium opens a tab of the given width on a phone, with scripts or without.
func chromium(t *testing.T, width int64, script bool) context.Context {
	t.Helper()
	return chromiumAs(t, width, script, onPhone)
}

func chromiumAs(t *testing.T, width int64, script bool, agent string, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := dbtest.Require(t, "browser", "PULIH_TEST_BROWSER")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("ignore-certificate-errors", true), chromedp.UserAgent(agent))
	options = append(options, more...)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, close := chromedp.NewContext(ctx)
	t.Cleanup(close)
	err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 740), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

// see opens an address, or stays, and waits until an element says something.
func see(t *testing.T, ctx context.Context, address, selector, text string) {
	t.Helper()
	if address != "" {
		must(chromedp.Run(ctx, chromedp.Navigate(address)))(t)
	}
	said := ""
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if said = textOf(ctx, selector); strings.Contains(said, text) {
			return
		}
	}
	t.Fatalf("%s says %q, not %q", selector, said, text)
}

// textOf is "" while the page is changing.
func textOf(ctx context.Context, selector string) string {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	said, _ := chromedp.Run(ctx, chromedp.EvaluateAsDevTools[string](fmt.Sprintf("document.querySelector(%q)?.textContent ?? ''", selector)))
	return said
}

// fits fails when the page scrolls sideways (WCAG 1.4.10).
func fits(t *testing.T, ctx context.Context) {
	t.Helper()
	over, err := chromedp.Run(ctx, chromedp.EvaluateAsDevTools[int]("document.documentElement.scrollWidth - innerWidth"))
	if err != nil || over > 0 {
		t.Errorf("the page is %d px too wide, %v", over, err)
	}
}
