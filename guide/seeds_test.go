package guide

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
)

// How many tips each article gives. A tip taken out of seeds.yaml is missed.
var tips = map[string]int{"S0": 7, "S1": 11, "S2": 20, "S3": 35, "S4": 21}

type tip struct {
	Tip, Overridden string
	Covered         []string
}

func TestEverySeedTipIsCoveredOrOverridden(t *testing.T) {
	c := catalogue(t)
	for seed, list := range seedTips(t) {
		if len(list) != tips[seed] {
			t.Errorf("%s: %d tips, want %d", seed, len(list), tips[seed])
		}
		for _, tip := range list {
			if tip.Tip == "" || len(tip.Covered) == 0 {
				t.Errorf("%s: %q is said nowhere", seed, tip.Tip)
			}
			for _, place := range tip.Covered {
				if !exists(c, place) {
					t.Errorf("%s: %q: no place %s", seed, tip.Tip, place)
				}
			}
		}
	}
}

func seedTips(t *testing.T) map[string][]tip {
	t.Helper()
	text, err := os.ReadFile("catalogue/seeds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var found map[string][]tip
	if err := yaml.UnmarshalWithOptions(text, &found, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(found) != len(tips) {
		t.Fatalf("%d articles", len(found))
	}
	return found
}

func exists(c *Catalogue, place string) bool {
	kind, name, _ := strings.Cut(place, "/")
	if kind == "panduan" {
		return slices.ContainsFunc(c.Guide(), func(p GuidePage) bool { return p.Key == name })
	}
	key, step, _ := strings.Cut(name, "/")
	s, ok := c.Symptom(key)
	return kind == "gejala" && ok && s.place(step) >= 0
}

// These tips are known to be wrong (domain.md §1.6, corrections): each must say why, not only where.
func TestWrongTipsAreOverriddenWithAReason_domain16(t *testing.T) {
	found := seedTips(t)
	for _, wrong := range []struct {
		seed string
		part string
	}{
		{"S4", "install it again"}, {"S1", "delete the entry, then reset"}, {"S0", "time zone"}, {"S3", "time zone"},
		{"S2", "search for"}, {"S2", "let Google keep"}, {"S4", "app deleted"}, {"S3", "browser's cache"},
	} {
		i := slices.IndexFunc(found[wrong.seed], func(t tip) bool { return strings.Contains(t.Tip, wrong.part) })
		if i < 0 || found[wrong.seed][i].Overridden == "" {
			t.Errorf("%s: nothing overrides %q", wrong.seed, wrong.part)
		}
	}
}

// shingle is how many words in a row make a sentence somebody else's.
const shingle = 6

const shinglesFile = "testdata/seed_shingles.txt"

// TestNoSentenceOfTheSeedsIsCopied compares with hashes only: the articles are not ours to keep. Whoever has them
// writes the hashes with SEEDS=folder go test -run Copied ./guide.
func TestNoSentenceOfTheSeedsIsCopied(t *testing.T) {
	if folder := os.Getenv("SEEDS"); folder != "" {
		writeShingles(t, folder)
	}
	theirs := readShingles(t)
	if len(theirs) < 3000 {
		t.Fatalf("%d hashes", len(theirs))
	}
	c, err := LoadCatalogue(Builtin(), Words{"ASN Digital", "asndigital.bkn.go.id", "public-siasn"})
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	c.prose(func(place string, text *string) {
		checked++
		if copied := copiedFrom(theirs, *text); copied != "" {
			t.Errorf("%s: %q", place, copied)
		}
	})
	if checked < 500 {
		t.Errorf("checked %d texts", checked)
	}
}

func TestCopiedSentenceIsSeen(t *testing.T) {
	theirs := map[string]bool{}
	for _, s := range shinglesOf("satu dua tiga empat lima enam tujuh delapan sembilan") {
		theirs[hashed(s)] = true
	}
	if copiedFrom(theirs, "Nol, satu: dua tiga Empat lima; enam delapan.") == "" || copiedFrom(theirs, "satu dua tiga empat lima") != "" {
		t.Error("a copied sentence is not seen, or a short one is")
	}
}

func copiedFrom(theirs map[string]bool, text string) string {
	for _, s := range shinglesOf(text) {
		if theirs[hashed(s)] {
			return s
		}
	}
	return ""
}

func shinglesOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var found []string
	for i := 0; i+shingle <= len(words); i++ {
		found = append(found, strings.Join(words[i:i+shingle], " "))
	}
	return found
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

func readShingles(t *testing.T) map[string]bool {
	t.Helper()
	file, err := os.Open(shinglesFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	found := map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		found[lines.Text()] = true
	}
	return found
}

func writeShingles(t *testing.T, folder string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range shinglesOf(string(text)) {
			found = append(found, hashed(s))
		}
	}
	slices.Sort(found)
	if err := os.WriteFile(shinglesFile, []byte(strings.Join(slices.Compact(found), "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}
