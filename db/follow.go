package db

import (
	"context"
	"errors"
	"time"
)

// Times of following other processes.
const (
	lookEvery  = 500 * time.Millisecond // at SQLite's data_version
	followWait = 30 * time.Second       // after which a silent connection is tried
	followLag  = time.Second            // before the next connection, then twice as long
)

// Follow tells those who Watch what other processes change, until ctx ends. On
// SQLite it looks at data_version, which knows no table: all are told. On
// PostgreSQL it listens on a connection of its own to direct, the server
// itself where d goes through a pooler that hands connections on after each
// transaction ("" is the same address). A connection that breaks is reported
// and made again, and all watchers are told then: signals may have been lost.
// A signal is a hint, never the only way to hear of something.
func (d *DB) Follow(ctx context.Context, direct string, report func(error)) error {
	if d.Engine == SQLite {
		return d.followFile(ctx, report)
	}
	if direct == "" {
		direct = d.url
	}
	go d.announce(ctx, report)
	lag := followLag
	for ctx.Err() == nil {
		heard, err := d.listen(ctx, direct)
		if ctx.Err() != nil {
			break
		}
		report(err)
		if lag = min(2*lag, followWait); heard {
			lag = followLag
		}
		pause(ctx, lag)
	}
	return ctx.Err()
}

// followFile asks on the writer's connection: data_version changes on one for
// commits of others only, and this process writes on no other.
func (d *DB) followFile(ctx context.Context, report func(error)) error {
	var known, now int64
	for first := true; pause(ctx, lookEvery); first = false {
		if err := d.w.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&now); err != nil {
			if !errors.Is(err, context.Canceled) {
				report(err)
			}
			continue
		}
		if !first && now != known {
			d.watchers.tellAll()
		}
		known = now
	}
	return ctx.Err()
}

// pause is false when ctx ended before.
func pause(ctx context.Context, length time.Duration) bool {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
