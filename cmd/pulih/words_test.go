package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pulih/guide"
)

// An editor copies the words, changes one, is told of a slip, which a start
// refuses too, and mends it.
func TestAnEditorChangesTheWords(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "kata")
	var out bytes.Buffer
	if err := (&wordsCopyCmd{folder, screen{&out}}).Run(); err != nil {
		t.Fatal(err)
	}
	if err := (&wordsCopyCmd{folder, screen{&out}}).Run(); err == nil {
		t.Error("a second copy wrote over the first")
	}
	change := func(old, new string) {
		file := filepath.Join(folder, "questions.yaml")
		text, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, []byte(strings.Replace(string(text), old, new, 1)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	check := func() error { return (&wordsCheckCmd{folder, screen{&out}}).Run() }
	change("text: Pesan apa yang muncul?", "teks: Apa yang tertulis di layar?")
	if err := check(); err == nil || !strings.Contains(sentence(err), "questions.yaml") {
		t.Errorf("a slip: %v", err)
	}
	lawRefused(t, "words with a slip", "questions.yaml", func(s map[string]string) { s["catalogue"] = folder })
	change("teks:", "text:")
	if err := check(); err != nil {
		t.Error(err)
	}
	c, err := guide.LoadCatalogue(wordsFlags{Catalogue: folder}.files(), guide.Words{})
	if err != nil {
		t.Fatal(err)
	}
	if first, _ := c.Question(guide.First); first.Text != "Apa yang tertulis di layar?" {
		t.Errorf("the first question is %q", first.Text)
	}
}
