package audit

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"pulih/db"
)

// LeastKeep is how long the log is kept at least (security.md: 180 days hot).
const LeastKeep = 180 * 24 * time.Hour

// Why no floor is made.
var (
	// ErrKeep says that the log would be kept for less than LeastKeep.
	ErrKeep = errors.New("audit: the log is kept for 180 days at least")
	// ErrUncopied says that the copy outside does not hold all that would go,
	// or that log and copy do not agree.
	ErrUncopied = errors.New("audit: the copy outside does not hold the log whole")
)

// floor is where the chain begins: what is at or below may go.
type floor struct {
	seq       int64
	hash      []byte
	until, at db.Time
}

// floorEvery is how often a floor is made: each reads the whole log.
const floorEvery = 24 * time.Hour

// MakeFloor lets go of what is older than keep, once a day: it writes down where the
// chain begins from now on, in the chain above it, once the whole of the log
// was compared with its copy outside, which keeps all (impostor 26). It
// reports whether there was anything to let go. ErrKeep, ErrUncopied.
func MakeFloor(ctx context.Context, d *db.DB, copied string, keep time.Duration, by Actor) (bool, error) {
	if keep < LeastKeep {
		return false, ErrKeep
	}
	next, last, err := nextFloor(ctx, d, d.Now().Add(-keep))
	if err != nil || next.seq == last.seq || last.at > d.Now().Add(-floorEvery) {
		return false, err
	}
	report, err := Verify(ctx, d, Terms{copied, keep}, nil)
	switch {
	case err != nil:
		return false, err
	case copied == "" || report.Copied < next.seq || len(report.Findings) > 0:
		return false, ErrUncopied
	}
	err = d.Write(ctx, func(tx *db.Tx) error { return next.make(ctx, tx, last, by) })
	if errors.Is(err, db.ErrConflict) { // another process was faster
		return false, nil
	}
	return err == nil, err
}

// nextFloor is the last event before the first one that is kept, and the
// floor that is there.
func nextFloor(ctx context.Context, d *db.DB, until db.Time) (next, last floor, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		if last, err = newestFloor(ctx, tx); err != nil {
			return err
		}
		next = last
		err = tx.Row(ctx, selectLastDue, last.seq, until).Scan(&next.seq, &next.hash)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		next.until = until
		return err
	})
	return next, last, err
}

func newestFloor(ctx context.Context, tx *db.Tx) (floor, error) {
	f, err := scanFloor(tx.Row(ctx, selectFloor))
	if errors.Is(err, db.ErrNotFound) {
		return floor{}, nil
	}
	return f, err
}

func (f floor) make(ctx context.Context, tx *db.Tx, last floor, by Actor) error {
	if now, err := newestFloor(ctx, tx); err != nil || now.seq != last.seq {
		return errors.Join(err, db.ErrConflict)
	}
	if _, err := tx.Exec(ctx, insertFloor, f.seq, f.hash, f.until, tx.Now); err != nil {
		return err
	}
	return Append(ctx, tx, Event{Actor: by, Action: FloorMade, Detail: map[string]string{"seq": strconv.FormatInt(f.seq, 10),
		"hash": hex.EncodeToString(f.hash), "until": strconv.FormatInt(int64(f.until), 10)}})
}

// told tells whether an event is the one that f was made with. One that lets
// go of what is younger than 180 days tells of no floor of ours.
func (f floor) told(e Event) bool {
	return e.Action == FloorMade && e.Detail["seq"] == strconv.FormatInt(f.seq, 10) && e.Detail["hash"] == hex.EncodeToString(f.hash) &&
		e.Detail["until"] == strconv.FormatInt(int64(f.until), 10) && f.until <= e.At.Add(-LeastKeep)
}

func scanFloor(row db.Scanner) (f floor, err error) {
	err = row.Scan(&f.seq, &f.hash, &f.until, &f.at)
	return f, err
}

// equalHash compares what is whole: a hash that was cut short is none.
func equalHash(a, b []byte) bool { return len(a) > 0 && bytes.Equal(a, b) }
