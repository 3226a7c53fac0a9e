package db

import (
	"slices"
	"sync"
)

// Changed notes that the transaction changes what table shows, so that those
// who watch it read again once it has committed.
func (t *Tx) Changed(table string) { t.changed = append(t.changed, table) }

// Watch signals after commits that changed table. The signal carries nothing
// and may stand for several commits: a watcher reads, it does not replay.
// The channel closes with stop or with the database.
func (d *DB) Watch(table string) (changed <-chan struct{}, stop func()) {
	return d.watchers.add(table)
}

type watchers struct {
	mu     sync.Mutex
	all    map[string][]chan struct{}
	told   map[string]int // how often, by table
	closed bool
}

// version changes with each commit of this process that changed the table.
func (w *watchers) version(table string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return 1 + w.told[table]
}

func (w *watchers) add(table string) (<-chan struct{}, func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := make(chan struct{}, 1)
	if w.closed {
		close(c)
		return c, func() {}
	}
	if w.all == nil {
		w.all = map[string][]chan struct{}{}
	}
	w.all[table] = append(w.all[table], c)
	return c, func() { w.remove(table, c) }
}

func (w *watchers) remove(table string, c chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i := slices.Index(w.all[table], c); i >= 0 {
		w.all[table] = slices.Delete(w.all[table], i, i+1)
		close(c)
	}
}

func (w *watchers) tell(tables []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, table := range tables {
		if w.told == nil {
			w.told = map[string]int{}
		}
		w.told[table]++
		for _, c := range w.all[table] {
			select {
			case c <- struct{}{}:
			default:
			}
		}
	}
}

// tellAll tells that any table may have changed.
func (w *watchers) tellAll() {
	w.mu.Lock()
	var tables []string
	for table := range w.all {
		tables = append(tables, table)
	}
	for table := range w.told {
		tables = append(tables, table)
	}
	w.mu.Unlock()
	w.tell(tables)
}

func (w *watchers) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, list := range w.all {
		for _, c := range list {
			close(c)
		}
	}
	w.all, w.closed = nil, true
}
