package tickets

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the drawing of the states anew")

const drawing = "../docs/states.md"

// TestStatesAreDrawn keeps docs/states.md the picture of the table.
func TestStatesAreDrawn(t *testing.T) {
	got := draw()
	if *update {
		if err := os.WriteFile(drawing, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(drawing)
	if err != nil || string(want) != got {
		t.Fatalf("%s is not the table (%v): go test ./tickets -run Drawn -update", drawing, err)
	}
}

func draw() string {
	var b strings.Builder
	b.WriteString("# The states of a ticket\n\nDrawn from the table in `tickets/state.go` by its test; not written by hand.\n\n```mermaid\nstateDiagram-v2\n")
	var stay []string
	for _, r := range table {
		label := fmt.Sprintf("%s (%s)", r.Verb, joinWho(r.Who))
		if r.To == same {
			stay = append(stay, fmt.Sprintf("| %s | %s | %s |\n", r.Verb, joinWho(r.Who), joinStates(r.From)))
			continue
		}
		for _, from := range r.From {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", point(from), r.To, label)
		}
	}
	for _, s := range States {
		if !s.Live() && s != Escalated && s != Merged && s != Done {
			fmt.Fprintf(&b, "    %s --> [*]\n", s)
		}
	}
	b.WriteString("```\n\nVerbs that leave the state as it is:\n\n| verb | who | in |\n|---|---|---|\n" + strings.Join(stay, ""))
	return b.String()
}

func point(s State) string {
	if s == None {
		return "[*]"
	}
	return string(s)
}

func joinWho(all []who) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = string(w)
	}
	return strings.Join(words, ", ")
}

func joinStates(all []State) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}

// TestNoVerbIsTwiceInAState: find must not depend on the order of the table.
func TestNoVerbIsTwiceInAState(t *testing.T) {
	for _, s := range append([]State{None}, States...) {
		seen := map[Verb]bool{}
		for _, r := range table {
			if slices.Contains(r.From, s) {
				if seen[r.Verb] {
					t.Errorf("%s twice in %q", r.Verb, s)
				}
				seen[r.Verb] = true
			}
		}
	}
}

// TestEndsStayEnds_impostor21: nothing leads out of an end but "Bukan saya"
// after done, and Reopen, whose guard keeps solved changes solved.
func TestEndsStayEnds_impostor21(t *testing.T) {
	for _, r := range table {
		for _, from := range r.From {
			again := r.Verb == VerbReopen && (from == Done || from == Refused)
			if from != None && !from.Live() && !(from == Done && r.Verb == VerbDisown) && !again {
				t.Errorf("%s leads out of %s", r.Verb, from)
			}
		}
	}
}

// TestEveryVerbIsTold: a verb without words would be a blank line of the history.
func TestEveryVerbIsTold(t *testing.T) {
	for _, r := range table {
		if verbTexts[r.Verb] == "" {
			t.Errorf("%s has no text", r.Verb)
		}
	}
}
