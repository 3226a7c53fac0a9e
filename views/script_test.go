package views_test

import (
	"context"
	"crypto/sha256"
	"math/bits"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pulih/db/dbtest"
	"pulih/static"
	"pulih/views"
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// browser starts Chromium once for a test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := dbtest.Require(t, "browser", "PULIH_TEST_BROWSER")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(t.TempDir()))
	allocated, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	tab, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	limited, cancel := context.WithTimeout(tab, time.Minute)
	t.Cleanup(cancel)
	return limited
}

// shown serves one page under the policy of production and opens it.
func shown(t *testing.T, tab context.Context, p views.Page, children ...templ.Component) {
	t.Helper()
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	p.Site = testSite
	p.Site.Asset = assets.URL
	mux := http.NewServeMux()
	mux.Handle("/static/", assets)
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		_ = around(views.Layout(p), templ.Join(children...)).Render(r.Context(), w)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	do(t, tab, chromedp.Navigate(server.URL))
}

func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

func ask[T any](t *testing.T, tab context.Context, script string) T {
	t.Helper()
	answer, err := chromedp.Run(tab, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// until waits for a script to become true.
func until(t *testing.T, tab context.Context, script string) {
	t.Helper()
	if _, err := chromedp.Run(tab, chromedp.Poll[bool](script)); err != nil {
		t.Fatalf("%s never became true: %v", script, err)
	}
}

// inForm is a form with a puzzle around a field that the puzzle replaces.
func inForm(p views.Page, challenge string) templ.Component {
	captcha := views.Input(p, views.Field{Name: "captcha", Label: "Angka"})
	form := views.Form(views.Post{Action: "/", Pow: views.Pow{Challenge: challenge, Bits: 12}})
	return around(form, around(views.PowHide(), captcha))
}

func TestTheBrowserSolvesThePuzzleAndSparesTheCaptcha(t *testing.T) {
	tab := browser(t)
	for _, challenge := range []string{"a", strings.Repeat("x", 54), strings.Repeat("y", 131)} {
		p := views.Page{Title: "Email", Scripts: []string{"pow.js"}}
		shown(t, tab, p, inForm(p, challenge))
		until(t, tab, `document.querySelector("[name=pow]").value !== ""`)
		nonce := ask[string](t, tab, `document.querySelector("[name=pow]").value`)
		sum := sha256.Sum256([]byte(challenge + ":" + nonce))
		if zeros := bits.LeadingZeros16(uint16(sum[0])<<8 | uint16(sum[1])); zeros < 12 {
			t.Errorf("nonce %s of %q leaves %d zero bits", nonce, challenge, zeros)
		}
		if !ask[bool](t, tab, `document.querySelector("[data-pow-hide]").hidden`) {
			t.Error("the captcha is still asked for")
		}
	}
}

func TestAPuzzleNeverTakesAwayAFieldInUse(t *testing.T) {
	tab := browser(t)
	p := views.Page{Title: "Email", Scripts: []string{"pow.js"}}
	captcha := views.Field{Name: "captcha", Label: "Angka", Autofocus: true}
	form := views.Form(views.Post{Action: "/", Pow: views.Pow{Challenge: "b", Bits: 12}})
	shown(t, tab, p, around(form, around(views.PowHide(), views.Input(p, captcha))))
	until(t, tab, `document.querySelector("[name=pow]").value !== ""`)
	if ask[bool](t, tab, `document.querySelector("[data-pow-hide]").hidden`) {
		t.Error("the field vanished under the person's fingers")
	}
}

func TestThePasswordCanBeSeenAndIsHiddenAgainWhenSent(t *testing.T) {
	tab := browser(t)
	p := views.Page{Title: "Kata sandi", Scripts: []string{"password.js"}}
	shown(t, tab, p, around(views.Form(views.Post{Action: "/"}), views.PasswordInput(p, views.NewPasswordField("sandi"))))
	kind := `document.getElementById("sandi").type`
	do(t, tab, chromedp.Click("[data-reveal]"))
	if got := ask[string](t, tab, kind); got != "text" {
		t.Errorf("after the button the field is %s", got)
	}
	sent := `document.forms[0].addEventListener("submit", (e) => e.preventDefault()); document.forms[0].requestSubmit();`
	if got := ask[string](t, tab, sent+kind); got != "password" {
		t.Errorf("when sent the field is %s", got)
	}
}

func TestTheNIPIsGroupedWhenLeftAndOnlyWhenComplete(t *testing.T) {
	tab := browser(t)
	p := views.Page{Title: "NIP", Scripts: []string{"nip.js"}}
	shown(t, tab, p, views.Input(p, views.NIPField("")))
	for typed, want := range map[string]string{
		"198609262015051001":    "19860926 201505 1 001",
		"199408172022211003":    "19940817 2022 21 1 003",
		"1986.0926-201505 1001": "19860926 201505 1 001",
		"1986092620150510":      "1986092620150510",
		"NIP saya":              "NIP saya",
	} {
		script := `nip.focus(); nip.value = "` + typed + `"; nip.dispatchEvent(new Event("blur")); nip.value`
		if got := ask[string](t, tab, script); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}

func TestTheCountdownRunsByItselfAndAnnouncesItsEnd(t *testing.T) {
	tab := browser(t)
	c := views.Countdown{Until: "2020-01-01T00:00:00Z", Left: 1, Shown: "10.28 WITA", Done: "Boleh meminta lagi."}
	shown(t, tab, views.Page{Title: "Kode", Scripts: []string{"countdown.js"}}, views.Counting(c))
	until(t, tab, `document.querySelector(".counting [role=status]").textContent === "Boleh meminta lagi."`)
	if got := ask[string](t, tab, `document.querySelector("time").textContent`); got != "10.28 WITA (sekarang)" {
		t.Errorf("shows %q", got)
	}
}

func TestAPostedPageTakesTheAddressItStandsFor(t *testing.T) {
	tab := browser(t)
	shown(t, tab, views.Page{Title: "NIP", Replace: "/?dari=formulir"})
	until(t, tab, `location.search === "?dari=formulir"`)
	if got := ask[int](t, tab, `history.length`); got > 2 {
		t.Errorf("the history has %d entries: the page was added and not replaced", got)
	}
}

func TestAKeyIsCopiedWithoutItsGaps(t *testing.T) {
	tab := browser(t)
	shown(t, tab, views.Page{Title: "Kunci", Scripts: []string{"copy.js"}}, views.Key("kunci", "Kunci", "JBSWY3DPEHPK3PXP"))
	copied := `navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; 1`
	ask[int](t, tab, copied)
	do(t, tab, chromedp.Click("[data-copy]"))
	until(t, tab, `document.querySelector(".secret [role=status]").textContent === "Sudah disalin."`)
	if got := ask[string](t, tab, `window.copied`); got != "JBSWY3DPEHPK3PXP" {
		t.Errorf("copied %q", got)
	}
}

func TestErrorsTakeTheFocusWithoutJavaScript(t *testing.T) {
	tab := browser(t)
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	p, fields := questions()
	shown(t, tab, p, fields)
	if got := ask[string](t, tab, `document.activeElement.getAttribute("role")`); got != "alert" {
		t.Errorf("focus is on %q", got)
	}
}

func TestNothingScrollsSidewaysAt320_wcag1410(t *testing.T) {
	tab := browser(t)
	narrow := emulation.SetDeviceMetricsOverrideParams{Width: 320, Height: 640, DeviceScaleFactor: 1, Mobile: true}
	if _, err := chromedp.Call(tab, emulation.SetDeviceMetricsOverride, narrow); err != nil {
		t.Fatal(err)
	}
	p, fields := questions()
	table := views.Table{Caption: "Tiket", Head: []views.Column{{Text: "Nomor"}, {Text: "Status"}, {Text: "Sisa", Number: true}}, Rows: [][]views.Cell{
		{{Text: "PUL-7K3M-9QXD", Href: "/", Code: true}, {Body: views.Tag(views.ToneWait, "Menunggu persetujuan petugas kedua")}, {Text: "1 j 20 m"}},
	}}
	shown(t, tab, p, fields, views.DataTable(table), views.Card("Panjang"), views.BarChart(twoSeries()),
		views.Key("kunci", "Kunci", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), views.QR("data:image/png;base64,", "QR", 240),
		views.Clocks([]views.Clock{{Zone: "WITA", Time: "10.27", Date: "Senin"}, {Zone: "WIT", Time: "11.27"}}))
	wide := `[...document.querySelectorAll("body *")].filter((e) => !e.closest(".plot, .sr") && e.getBoundingClientRect().right > 320.5).map((e) => e.tagName + "." + e.className).join(" ")`
	if got := ask[int](t, tab, `document.documentElement.scrollWidth`); got != 320 {
		t.Errorf("the page is %d px wide because of %s", got, ask[string](t, tab, wide))
	}
}
