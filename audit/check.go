package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"pulih/db"
)

// Why no check begins.
var (
	// ErrChecking says that one is under way: one at a time is enough.
	ErrChecking = errors.New("audit: a check is under way")
	// ErrChecked says that the last one found nothing, a moment ago.
	ErrChecked = errors.New("audit: the log was checked just now, and agrees")
)

// checkPause is how long after a clean check a member of staff may not ask for
// another: each reads the whole log, and leaves rows in it for ever.
const checkPause = 10 * time.Minute

// Checker carries out checks of the chain and its copy, one at a time, and
// keeps what each found. Copy is the file outside; "" leaves it out. Keep is
// how long the log stays in the database, 0 for ever. Sealer and Copier have to
// catch up before the comparison: a server that was down seals and copies old
// events.
type Checker struct {
	DB     *db.DB
	Copy   string
	Keep   time.Duration
	Sealer *Sealer
	Copier *Copier

	mu      sync.Mutex
	running bool
	began   db.Time // when this process began its last one
	seen    int
}

// Check is one check: who asked for it, a member of staff or the clock, and
// what it found. EndedAt is 0 until it ends; Failed says that it could not be
// carried through.
type Check struct {
	ID      string
	AskedAt db.Time
	By      Actor
	EndedAt db.Time
	Failed  bool
	Report
}

// Begin takes the turn and writes down that a check begins; Carry does it.
// ErrChecking, ErrChecked.
func (c *Checker) Begin(ctx context.Context, by Actor) (Check, error) {
	if !c.take() {
		return Check{}, ErrChecking
	}
	k := Check{ID: db.NewID(), By: by}
	err := c.DB.Write(ctx, func(tx *db.Tx) error { return k.begin(ctx, tx) })
	if err != nil {
		c.give()
		return Check{}, fmt.Errorf("audit: check: %w", err)
	}
	return k, nil
}

func (k *Check) begin(ctx context.Context, tx *db.Tx) error {
	if k.By.Kind == Staff {
		if until, err := pausedUntil(ctx, tx); err != nil || until > tx.Now {
			return errors.Join(err, ErrChecked)
		}
	}
	k.AskedAt = tx.Now
	if err := tx.One(ctx, insertCheck, k.ID, tx.Now, k.By.Kind, k.By.ID); err != nil {
		return err
	}
	return Append(ctx, tx, Event{Actor: k.By, Action: AuditVerified, Object: k.ID, Result: Begun})
}

// Carry carries out a check that Begin began, and writes down what it found.
func (c *Checker) Carry(ctx context.Context, k Check) (Check, error) {
	defer c.give()
	err := c.catchUp(ctx)
	if err == nil {
		k.Report, err = Verify(ctx, c.DB, Terms{c.Copy, c.Keep}, c.saw)
	}
	k.Failed = err != nil
	if c.Copier != nil && c.Copier.Held() != "" {
		k.find(Finding{What: CopyHeld})
	}
	if ctx.Err() != nil {
		return k, ctx.Err() // stopping: the page says that it was broken off
	}
	return k, errors.Join(err, c.keep(ctx, &k))
}

// catchUp seals nothing onto data that went back, as the clock does not.
func (c *Checker) catchUp(ctx context.Context) error {
	if c.Copier != nil {
		if err := c.Copier.Look(ctx); err != nil || Parted(c.Copier.Held()) {
			return err
		}
	}
	if c.Sealer != nil {
		_, _ = c.Sealer.Seal(ctx) // the clock logs it, and what still waits is a finding
	}
	if c.Copier == nil {
		return nil
	}
	_, err := c.Copier.Copy(ctx)
	if errors.Is(err, ErrCopyHeld) { // a finding, and no failure
		return nil
	}
	return err
}

// keep writes down what a check found, twice: the event under the chain says
// whether it found anything, and a row without one counts for nothing.
func (c *Checker) keep(ctx context.Context, k *Check) error {
	findings, err := json.Marshal(k.Findings)
	if err != nil {
		return err
	}
	return c.DB.Write(ctx, func(tx *db.Tx) error {
		k.EndedAt = tx.Now
		event, err := add(ctx, tx, Event{Actor: k.By, Action: AuditVerified, Object: k.ID, Result: k.result(), Detail: map[string]string{
			"sealed": strconv.FormatInt(k.Sealed, 10), "copied": strconv.FormatInt(k.Copied, 10), "findings": strconv.Itoa(k.Count())}})
		if err != nil {
			return err
		}
		return tx.One(ctx, endCheck, k.ID, tx.Now, k.Sealed, k.Copied, string(findings), k.Failed, event)
	})
}

func (k Check) result() string {
	if k.Failed || len(k.Findings) > 0 {
		return Refused
	}
	return OK
}

// Progress says how far the check of this process has come, in thousandths.
func (c *Checker) Progress() (thousandths int, running bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen, c.running
}

// Patience is how long a check of another process may take before it counts as
// broken off.
const Patience = time.Hour

func (c *Checker) take() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := !c.running
	if taken {
		c.running, c.began = true, c.DB.Now()
	}
	return taken
}

func (c *Checker) give() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running, c.seen = false, 0
}

func (c *Checker) saw(thousandths int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen = thousandths
}
