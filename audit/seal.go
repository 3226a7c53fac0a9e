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

// Seal is an event's place in the chain. Its hash covers the event, whose it
// is, and the hash before it. Agencies is empty where none was told, and for
// what was sealed before agencies stood under the hash.
type Seal struct {
	Seq      int64
	Hash     []byte
	Event    Event
	Agencies []string `json:",omitempty"`
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
		if hash, err = s.one(ctx, tx, hash, Seal{Seq: seq, Event: e}); err != nil {
			return 0, err
		}
	}
	return len(queued), nil
}

// one seals an event behind a hash, and places it.
func (s Sealer) one(ctx context.Context, tx *db.Tx, before []byte, to Seal) ([]byte, error) {
	agencies, err := s.agencies(ctx, tx, to)
	if err != nil {
		return nil, err
	}
	to.Agencies = agencies
	to.Hash = to.chain(before)
	if err := tx.One(ctx, insertSeal, to.Seq, to.Event.ID, to.Hash, string(to.whose())); err != nil {
		return nil, err
	}
	if err := tx.One(ctx, deleteQueued, to.Event.ID); err != nil {
		return nil, err
	}
	return to.Hash, to.place(ctx, tx)
}

func head(ctx context.Context, tx *db.Tx) (seq int64, hash []byte, err error) {
	err = tx.Row(ctx, selectHead).Scan(&seq, &hash)
	if errors.Is(err, db.ErrNotFound) {
		return 0, nil, nil
	}
	return seq, hash, err
}

// chain is the hash of an event at its place. JSON keeps the fields apart.
func (s Seal) chain(before []byte) []byte {
	return link(before, s.Seq, encode(s.Event), s.whose())
}

func link(before []byte, seq int64, event, agencies []byte) []byte {
	text := fmt.Appendf(nil, "%x\n%d\n%s", before, seq, event)
	if len(agencies) > 0 {
		text = fmt.Appendf(text, "\n%s", agencies)
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

// whose is Agencies as the database and the hash hold it.
func (s Seal) whose() []byte {
	if len(s.Agencies) == 0 {
		return nil
	}
	return encode(s.Agencies)
}

// encode writes an event or a list the same way each time: maps by key, times
// as numbers.
func encode(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("audit: plain fields do not encode: " + err.Error())
	}
	return text
}

func scanSeal(row db.Scanner) (Seal, error) {
	var s Seal
	var agencies, detail string
	err := row.Scan(&s.Seq, &s.Hash, &agencies, &s.Event.ID, &s.Event.At, &s.Event.Actor.Kind, &s.Event.Actor.ID,
		&s.Event.Action, &s.Event.Person, &s.Event.Object, &s.Event.Result, &detail,
		&s.Event.Actor.Request, &s.Event.Actor.Network)
	if err == nil {
		err = json.Unmarshal([]byte(detail), &s.Event.Detail)
	}
	if err == nil && agencies != "" {
		err = json.Unmarshal([]byte(agencies), &s.Agencies)
	}
	return s, err
}
