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
	"syscall"

	"pulih/db"
)

// PutBack writes back into the log of a restored database what its copy
// outside holds beyond it, word for word and hash for hash, and shows each
// event that happened after the backup. The log then ends where the copy does:
// a restore hides nothing, and a tail that was cut stays found (impostor 26).
// It says from where to where; 0, 0 where the copy holds no more.
// ErrCopyDiffers, where the copy is not of this log, or was cut or changed.
func PutBack(ctx context.Context, tx *db.Tx, path string, see func(Event)) (first, last int64, err error) {
	end, err := endOfCopy(path)
	if err == nil && end.gone {
		err = ErrCopyDiffers
	}
	if err != nil {
		return 0, 0, fmt.Errorf("audit: put back: %w", err)
	}
	doubt, err := end.doubt(ctx, tx)
	switch {
	case err != nil:
		return 0, 0, fmt.Errorf("audit: put back: %w", err)
	case doubt == "":
		return 0, 0, nil
	case doubt != TailCut:
		return 0, 0, fmt.Errorf("%w (it %s)", ErrCopyDiffers, problemWords[doubt])
	}
	b := &puttingBack{tx: tx, see: see}
	if b.seq, b.hash, err = endOfChain(ctx, tx); err != nil {
		return 0, 0, fmt.Errorf("audit: put back: %w", err)
	}
	first = b.seq + 1
	if err := b.lines(ctx, path, end.whole); err != nil {
		return 0, 0, fmt.Errorf("audit: put back: %w", err)
	}
	return first, b.seq, nil
}

// Unused wants that no server adds to a copy. ErrCopyUsed.
func Unused(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only locked
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrCopyUsed
	}
	return err
}

// endOfChain is the last event of the chain, or its floor where all above that
// is gone.
func endOfChain(ctx context.Context, tx *db.Tx) (seq int64, hash []byte, err error) {
	seq, hash, err = head(ctx, tx)
	if err == nil && seq == 0 {
		var f floor
		f, err = newestFloor(ctx, tx)
		seq, hash = f.seq, f.hash
	}
	return seq, hash, err
}

type puttingBack struct {
	tx   *db.Tx
	see  func(Event)
	seq  int64 // of the chain's end, which goes on
	hash []byte
}

func (b *puttingBack) lines(ctx context.Context, path string, whole int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	met := b.seq == 0
	for lines := bufio.NewReader(io.LimitReader(f, whole)); ; {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && met {
			return nil
		}
		var s Seal
		if err == nil {
			err = json.Unmarshal(line, &s)
		}
		switch {
		case err != nil:
			return errors.Join(ErrCopyDiffers, err)
		case met:
			err = b.put(ctx, s)
		case s.Seq == b.seq:
			met = equalHash(s.Hash, b.hash)
		}
		if err != nil {
			return fmt.Errorf("event %d: %w", s.Seq, err)
		}
	}
}

// put adds one event to the chain, which has to lead to it.
func (b *puttingBack) put(ctx context.Context, s Seal) error {
	if s.Seq != b.seq+1 || !equalHash(s.Hash, s.chain(b.hash)) {
		return ErrCopyDiffers
	}
	if err := b.event(ctx, s.Event); err != nil {
		return err
	}
	if err := b.tx.One(ctx, insertSeal, s.Seq, s.Event.ID, s.Hash, string(s.whose())); err != nil {
		return err
	}
	b.seq, b.hash = s.Seq, s.Hash
	return s.place(ctx, b.tx)
}

// event writes an event, unless it waited to be sealed in the backup already:
// then it had happened before, and must be the same.
func (b *puttingBack) event(ctx context.Context, e Event) error {
	waited, err := b.tx.Exec(ctx, deleteQueued, e.ID)
	if err != nil {
		return err
	}
	if waited == 1 {
		there, err := scanEvent(b.tx.Row(ctx, selectEvent, e.ID))
		if err == nil && !bytes.Equal(encode(there), encode(e)) {
			err = ErrCopyDiffers
		}
		return err
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	b.see(e)
	return b.tx.One(ctx, insertEvent, e.ID, e.At, e.Actor.Kind, e.Actor.ID,
		e.Action, e.Person, e.Object, e.Result, string(detail), e.Actor.Request, e.Actor.Network)
}

// Known is how far a copy of the log tells: its last event, and when that was.
type Known struct {
	Seq int64
	At  db.Time
}

// KnownBy reads it; a copy that holds nothing knows nothing. ErrCopyDiffers,
// where it is no copy, or broken.
func KnownBy(path string) (Known, error) {
	end, err := endOfCopy(path)
	if err == nil && (end.broken || end.seq == 0) {
		err = ErrCopyDiffers
	}
	return Known{end.seq, end.at}, err
}
