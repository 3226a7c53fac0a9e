package faults

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// seen is what the report tells.
var seen sights

type sights struct {
	mu   sync.Mutex
	rows []string
}

// saw puts a line into the report: how often a fault came, what was looked at
// after it, and what was counted.
func saw(t *testing.T, fault, looked, counted string, values ...any) {
	t.Helper()
	verdict := "held"
	if t.Failed() {
		verdict = "**failed**"
	}
	line := fmt.Sprintf("| %s | %s | %s | %s |\n", fault, looked, fmt.Sprintf(counted, values...), verdict)
	t.Log(line)
	seen.mu.Lock()
	defer seen.mu.Unlock()
	seen.rows = append(seen.rows, line)
}

// String is the report in Markdown.
func (s *sights) String() string {
	form := "short"
	if *full {
		form = "full"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# The last run of the faults\n\nThe %s form, on %s, with %d cores. Written by `make faults`; what each line means stands in [faults.md](faults.md).\n\n",
		form, time.Now().Format("2 January 2006"), runtime.NumCPU())
	b.WriteString("| fault | what was looked at | counted | |\n|---|---|---|---|\n")
	for _, row := range s.rows {
		b.WriteString(row)
	}
	return b.String()
}
