package db

import (
	"context"
	"sync"
	"time"
)

// keptFor bounds how long a process does not see what another one changed.
const keptFor = 2 * time.Second

// Kept is what was read of a table which pages show to everybody and nobody
// changes for days. It is read again as soon as this process has changed the
// table (Tx.Changed), and after two seconds, as another process may have. Its
// zero value is ready. It is read by one statement.
type Kept[T any] struct {
	mu      sync.Mutex
	value   T
	version int // of the table; 0 is before any reading
	at      Time
}

// Read gives what is kept, or reads it.
func (k *Kept[T]) Read(ctx context.Context, d *DB, table string, read func(*Tx) (T, error)) (value T, err error) {
	version, now := d.watchers.version(table), d.Now()
	if value, fresh := k.get(version, now); fresh {
		return value, nil
	}
	err = d.ReadOne(ctx, func(tx *Tx) error {
		value, err = read(tx)
		return err
	})
	if err == nil {
		k.set(value, version, now)
	}
	return value, err
}

func (k *Kept[T]) get(version int, now Time) (value T, fresh bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.value, k.version == version && now >= k.at && now < k.at.Add(keptFor)
}

func (k *Kept[T]) set(value T, version int, now Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.value, k.version, k.at = value, version, now
}
