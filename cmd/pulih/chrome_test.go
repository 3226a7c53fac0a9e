package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pulih/db/dbtest"
)

// tab is a person at a real Chromium: a phone or a desk, with scripts or
// without. Each has cookies of its own.
type tab struct {
	t       *testing.T
	ctx     context.Context
	base    string
	width   int64
	scripts bool
	shots   int
	keyed   bool  // has no pointer
	exam    *exam // of every page, where there is one
}

// newChromium starts one browser for a test; tabs are made from it.
func newChromium(t *testing.T) context.Context {
	t.Helper()
	path := dbtest.Require(t, "browser", "PULIH_TEST_BROWSER")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.UserDataDir(t.TempDir()))
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	browser, stop := chromedp.NewContext(allocated)
	t.Cleanup(stop)
	if err := chromedp.Do(browser); err != nil {
		t.Fatal(err)
	}
	return browser
}

// newTab opens a window with its own cookies.
func newTab(t *testing.T, browser context.Context, base string, width int64, scripts bool) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx, base: base, width: width, scripts: scripts}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800)); err != nil { // the tab ends with the context of its first step
		t.Fatal(err)
	}
	if !scripts {
		b.do(func(ctx context.Context, target *chromedp.Target) (none chromedp.Void, err error) {
			_, err = cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			return none, err
		})
	}
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.fail("%v", err)
	}
}

// fail ends the test with what the person saw.
func (b *tab) fail(format string, args ...any) {
	b.t.Helper()
	b.shot("failure")
	where, _ := chromedp.Run(b.ctx, chromedp.Location())
	b.t.Fatalf("%s\nat %s (%d px, scripts %v):\n%s", fmt.Sprintf(format, args...), where, b.width, b.scripts, b.text())
}

// open types an address of ours, or a whole one.
func (b *tab) open(address string) {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.base + address
	}
	b.do(chromedp.Navigate(address))
	b.arrived()
}

// fill types into the field with that name, as keys.
func (b *tab) fill(name, value string) {
	b.t.Helper()
	field := `main [name="` + name + `"]:not([type=hidden])`
	b.reveal(name)
	if b.keyed {
		b.tabTo(byCSS(field))
	} else {
		b.do(chromedp.ScrollIntoView(chromedp.CSS(field)), chromedp.Focus(chromedp.CSS(field)))
		b.do(chromedp.Evaluate[chromedp.Void](`document.activeElement.select()`))
	}
	b.keys(value)
}

// choose ticks the option of a field.
func (b *tab) choose(name, value string) {
	b.t.Helper()
	option := `main [name="` + name + `"][value="` + value + `"]`
	b.reveal(name)
	if b.keyed {
		b.keyChoose(option)
		return
	}
	b.do(chromedp.Click(chromedp.CSS(option)))
}

// press presses the button or link with that text and waits for the page it
// leads to.
func (b *tab) press(text string) {
	b.t.Helper()
	control := fmt.Sprintf(`//main//button[normalize-space(.)=%[1]q] | //main//a[normalize-space(.)=%[1]q][not(//main//button[normalize-space(.)=%[1]q])]`, text)
	if b.keyed {
		b.keyPress(control)
		return
	}
	b.leaves(text, chromedp.Click(control, chromedp.NodeVisible))
}

// leaves does what leads to another page, and waits for it.
func (b *tab) leaves(what string, step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, step); err != nil {
		b.fail("press %q: %v", what, err)
	}
	b.arrived()
}

// text is what stands on the page.
func (b *tab) text() string {
	text, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("body")))
	if err != nil {
		return err.Error()
	}
	return text
}

// sees fails when the page does not say it.
func (b *tab) sees(sentence string) {
	b.t.Helper()
	if !strings.Contains(strings.Join(strings.Fields(b.text()), " "), sentence) {
		b.fail("the page does not say %q", sentence)
	}
}

// read is the text of the first element.
func (b *tab) read(css string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS(css)))
	if err != nil {
		b.fail("read %s: %v", css, err)
	}
	return strings.TrimSpace(text)
}

// attribute is an attribute of the first element.
func (b *tab) attribute(css, name string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.AttributeValue(chromedp.CSS(css), name))
	if err != nil || !got.Exists {
		b.fail("no %s at %s: %v", name, css, err)
	}
	return got.Value
}

// arrived fails when a page is not as every page must be.
func (b *tab) arrived() {
	b.t.Helper()
	b.narrow()
	b.focusesErrors()
	if b.exam != nil {
		b.exam.of(b)
	}
}

// focusesErrors fails when there are errors without the focus, which comes a
// moment after the page.
func (b *tab) focusesErrors() {
	b.t.Helper()
	for range 40 {
		if b.is(`!document.querySelector(".summary") || document.activeElement.matches(".summary")`) {
			return
		}
		<-time.After(50 * time.Millisecond)
	}
	b.fail("the errors have not got the focus")
}

// narrow fails when the page scrolls sideways (WCAG 1.4.10).
func (b *tab) narrow() {
	b.t.Helper()
	over, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil || over > 0 {
		b.fail("the page is %d px too wide, %v", over, err)
	}
}

// shot keeps a picture where PULIH_TEST_SHOTS names a folder.
func (b *tab) shot(name string) {
	folder := os.Getenv("PULIH_TEST_SHOTS")
	if folder == "" {
		return
	}
	b.shots++
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Log(err)
		return
	}
	file := fmt.Sprintf("%s-%d-%v-%02d-%s.png", strings.ReplaceAll(b.t.Name(), "/", "-"), b.width, b.scripts, b.shots, name)
	if err := os.WriteFile(filepath.Join(folder, file), picture, 0o600); err != nil {
		b.t.Log(err)
	}
}

// waits polls until an expression of the page is true.
func (b *tab) waits(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		b.fail("waits for %s: %v", expression, err)
	}
}

// reveal opens the disclosure that a field is folded into.
func (b *tab) reveal(name string) {
	b.t.Helper()
	folded := fmt.Sprintf(`//main//details[not(@open)][.//*[@name=%q]]/summary`, name)
	found, err := chromedp.Run(b.ctx, chromedp.Nodes(folded, chromedp.AtLeast(0)))
	if err != nil {
		b.fail("reveal %s: %v", name, err)
	}
	switch {
	case len(found) == 0:
	case b.keyed:
		b.tabTo(byXPath(folded))
		b.keys("\r")
	default:
		b.do(chromedp.Click(folded))
	}
}

// until opens an address again until the page says it.
func (b *tab) until(path, sentence string) {
	b.t.Helper()
	for range 100 {
		b.do(chromedp.Navigate(b.base + path))
		if strings.Contains(b.text(), sentence) {
			b.arrived()
			return
		}
		<-time.After(100 * time.Millisecond) // the program's clock ticks each second
	}
	b.fail("the page never says %q", sentence)
}

// where is the path being shown.
func (b *tab) where() string {
	b.t.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		b.fail("%v", err)
	}
	return at
}

// number is the request whose page is shown.
func (b *tab) number() string {
	b.t.Helper()
	at := b.where()
	return at[strings.LastIndexByte(at, '/')+1:]
}
