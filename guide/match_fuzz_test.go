package guide

import (
	"strings"
	"testing"
)

func FuzzMatch(f *testing.F) {
	c, err := LoadCatalogue(Builtin(), words)
	if err != nil {
		f.Fatal(err)
	}
	for _, typed := range []string{"", "invalid authenticator code", "kode\x00otp\xff", "10x 10x", strings.Repeat("é", 5000), "'''“”", "ＯＴＰ １２３"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		found := c.Match(typed)
		if len(found) > mostMatched {
			t.Fatalf("%q: %d matches", typed, len(found))
		}
		for _, m := range found {
			if !(m.Score >= leastScore && m.Score <= 1) {
				t.Fatalf("%q: %s %v", typed, m.Symptom.Key, m.Score)
			}
		}
	})
}
