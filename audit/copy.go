package audit

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"pulih/db"
)

// Copier appends the sealed events to a file outside the database, one JSON
// object a line. Whoever can rewrite the database still cannot cut or change
// what the file holds (impostor 26); put it on another disk or machine.
type Copier struct {
	mu    sync.Mutex // a check copies too
	db    *db.DB
	file  *os.File
	last  int64
	whole int64 // bytes of whole lines
}

// NewCopier opens or creates the file and finds where it ends. A last line
// that a power cut left unfinished is cut off and written again.
func NewCopier(d *db.DB, path string) (*Copier, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("audit: copy: %w", err)
	}
	c := &Copier{db: d, file: f}
	err = c.findEnd()
	if err == nil {
		err = c.cut()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("audit: copy: %w", err), f.Close())
	}
	return c, nil
}

func (c *Copier) findEnd() error {
	r := bufio.NewReader(c.file)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var s Seal
		if err := json.Unmarshal(line, &s); err != nil {
			return fmt.Errorf("line after %d: %w", c.last, err)
		}
		c.whole, c.last = c.whole+int64(len(line)), s.Seq
	}
}

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
func (c *Copier) Copy(ctx context.Context) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	total := 0
	for {
		seals, err := sealsAfter(ctx, c.db, c.last)
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
	c.whole, c.last = c.whole+int64(b.Len()), seals[len(seals)-1].Seq
	return c.file.Sync()
}

// Close closes the file.
func (c *Copier) Close() error { return c.file.Close() }

func sealsAfter(ctx context.Context, d *db.DB, seq int64) (seals []Seal, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		seals, err = db.All(ctx, tx, scanSeal, selectSealed, seq, sealBatch)
		return err
	})
	return seals, err
}
