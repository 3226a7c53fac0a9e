package app

import (
	"net/http"
	"sync"
	"testing"

	"pulih/db/dbtest"
)

// gatePages are the pages of the bench's rows, and how many bytes of each may
// travel: a tenth above what was measured. Only what shows nobody's data is
// compressed (renderOpen); a desk has fifty rows here.
var gatePages = map[string]int{
	"start page": 1992, "queue page": 66606, "filtered page": 66611, "search": 54256, "ticket page": 13205, "report": 47685, "code try": 4860,
}

// TestNoPageIsHeavier: what travels is a cost on a line of 2G, at the counter
// too.
func TestNoPageIsHeavier(t *testing.T) {
	d, clock := dbtest.New(t)
	x := newGateTest(t, d, clock)
	for _, g := range gateRows {
		most, page := gatePages[g.name]
		if !page {
			continue
		}
		r := g.make(x, 0)
		r.Header.Set("Accept-Encoding", "gzip")
		w := x.serves(g, r)
		if w.Body.Len() > most {
			t.Errorf("%s: %d bytes, at most %d", g.name, w.Body.Len(), most)
		}
	}
}

// mostCommits are those of a thousand requests that are filed at once. Each
// commit waits for the disk (synchronous=FULL), so they are the fsyncs of the
// log; a checkpoint adds two for some thousand pages.
const mostCommits = 250

// TestAThousandFilingsShareCommits: one machine's disk is what a night of
// hundreds of thousands meets first.
func TestAThousandFilingsShareCommits(t *testing.T) {
	d, clock := dbtest.New(t)
	x := newGateTest(t, d, clock)
	g := gateRows[4]
	all := make([]*http.Request, 1000)
	for n := range all {
		all[n] = g.make(x, n)
	}
	filed, before := x.countRows(`SELECT count(*) FROM tickets`), d.Stats().Batches.Commits
	var wg sync.WaitGroup
	for _, r := range all {
		wg.Go(func() { x.serves(g, r) })
	}
	wg.Wait()
	commits, filed := d.Stats().Batches.Commits-before, x.countRows(`SELECT count(*) FROM tickets`)-filed
	if commits < 1 || commits > mostCommits || filed != len(all) {
		t.Errorf("%d were filed with %d commits, at most %d", filed, commits, mostCommits)
	}
	t.Logf("%d were filed with %d commits", filed, commits)
}
