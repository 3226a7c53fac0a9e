package static_test

import (
	"path"
	"path/filepath"
	"testing"
)

// publicScripts are what a person without an account may load (design.md,
// "JavaScript": at most 6 KB in all).
var publicScripts = []string{"password.js", "nip.js", "copy.js", "countdown.js", "pow.js"}

func TestTheStylesheetWeighsAtMost5KB(t *testing.T) {
	if got := weight(t, "pulih.css"); got > 5<<10 {
		t.Errorf("pulih.css is %d bytes compressed", got)
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
