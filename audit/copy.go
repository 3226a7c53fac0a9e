package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"syscall"

	"pulih/db"
)

// ErrCopyHeld says that the copy does not end where the chain was left, and
// that nothing is added until an operator has looked: who cut it would
// otherwise have Pulih write it anew (impostor 26).
var ErrCopyHeld = errors.New("audit: nothing is added to the copy until an operator repairs it")

// Copier appends the sealed events to a file outside the database, one JSON
// object a line. Whoever can rewrite the database still cannot cut or change
// what the file holds (impostor 26); put it on another disk or machine.
type Copier struct {
	db    *db.DB
	mu    sync.Mutex // of who adds: a check does too, and a disk may take its time
	file  *os.File   // nil while held
	last  int64
	hash  []byte // of the last
	whole int64  // bytes of whole lines
	seen  atomic.Pointer[chainEnd]
	held  atomic.Pointer[Problem]
	came  atomic.Pointer[CopyState]
}

// NewCopier opens or creates the file and finds where it ends. A last line
// that a power cut left unfinished is cut off and written again. A file that
// lacks more is left as it is, and the Copier is held.
func NewCopier(ctx context.Context, d *db.DB, path string) (*Copier, error) {
	end, held, err := lookAtCopy(ctx, d, path)
	c := &Copier{db: d, last: end.seq}
	switch {
	case err != nil:
	case held == "":
		err = c.open(path, end, syscall.LOCK_SH)
	default:
		c.held.Store(&held)
		err = c.Look(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("audit: copy: %w", err)
	}
	c.came.Store(&CopyState{Seq: end.seq})
	return c, nil
}

// open opens a file at its end. Those who add to it share a lock that a repair
// wants alone.
func (c *Copier) open(path string, end copyEnd, lock int) (err error) {
	if c.file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return err
	}
	c.ends(end.seq, end.hash, end.whole)
	err = syscall.Flock(int(c.file.Fd()), lock)
	if err == nil {
		err = c.cut()
	}
	if err != nil {
		return errors.Join(err, c.file.Close())
	}
	return nil
}

// Begins tells whether there is no copy yet, or one that holds nothing.
func (c *Copier) Begins() bool { return c.last == 0 }

// cut takes off what follows the last whole line.
func (c *Copier) cut() error {
	if err := c.file.Truncate(c.whole); err != nil {
		return err
	}
	_, err := c.file.Seek(c.whole, io.SeekStart)
	return err
}

// Copy appends what was sealed since the last call and syncs the file. What a
// full disk left of a line is cut off, and written again at the next call.
// ErrCopyHeld.
func (c *Copier) Copy(ctx context.Context) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.Look(ctx); err != nil { // after the wait for whoever copies
		return 0, err
	}
	if held := c.Held(); held != "" {
		return 0, fmt.Errorf("%w: %s", ErrCopyHeld, problemWords[held])
	}
	total := 0
	for {
		now := c.db.Now()
		seals, err := sealsAfter(ctx, c.db, c.last)
		if err == nil && len(seals) == 0 {
			c.came.Store(&CopyState{c.last, now})
		}
		if err != nil || len(seals) == 0 {
			return total, err
		}
		if err := c.append(seals); err != nil {
			return total, fmt.Errorf("audit: copy: %w", err)
		}
		total += len(seals)
	}
}

func (c *Copier) append(seals []Seal) error {
	var b bytes.Buffer
	for _, s := range seals {
		line, err := json.Marshal(s)
		if err != nil {
			return err
		}
		b.Write(append(line, '\n'))
	}
	if _, err := c.file.Write(b.Bytes()); err != nil {
		return errors.Join(err, c.cut())
	}
	end := seals[len(seals)-1]
	c.ends(end.Seq, end.Hash, c.whole+int64(b.Len()))
	return c.file.Sync()
}

func (c *Copier) ends(seq int64, hash []byte, whole int64) {
	c.last, c.hash, c.whole = seq, hash, whole
	c.seen.Store(&chainEnd{seq, hash})
}

// Close closes the file.
func (c *Copier) Close() error {
	if c.file == nil {
		return nil
	}
	return c.file.Close()
}

func sealsAfter(ctx context.Context, d *db.DB, seq int64) (seals []Seal, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		seals, err = db.All(ctx, tx, scanSeal, selectSealed, seq, sealBatch)
		return err
	})
	return seals, err
}
