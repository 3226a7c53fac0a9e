package audit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"pulih/db"
)

// Seen is told how far a check has come, in thousandths.
type Seen func(thousandths int)

// Terms are what the log is compared with: the file outside, "" without one,
// and how long the log is kept in the database, 0 for ever.
type Terms struct {
	Copy string
	Keep time.Duration
}

// Verify computes the chain anew from the database's rows and, where there is a
// copy, compares each line of it. A bare chain does not show that its
// tail was cut; the copy does. It reads in pieces and holds nothing up.
func Verify(ctx context.Context, d *db.DB, of Terms, seen Seen) (Report, error) {
	v := verifier{db: d, seen: seen, copied: of.Copy, period: of.Keep, began: d.Now()}
	if err := v.verify(ctx); err != nil {
		return v.Report, fmt.Errorf("audit: verify: %w", err)
	}
	return v.Report, nil
}

// verifier is one check under way. It keeps the first bytes of each hash,
// which is what a copy of millions of events needs to be compared with.
type verifier struct {
	Report
	db     *db.DB
	seen   Seen
	copied string
	period time.Duration
	began  db.Time
	before db.Time // when the event before happened
	head   int64
	placed int64 // from where on the chain has its places
	due    int64 // up to where the copy must have come
	runs   []run // of what is above the floor
	floors
}

// late is when an event must be in the copy: impostor 26 asks for 60 s, and a
// machine that was down has more to do.
const late = 5 * time.Minute

func (v *verifier) verify(ctx context.Context) error {
	size, gone, err := sizeOf(v.copied)
	if err != nil {
		return err
	}
	if err := v.measure(ctx); err != nil {
		return err
	}
	if err := v.chain(ctx); err != nil {
		return err
	}
	if err := v.rows(ctx); err != nil {
		return err
	}
	defer v.unheard()
	switch {
	case v.copied == "":
		return nil
	case gone && v.Sealed > 0:
		v.find(Finding{What: CopyGone})
		return nil
	case gone: // serve writes it with the first event
		return nil
	}
	return v.compareCopy(ctx, size)
}

// sizeOf is how much of the copy is compared: what a running server adds
// after the chain was read is not there yet, and no tail that was cut.
func sizeOf(copy string) (size int64, gone bool, err error) {
	if copy == "" {
		return 0, false, nil
	}
	info, err := os.Stat(copy)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, true, nil
	}
	if err != nil {
		return 0, false, err
	}
	return info.Size(), false, nil
}

// measure looks how long the chain is, for telling how far the check has come.
func (v *verifier) measure(ctx context.Context) error {
	return v.db.Read(ctx, func(tx *db.Tx) (err error) {
		if v.head, _, err = head(ctx, tx); err != nil {
			return err
		}
		if err := v.readFloors(ctx, tx); err != nil {
			return err
		}
		return v.placing(ctx, tx)
	})
}

// tell says how far one half of the check has come: the chain is the first,
// and the copy the second.
func (v *verifier) tell(done, of int64, half int) {
	if v.seen != nil && of > 0 {
		v.seen(half*500 + int(min(done, of)*500/of))
	}
}

// start is the first bytes of a hash. A row that was tampered with may hold
// fewer.
func start(hash []byte) (b [8]byte) {
	copy(b[:], hash)
	return b
}
