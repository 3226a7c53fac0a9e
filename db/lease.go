package db

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// leaseLife is how long a job rests when the process that did it is killed.
	leaseLife = 10 * time.Second
	// handOver is longer than any lease lies free between two processes: who
	// serves asks for each of his once a second.
	handOver = 2 * time.Second
)

// Lease lets one of all processes do a job. It saves work and is no lock: a
// process that stood still may go on after another one has taken over, so each
// job must be a compare-and-swap too.
type Lease struct {
	db   *DB
	name string

	mu   sync.Mutex
	held Time         // renewed at; 0 while another process has it
	seen atomic.Int64 // held, for whoever only wants to know
}

const (
	// One that would run far longer than any lasts was taken by a clock that was
	// ahead, and is free; a few seconds between two machines do not matter.
	takeLease = `UPDATE leases SET holder = $2, until = $3 WHERE name = $1 AND (holder = $2 OR until <= $4 OR until > $5)`
	makeLease = `INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`
	allLeases = `SELECT name, holder, until FROM leases ORDER BY name`
	dropLease = `DELETE FROM leases WHERE name = $1 AND holder = $2`
	// One that was given back stays, so that whoever looks knows of it.
	freeLease = `UPDATE leases SET holder = '', until = $3 WHERE name = $1 AND holder = $2`
)

// leasesSince is the version of the schema since which a process that serves
// can be seen.
const leasesSince = 140

// Leased tells whether any process serves. By the clock here a lease may be
// over, or far ahead, and its holder alive with a clock of his own: such a one
// is renewed within its life, so Leased watches it for that long. What one
// process has given back, another one may be about to take.
func (d *DB) Leased(ctx context.Context) (bool, error) {
	return d.leased(ctx, func(length time.Duration) { pause(ctx, length) })
}

func (d *DB) leased(ctx context.Context, wait func(time.Duration)) (bool, error) {
	before, err := d.allHolds(ctx)
	if err != nil || len(before) == 0 {
		return false, err
	}
	now := d.Now()
	if slices.ContainsFunc(before, func(h hold) bool { return h.lasts(now) }) {
		return true, nil
	}
	if slices.ContainsFunc(before, hold.taken) {
		wait(leaseLife)
	} else {
		wait(handOver)
	}
	after, err := d.allHolds(ctx)
	return !slices.Equal(before, after), err
}

// hold is a lease as all processes see it.
type hold struct {
	name, holder string
	until        Time
}

func (h hold) taken() bool { return h.holder != "" }

func (h hold) lasts(now Time) bool {
	return h.taken() && h.until > now && h.until <= now.Add(3*leaseLife)
}

func (d *DB) allHolds(ctx context.Context) (all []hold, err error) {
	version, err := d.Version(ctx)
	if err != nil || version < leasesSince {
		return nil, err
	}
	err = d.Read(ctx, func(tx *Tx) error {
		all, err = All(ctx, tx, scanHold, allLeases)
		return err
	})
	return all, err
}

func scanHold(row Scanner) (h hold, err error) {
	err = row.Scan(&h.name, &h.holder, &h.until)
	return h, err
}

// Lease is this process's hold on a job; nobody has it yet.
func (d *DB) Lease(name string) *Lease { return d.leases.add(&Lease{db: d, name: name}) }

// Do does the job if it is this process's, and keeps the lease for as long as
// that takes. Should it be lost meanwhile, the job's ctx ends.
func (l *Lease) Do(ctx context.Context, job func(context.Context) error) error {
	left, err := l.lasts(ctx)
	if err != nil || left == 0 {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var keeper sync.WaitGroup
	keeper.Go(func() { l.keep(ctx, left, stop) })
	err = job(ctx)
	stop()
	keeper.Wait()
	return err
}

// keep renews the lease until ctx ends, and calls lost when another process has
// it or its life is over: also while a database that hangs keeps lasts waiting.
func (l *Lease) keep(ctx context.Context, left time.Duration, lost func()) {
	over := time.AfterFunc(left, lost)
	defer over.Stop()
	for pause(ctx, leaseLife/4) {
		left, err := l.lasts(ctx)
		if err == nil && left == 0 {
			lost()
			return
		}
		if err == nil {
			over.Reset(left)
		}
	}
}

// Mine tells whether this process does the job now: it has the lease, has
// taken it, or has renewed it when half of it was over.
func (l *Lease) Mine(ctx context.Context) (bool, error) {
	left, err := l.lasts(ctx)
	return left > 0, err
}

// lasts tells for how long the lease is this process's unless it is renewed, 0
// when it is not.
func (l *Lease) lasts(ctx context.Context) (left time.Duration, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if age := l.db.Now().Sub(l.held); l.held != 0 && age >= 0 && age < leaseLife/2 {
		return leaseLife - age, nil
	}
	if mine, err := l.take(ctx); err != nil || !mine {
		return 0, err
	}
	age := l.db.Now().Sub(l.held) // which has begun before the commit
	return min(max(leaseLife-age, 1), leaseLife), nil
}

func (l *Lease) take(ctx context.Context) (mine bool, err error) {
	var now Time
	err = l.db.Write(ctx, func(tx *Tx) error {
		now = tx.Now
		n, err := tx.Exec(ctx, takeLease, l.name, l.db.origin, now.Add(leaseLife), now, now.Add(3*leaseLife))
		if err == nil && n == 0 {
			n, err = tx.Exec(ctx, makeLease, l.name, l.db.origin, now.Add(leaseLife))
		}
		mine = n == 1
		return err
	})
	if l.held = 0; err == nil && mine {
		l.held = now
	}
	l.seen.Store(int64(l.held))
	return l.held != 0, err
}

// Free gives the lease back, so that another process need not wait until it
// is over.
func (l *Lease) Free(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = 0
	l.seen.Store(0)
	return l.db.Write(ctx, func(tx *Tx) error {
		err := tx.One(ctx, freeLease, l.name, l.db.origin, tx.Now)
		if errors.Is(err, ErrConflict) { // another process has it
			return nil
		}
		return err
	})
}
