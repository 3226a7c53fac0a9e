package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"pulih/db"
)

// copyEnd is where a copy ends: the number, the hash and the time of its last
// whole line, and how many bytes those lines are.
type copyEnd struct {
	seq          int64
	at           db.Time
	hash         []byte
	whole        int64
	gone, broken bool
}

// lookAtCopy finds where a copy ends, and why nothing may be added there.
func lookAtCopy(ctx context.Context, d *db.DB, path string) (end copyEnd, held Problem, err error) {
	if end, err = endOfCopy(path); err != nil {
		return end, "", err
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		held, err = end.doubt(ctx, tx)
		return err
	})
	return end, held, err
}

// endOfCopy reads a copy to its end. A folder that is not there is no copy
// that is gone, but a mistake, or a disk that is not mounted.
func endOfCopy(path string) (e copyEnd, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = os.Stat(filepath.Dir(path))
		return copyEnd{gone: true}, err
	}
	if err != nil {
		return e, err
	}
	defer f.Close() //nolint:errcheck // only read
	for lines := bufio.NewReader(f); ; {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return e, nil
		}
		var s Seal
		if err != nil {
			return e, err
		}
		if err := json.Unmarshal(line, &s); err != nil {
			e.broken = true
			return e, nil
		}
		e.seq, e.at, e.hash, e.whole = s.Seq, s.Event.At, s.Hash, e.whole+int64(len(line))
	}
}

// doubt holds the end of a copy against the chain. What the last seconds
// before a stop sealed may be missing; what is older was there.
func (e copyEnd) doubt(ctx context.Context, tx *db.Tx) (Problem, error) {
	var oldest, youngest db.Time
	known, err := hashAt(ctx, tx, e.seq)
	if err != nil {
		return "", err
	}
	base, err := newestFloor(ctx, tx)
	if err == nil {
		err = tx.Row(ctx, selectUncopied, e.seq).Scan(&oldest, &youngest)
	}
	switch {
	case err != nil:
		return "", err
	case e.broken:
		return CopyBroken, nil
	case e.seq < base.seq:
		return CopyLacks, nil
	case e.seq > 0 && len(known) == 0:
		return TailCut, nil
	case e.seq > 0 && !equalHash(known, e.hash):
		return Rewritten, nil
	case oldest >= youngest.Add(-late):
		return "", nil
	case e.gone:
		return CopyGone, nil
	}
	return CopyBehind, nil
}

// hashAt is the hash of a number in the chain or at its floor; nil where there
// is none.
func hashAt(ctx context.Context, tx *db.Tx, seq int64) (hash []byte, err error) {
	err = tx.Row(ctx, selectHashAt, seq).Scan(&hash)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	return hash, err
}
