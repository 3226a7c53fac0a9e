package db

import (
	"database/sql"
	"os"
	"sync"
)

// Stats are what this process knows of its work with the database without
// asking it, for the operator's metrics.
type Stats struct {
	Pools   map[string]sql.DBStats // "write" and "read"; PostgreSQL has one for both
	Batches Batches
	WAL     int64           // bytes of SQLite's log beside the file; 0 elsewhere
	Jobs    map[string]bool // by lease: does this process do the job now?
}

// Batches say how many Writes shared each commit on SQLite, which waits for the
// disk once. AtMost counts commits by the most Writes they held. PostgreSQL makes
// one for each Write, and gathers those that come together itself.
type Batches struct {
	Commits, Writes uint64
	AtMost          map[float64]uint64
}

// File is the path of SQLite's file, "" on PostgreSQL: the disk to watch.
func (d *DB) File() string {
	if d.Engine == Postgres {
		return ""
	}
	return d.url
}

// Stats reads them.
func (d *DB) Stats() Stats {
	s := Stats{Pools: map[string]sql.DBStats{"write": d.w.Stats()}, Batches: d.together.sizes.read(), Jobs: d.leases.held(d.Now())}
	if d.r != d.w {
		s.Pools["read"] = d.r.Stats()
	}
	if info, err := os.Stat(d.File() + "-wal"); err == nil && d.Engine == SQLite {
		s.WAL = info.Size()
	}
	return s
}

var batchEnds = []float64{1, 2, 4, 8, 16, 32, 64, 128, mostJobs}

// sizes counts batches. Its zero value is ready.
type sizes struct {
	mu  sync.Mutex
	sum Batches
}

func (s *sizes) add(jobs int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sum.AtMost == nil {
		s.sum.AtMost = map[float64]uint64{}
	}
	s.sum.Commits++
	s.sum.Writes += uint64(jobs)
	for _, end := range batchEnds {
		if float64(jobs) <= end {
			s.sum.AtMost[end]++
		}
	}
}

func (s *sizes) read() Batches {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.sum
	b.AtMost = map[float64]uint64{}
	for _, end := range batchEnds {
		b.AtMost[end] = s.sum.AtMost[end]
	}
	return b
}

// leases are those that this process asked for.
type leases struct {
	mu  sync.Mutex
	all []*Lease
}

func (l *leases) add(one *Lease) *Lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, one)
	return one
}

func (l *leases) held(now Time) map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	held := map[string]bool{}
	for _, one := range l.all {
		at := Time(one.seen.Load())
		held[one.name] = held[one.name] || at != 0 && now < at.Add(leaseLife)
	}
	return held
}
