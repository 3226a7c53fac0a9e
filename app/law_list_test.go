package app

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// lawSections are the team's list of requirements: how many each section has.
var lawSections = map[string]int{"RC": 17, "ET": 16, "TV": 14, "PW": 9, "SE": 9, "CA": 6, "EN": 9, "RL": 9, "NO": 6, "SC": 4, "HD": 7, "LG": 4, "UP": 7, "ST": 10, "PR": 8}

const lawAdvisories = 35

var lawRow = regexp.MustCompile(`(?m)^\| ([A-Z]{2}-\d\d|\d{1,2}) \| (.*) \| ([^|]*) \|$`)

// Every requirement of the list and every advisory has its row in
// docs/security.md, with a test that holds it or a sentence that says why
// there is none. So `git grep RC-09` finds what became of each.
func TestEveryRequirementIsHeld(t *testing.T) {
	held := map[string][]string{}
	for _, row := range lawRow.FindAllStringSubmatch(string(must(os.ReadFile("../docs/security.md"))(t)), -1) {
		if held[row[1]] != nil {
			t.Errorf("%s is there twice", row[1])
		}
		held[row[1]] = row[2:]
	}
	for section, n := range lawSections {
		for i := range n {
			lawHeld(t, held, fmt.Sprintf("%s-%02d", section, i+1))
		}
	}
	for i := range lawAdvisories {
		lawHeld(t, held, fmt.Sprint(i+1))
	}
}

// lawPromise is a sentence that tells of something that does not exist yet.
var lawPromise = regexp.MustCompile(`(?i)\bcomes? (with|later)\b|not built yet`)

func lawHeld(t *testing.T, held map[string][]string, id string) {
	t.Helper()
	row := held[id]
	switch {
	case row == nil:
		t.Errorf("docs/security.md has no row for %s", id)
	case lawPromise.MatchString(row[0]):
		t.Errorf("%s is a promise: %s", id, row[0])
	case !lawNamed.MatchString(row[1]) && len(strings.Fields(row[0])) < 6:
		t.Errorf("%s has neither a test nor a reason", id)
	}
}
