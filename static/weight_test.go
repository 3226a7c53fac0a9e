package static_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// publicScripts are what a person without an account may load (design.md,
// "JavaScript": at most 6 KB in all).
var publicScripts = []string{"password.js", "nip.js", "copy.js", "countdown.js", "pow.js", "clock.js", "replace.js", "wait.js", "print.js", "photo.js"}

func TestTheStylesheetWeighsAtMost5KB(t *testing.T) {
	if got := weight(t, "pulih.css"); got > 5<<10 {
		t.Errorf("pulih.css is %d bytes compressed", got)
	}
}

// TestTheReportStylesheetWeighsAtMost3KB: supervisors fetch it besides.
func TestTheReportStylesheetWeighsAtMost3KB(t *testing.T) {
	if got := weight(t, "laporan.css"); got > 3<<10 {
		t.Errorf("laporan.css is %d bytes compressed", got)
	}
}

// TestTheStylesheetsKeepTheirRules: tightening may lose white space only.
func TestTheStylesheetsKeepTheirRules(t *testing.T) {
	bare := func(css string) string {
		css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
		return strings.Join(strings.Fields(css), "")
	}
	for file, spaced := range map[string]string{"pulih.css": "main form, .stack", "laporan.css": "main > .paper-head"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		served := read(t, ask(t, "GET", load(t).URL(file)).Body)
		if bare(served) != bare(string(source)) {
			t.Errorf("what is served says something else than %s", file)
		}
		if !strings.Contains(served, spaced) {
			t.Errorf("%s: a space that separates selectors was lost", file)
		}
	}
}

func TestPublicScriptsWeighAtMost6KB(t *testing.T) {
	sum := 0
	for _, name := range publicScripts {
		one := weight(t, name)
		if sum += one; one > 1500 {
			t.Errorf("%s is %d bytes compressed, 1500 are allowed", name, one)
		}
	}
	if sum > 6<<10 {
		t.Errorf("the public scripts are %d bytes compressed", sum)
	}
}

// TestEveryScriptIsServed catches a file that the embed pattern misses.
func TestEveryScriptIsServed(t *testing.T) {
	scripts, err := filepath.Glob("js/*.js")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts found", err)
	}
	for _, script := range scripts {
		if weight(t, path.Base(script)) == 0 {
			t.Errorf("%s is empty", script)
		}
	}
}

// weight is what travels for one file.
func weight(t *testing.T, name string) int {
	t.Helper()
	response := ask(t, "GET", load(t).URL(name), "Accept-Encoding", "gzip")
	if response.StatusCode != 200 {
		t.Fatalf("%s: status %d", name, response.StatusCode)
	}
	return len(read(t, response.Body))
}

// TestEveryDigitIsSpoken: scripts/digits makes them, well under 100 KB.
func TestEveryDigitIsSpoken(t *testing.T) {
	assets, sum := load(t), 0
	for n := range byte(10) {
		spoken := assets.Digit(n)
		if sum += len(spoken); len(spoken) < 2000 || len(spoken) > 6000 {
			t.Errorf("digit %d is %d samples long", n, len(spoken))
		}
	}
	if sum > 50<<10 {
		t.Errorf("the digits are %d bytes", sum)
	}
}
