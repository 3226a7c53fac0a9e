package static_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The pairs that stand on each other somewhere. Text needs 4.5 : 1 (WCAG
// 1.4.3), the edge of a control or a focus ring 3 : 1 (1.4.11).
var (
	textPairs = [][2]string{
		{"ink", "ground"}, {"ink", "sheet"}, {"ink", "blue-bg"}, {"ink", "red-bg"},
		{"ink", "green-bg"}, {"ink", "amber-bg"}, {"ink", "grey-bg"},
		{"muted", "ground"}, {"muted", "sheet"}, {"muted", "blue-bg"}, {"muted", "grey-bg"},
		{"muted", "amber-bg"}, {"muted", "red-bg"}, {"muted", "green-bg"},
		{"blue", "ground"}, {"blue", "sheet"}, {"blue", "blue-bg"}, {"blue", "amber-bg"},
		{"blue", "green-bg"}, {"blue", "red-bg"}, {"blue-deep", "sheet"}, {"blue-deep", "ground"},
		{"on-blue", "blue"}, {"on-blue", "blue-deep"}, {"on-red", "red"}, {"on-band", "band"},
		{"red", "sheet"}, {"red", "ground"}, {"red", "red-bg"}, {"green", "green-bg"},
		{"green", "sheet"}, {"amber", "amber-bg"}, {"ring-ink", "ring"},
		{"on-heat", "heat-a"}, {"on-heat", "heat-b"}, {"on-heat", "heat-c"},
		{"on-heat-deep", "heat-d"}, {"on-heat-deep", "heat-e"},
	}
	edgePairs = [][2]string{
		{"edge", "sheet"}, {"edge", "ground"}, {"blue", "sheet"}, {"red", "sheet"},
		{"ring-ink", "ring"}, {"ring", "band"},
		{"green", "green-bg"}, {"amber", "sheet"}, {"green", "sheet"}, {"muted", "sheet"}, {"heat-e", "sheet"},
	}
	token = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
)

// schemes returns the tokens in light and in dark, where dark overrides light.
func schemes(t *testing.T) map[string]map[string]string {
	t.Helper()
	var light, dark string
	for _, sheet := range sheets {
		head, _ := halves(t, sheet.file, sheet.rules)
		day, night, split := strings.Cut(head, "prefers-color-scheme: dark")
		if !split {
			t.Fatal("the tokens are not where this test looks for them")
		}
		light, dark = light+day, dark+night
	}
	return map[string]map[string]string{"light": tokens(light), "dark": tokens(light + dark)}
}

// sheets are the stylesheets, and the first words after their tokens.
var sheets = []struct{ file, rules string }{{"pulih.css", "/* Ground */"}, {"laporan.css", "/* Figures */"}}

func halves(t *testing.T, file, rules string) (head, rest string) {
	t.Helper()
	css, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(css), rules)
	if !found {
		t.Fatalf("%s has no %q", file, rules)
	}
	return head, rest
}

// TestTheHeatStepsSurviveAGreyPrint: each density is told from the one before
// by its lightness alone, the first from blank ground.
func TestTheHeatStepsSurviveAGreyPrint(t *testing.T) {
	for scheme, colours := range schemes(t) {
		steps := []string{"sheet", "heat-a", "heat-b", "heat-c", "heat-d", "heat-e"}
		for i, step := range steps[1:] {
			if got := contrast(t, colours[steps[i]], colours[step]); got < 1.3 {
				t.Errorf("%s: %s after %s is %.2f, needs 1.3", scheme, step, steps[i], got)
			}
		}
		up := luminance(t, colours["heat-a"]) < luminance(t, colours["heat-e"])
		for i, step := range steps[2:] {
			if luminance(t, colours[steps[i+1]]) < luminance(t, colours[step]) != up {
				t.Errorf("%s: %s turns back", scheme, step)
			}
		}
	}
}

func tokens(css string) map[string]string {
	found := map[string]string{}
	for _, match := range token.FindAllStringSubmatch(css, -1) {
		found[match[1]] = match[2]
	}
	return found
}

func TestContrast_wcag143(t *testing.T)  { checkPairs(t, textPairs, 4.5) }
func TestContrast_wcag1411(t *testing.T) { checkPairs(t, edgePairs, 3) }

func checkPairs(t *testing.T, pairs [][2]string, least float64) {
	t.Helper()
	for scheme, colours := range schemes(t) {
		for _, pair := range pairs {
			got := contrast(t, colours[pair[0]], colours[pair[1]])
			if got < least {
				t.Errorf("%s: %s on %s is %.2f, needs %.1f", scheme, pair[0], pair[1], got, least)
			}
		}
	}
}

// TestTheFocusRingIsSeenOnEveryGround: the ring has two colours, and one of
// them must stand out from whatever is behind it.
func TestTheFocusRingIsSeenOnEveryGround(t *testing.T) {
	for scheme, colours := range schemes(t) {
		for _, ground := range []string{"ground", "sheet", "band", "blue-bg", "red-bg", "grey-bg", "blue", "red"} {
			yellow := contrast(t, colours["ring"], colours[ground])
			black := contrast(t, colours["ring-ink"], colours[ground])
			if math.Max(yellow, black) < 3 {
				t.Errorf("%s: ring on %s is %.2f and %.2f", scheme, ground, yellow, black)
			}
		}
	}
}

// contrast is WCAG's ratio of relative luminances.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	value, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 24)
	if err != nil {
		t.Fatalf("token is not a colour: %q", colour)
	}
	channel := func(shift int) float64 {
		c := float64(value>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

// TestOnlyTokensAreColours keeps a stray colour from escaping the checks.
func TestOnlyTokensAreColours(t *testing.T) {
	for _, sheet := range sheets {
		_, rules := halves(t, sheet.file, sheet.rules)
		rules, _, _ = strings.Cut(rules, "@media print")
		for _, stray := range regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b`).FindAllString(rules, -1) {
			if stray != "#fff" && stray != "#000" { // paper: a QR and a slip are white in both schemes
				t.Errorf("%s: colour %s is no token", sheet.file, stray)
			}
		}
	}
}
