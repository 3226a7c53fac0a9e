package db

import (
	"context"
	"errors"
	"sync"
)

// On SQLite each durable commit waits for the disk, and there is one writer.
// So whoever gets the turn commits for all who wait, each behind a savepoint
// of its own: one fsync for many, and a failure undoes its own work only.
type together struct {
	turn  chan struct{} // who has put his token in writes
	sizes sizes
	mu    sync.Mutex
	jobs  []*job
}

// job is a Write that waits for somebody's turn, perhaps its own.
type job struct {
	ctx      context.Context
	fn       func(*Tx) error
	tx       *Tx
	err      error
	panicked any
	done     chan struct{}
}

// mostJobs bounds how long the first of a batch waits for the last.
const mostJobs = 256

// errLeft says that the goroutine which wrote for others came to an end.
var errLeft = errors.New("db: the writer left")

func newTogether() together { return together{turn: make(chan struct{}, 1)} }

// writeTogether runs fn in the next commit. The caller gets his answer after
// the commit, never before.
func (d *DB) writeTogether(ctx context.Context, fn func(*Tx) error) (some bool, err error) {
	j := &job{ctx: ctx, fn: fn, err: errLeft, done: make(chan struct{})}
	d.together.add(j)
	if !d.await(j) {
		return false, ctx.Err()
	}
	if j.panicked != nil {
		panic(j.panicked)
	}
	return j.tx != nil && j.tx.some, j.err
}

// await returns when j is done. It is false for a job that was given up
// before anybody had begun it.
func (d *DB) await(j *job) bool {
	for {
		select {
		case <-j.done: // before anything else: whose work is done leads no other batch
			return true
		default:
		}
		select {
		case <-j.done:
			return true
		case <-j.ctx.Done():
			if d.together.remove(j) {
				return false
			}
			<-j.done
			return true
		case d.together.turn <- struct{}{}:
			d.lead()
		}
	}
}

// lead commits for all who wait.
func (d *DB) lead() {
	jobs, err := d.together.take(), errLeft
	defer func() {
		<-d.together.turn
		for _, j := range jobs {
			j.end(d, err)
		}
	}()
	if len(jobs) > 0 {
		err = d.commit(jobs)
	}
}

// end tells what became of the commit, unless the job had failed before it.
func (j *job) end(d *DB, commit error) {
	switch {
	case commit != nil && (j.err == nil || errors.Is(j.err, errLeft)):
		j.err = commit
	case j.err == nil && j.panicked == nil:
		d.watchers.tell(j.tx.changed)
	}
	close(j.done)
}

// commit runs every job on one transaction. No caller's cancelling reaches
// it: SQLite answers an interrupted statement by undoing everybody's work.
func (d *DB) commit(jobs []*job) error {
	t, err := d.beginAmong(context.Background())
	if err != nil {
		return err
	}
	defer t.end()
	for _, j := range jobs {
		if err := j.run(d, t); err != nil {
			return wrap(err)
		}
	}
	err = wrap(t.tx.Commit())
	if err == nil {
		d.together.sizes.add(len(jobs))
	}
	return err
}

// beginAmong waits for other programs that write to the same file.
func (d *DB) beginAmong(ctx context.Context) (t *Tx, err error) {
	err = whileBusy(ctx, busyGap, func() (err error) {
		t, err = d.begin(ctx, d.w, nil)
		return err
	})
	return t, err
}

// run leaves in j.err what became of fn. Its own error is the savepoint's,
// after which nothing of the batch can be trusted.
func (j *job) run(d *DB, t *Tx) error {
	if _, err := t.exec(context.Background(), "SAVEPOINT job", nil); err != nil {
		return err
	}
	j.tx = &Tx{Engine: d.Engine, Now: d.Now(), tx: t.tx, on: t.tx, pool: t.pool, first: t.first, ran: t.ran, together: true}
	j.call()
	if j.err != nil || j.panicked != nil {
		if _, err := t.exec(context.Background(), "ROLLBACK TO job", nil); err != nil && unavailable(j.err) { // SQLite has undone everybody's
			return j.err
		} else if err != nil {
			return err
		}
	}
	_, err := t.exec(context.Background(), "RELEASE job", nil)
	return err
}

// call runs fn; a panic is its caller's, not that of whoever writes for him.
func (j *job) call() {
	defer func() { j.panicked = recover() }()
	j.err = j.fn(j.tx)
}

func (g *together) add(j *job) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.jobs = append(g.jobs, j)
}

func (g *together) take() []*job {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := min(len(g.jobs), mostJobs)
	taken := g.jobs[:n:n]
	g.jobs = g.jobs[n:]
	return taken
}

func (g *together) remove(j *job) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, waiting := range g.jobs {
		if waiting == j {
			g.jobs = append(g.jobs[:i:i], g.jobs[i+1:]...)
			return true
		}
	}
	return false
}
