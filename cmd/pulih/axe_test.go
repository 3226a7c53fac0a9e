package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeSum is of axe.min.js as the npm package axe-core@4.14.1 has it.
const axeSum = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

func TestAxeIsTheOneThatWasPublished(t *testing.T) {
	if sum := sha256.Sum256([]byte(axe(t))); hex.EncodeToString(sum[:]) != axeSum {
		t.Errorf("axe.min.js is %x", sum)
	}
}

func axe(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEveryPageIsAccessible makes the visits and the journeys with axe-core,
// on a phone and on a desk, in light and in dark: no violation of WCAG 2.2 A
// and AA or of the best practices, targets of at least 24 px (SC 2.5.8), and
// nothing to scroll sideways, at 320 px neither (SC 1.4.10). Every page of
// the table of routes is among them.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	w, browser, x := newWorld(t, ""), newChromium(t), newExam(t)
	open := func(t *testing.T) *tab {
		b := newTab(t, browser, w.Base, 360, true)
		b.exam = x
		return b
	}
	for _, j := range slices.Concat(visits, journeys) {
		t.Run(j.name, func(t *testing.T) {
			w.t = t
			j.walk(w, func() *tab { return open(t) }, w.member())
		})
	}
	x.missed(t)
}

// exam looks once at each page in each of its faces.
type exam struct {
	axe  string
	seen map[string]bool // paths, and paths with what stands there
}

func newExam(t *testing.T) *exam { return &exam{axe(t), map[string]bool{}} }

// of examines the page of a tab, and leaves the window as it was.
func (x *exam) of(b *tab) {
	b.t.Helper()
	face := b.evaluate(`location.pathname + " " + document.querySelector("main").innerText.replace(/[0-9]+/g, "")`)
	if x.seen[face] {
		return
	}
	x.seen[face], x.seen[b.evaluate(`location.pathname`)] = true, true
	was := b.width
	b.do(chromedp.Evaluate[chromedp.Void](x.axe))
	for _, width := range []int64{1280, 360} {
		for _, scheme := range []string{"dark", "light"} {
			b.look(width, scheme)
			b.narrow()
			b.shot(scheme)
			for _, v := range b.violations(asked[scheme]) {
				b.t.Errorf("%s, %d px, %s: %s", b.where(), width, scheme, v)
			}
		}
	}
	b.look(320, "light")
	b.narrow()
	b.look(was, "light")
}

// noPage are addresses that draw nothing to look at. A file's content is saved
// and never shown as a page (UP-03).
var noPage = map[string]bool{"/petugas/tiket/:no/berkas/:berkas/isi": true, "/petugas/laporan/ekspor/:id/berkas": true, "/sehat": true, "/siap": true, "/robots.txt": true, "/static/:name": true, "/gerbang/:id": true,
	"/cek-jam/waktu": true, "/cek-jam/acara": true, "/petugas/acara": true, "/petugas": true, "/kartu": true, "/pulihkan/kode/:token": true, "/pulihkan-mfa/kode/:token": true, "/pulihkan-mfa/lanjut/:token": true,
	"/aktivasi/kode/:token": true, "/buka-kunci/kode/:token": true}

// missed fails for each page of the program that was never examined.
func (x *exam) missed(t *testing.T) {
	t.Helper()
	table, err := os.ReadFile("../../app/testdata/routes.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range regexp.MustCompile(`(?m)^GET +(/\S*)`).FindAllStringSubmatch(string(table), -1) {
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`:\w+`).ReplaceAllString(line[1], "[^/]+") + "$")
		if !noPage[line[1]] && !slices.ContainsFunc(slices.Collect(maps.Keys(x.seen)), pattern.MatchString) {
			t.Errorf("no visit and no journey shows %s: add a line to visits", line[1])
		}
	}
}

// look sets the width of the window and the colours that the system asks for,
// at once.
func (b *tab) look(width int64, scheme string) {
	b.t.Helper()
	b.width = width
	b.do(chromedp.EmulateViewport(width, 800), func(ctx context.Context, target *chromedp.Target) (none chromedp.Void, err error) {
		_, err = cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return none, err
	})
}

// asked is what is looked for; in the dark only colours differ. The rule of
// target sizes is off unless it is asked for.
var asked = map[string]string{
	"light": `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`,
	"dark":  `['cat.color']`,
}

const axeRun = `axe.run(document, {
	runOnly: {type: 'tag', values: %s},
	rules: {'target-size': {enabled: true}},
	resultTypes: ['violations'],
}).then(found => ({
	Passed: found.passes.map(r => r.id),
	Violations: found.violations.flatMap(v => v.nodes.map(n => v.id + ' at ' + n.target.join(' ') + ': ' + n.failureSummary)),
}))`

func (b *tab) violations(tags string) []string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	type result struct{ Passed, Violations []string }
	found, err := chromedp.Run(ctx, chromedp.Evaluate[result](fmt.Sprintf(axeRun, tags), chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail("axe: %v", err)
	}
	if len(found.Violations) == 0 && !slices.Contains(found.Passed, "color-contrast") {
		b.fail("axe looked at nothing: %v", found.Passed)
	}
	return found.Violations
}
