package audit

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"pulih/db"
)

const sealBatch = 500 // events sealed in one transaction

// Seal is an event's place in the chain. Its hash covers the event and the
// hash before it.
type Seal struct {
	Seq   int64
	Hash  []byte
	Event Event
}

// Sealer chains events, and gives each its places in the index that the log is
// read by. Without Where it gives none.
type Sealer struct {
	DB    *db.DB
	Where Where
}

// errRequeued says that sealed events waited to be sealed again, which would
// have stopped the sealer for good: only somebody with the database does that.
var errRequeued = errors.New("audit: sealed events were in the queue again, and are out of it now")

// Seal chains every event written since the last run and says how many
// it was. Several processes may run it: the number in the chain is a key, so
// the slower one's transaction fails whole and finds nothing left to do. A
// conflict while the chain stands still is no race, but an error.
func (s Sealer) Seal(ctx context.Context) (int, error) {
	total, odd := 0, s.sweep(ctx)
	for {
		n, err := s.next(ctx)
		total += n
		if err != nil || n < sealBatch {
			return total, errors.Join(odd, err)
		}
	}
}

// sweep takes out of the queue what is sealed, and says that it was there.
func (s Sealer) sweep(ctx context.Context) error {
	var n int64
	err := s.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, countRequeued).Scan(&n) })
	if err != nil || n == 0 {
		return err
	}
	return errors.Join(errRequeued, s.DB.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, dropRequeued); return err }))
}

// next seals a batch, and nothing when another process was faster.
func (s Sealer) next(ctx context.Context) (n int, err error) {
	var from, to int64
	err = s.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if from, _, err = head(ctx, tx); err == nil {
			n, err = s.batch(ctx, tx)
		}
		return err
	})
	if !errors.Is(err, db.ErrConflict) {
		return n, err
	}
	if again := s.DB.Read(ctx, func(tx *db.Tx) (err error) { to, _, err = head(ctx, tx); return err }); again != nil || to > from {
		return 0, again
	}
	return 0, err
}

func (s Sealer) batch(ctx context.Context, tx *db.Tx) (int, error) {
	queued, err := db.All(ctx, tx, scanEvent, selectQueued, sealBatch)
	if err != nil || len(queued) == 0 {
		return 0, err
	}
	seq, hash, err := head(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, e := range queued {
		seq++
		hash = chain(hash, seq, e)
		if _, err := tx.Exec(ctx, insertSeal, seq, e.ID, hash); err != nil {
			return 0, err
		}
		if err := tx.One(ctx, deleteQueued, e.ID); err != nil {
			return 0, err
		}
		if err := s.place(ctx, tx, e); err != nil {
			return 0, err
		}
	}
	return len(queued), nil
}

func head(ctx context.Context, tx *db.Tx) (seq int64, hash []byte, err error) {
	err = tx.Row(ctx, selectHead).Scan(&seq, &hash)
	if errors.Is(err, db.ErrNotFound) {
		return 0, nil, nil
	}
	return seq, hash, err
}

// chain is the hash of an event at its place. JSON keeps the fields apart.
func chain(before []byte, seq int64, e Event) []byte {
	return link(before, seq, encode(e))
}

func link(before []byte, seq int64, event []byte) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x\n%d\n%s", before, seq, event))
	return sum[:]
}

// encode writes an event the same way each time: maps by key, times as
// numbers.
func encode(e Event) []byte {
	text, err := json.Marshal(e)
	if err != nil {
		panic("audit: an event of plain fields does not encode: " + err.Error())
	}
	return text
}

func scanSeal(row db.Scanner) (Seal, error) {
	var s Seal
	var detail string
	err := row.Scan(&s.Seq, &s.Hash, &s.Event.ID, &s.Event.At, &s.Event.Actor.Kind, &s.Event.Actor.ID,
		&s.Event.Action, &s.Event.Person, &s.Event.Object, &s.Event.Result, &detail,
		&s.Event.Actor.Request, &s.Event.Actor.Network)
	if err == nil {
		err = json.Unmarshal([]byte(detail), &s.Event.Detail)
	}
	return s, err
}
