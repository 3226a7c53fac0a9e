package db

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// A channel for each schema: two installations may share a server.
const (
	channelName = `SELECT quote_ident('pulih ' || current_schema())`
	notify      = `SELECT pg_notify('pulih ' || current_schema(), $1)`
)

// news are the tables that this process has changed and not announced yet.
// They are announced after the commit and not in it: NOTIFY takes a lock over
// the whole server until its transaction has reached the disk, and one commit
// would wait for the other.
type news struct {
	mu     sync.Mutex
	tables []string
	some   chan struct{}
}

func newNews() news { return news{some: make(chan struct{}, 1)} }

func (n *news) add(tables []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, table := range tables {
		if !slices.Contains(n.tables, table) {
			n.tables = append(n.tables, table)
		}
	}
	if len(n.tables) > 0 {
		select {
		case n.some <- struct{}{}:
		default:
		}
	}
}

func (n *news) take() (tables []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	tables, n.tables = n.tables, nil
	return tables
}

// announce tells other processes what this one changed; what changes while it
// does so is told together.
func (d *DB) announce(ctx context.Context, report func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.news.some:
		}
		tables := d.news.take()
		if _, err := d.w.ExecContext(ctx, notify, d.origin+" "+strings.Join(tables, " ")); err != nil && ctx.Err() == nil {
			report(err)
		}
	}
}

// listen hears what others announce until the connection breaks; heard tells
// whether it ever stood.
func (d *DB) listen(ctx context.Context, direct string) (heard bool, err error) {
	conn, err := pgx.Connect(ctx, direct)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it is given up
	var channel string
	if err := conn.QueryRow(ctx, channelName).Scan(&channel); err != nil {
		return false, err
	}
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return false, err
	}
	d.watchers.tellAll() // of what happened before
	for {
		if err := d.hear(ctx, conn, followWait); err != nil {
			return true, err
		}
	}
}

// hear waits for one signal. After a while without one it asks whether the
// server is still there, for as long: a network that is gone says nothing.
func (d *DB) hear(ctx context.Context, conn *pgx.Conn, while time.Duration) error {
	patience, cancel := context.WithTimeout(ctx, while)
	defer cancel()
	n, err := conn.WaitForNotification(patience)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		asked, cancel := context.WithTimeout(ctx, while)
		defer cancel()
		return conn.Ping(asked)
	}
	if err != nil {
		return err
	}
	if origin, tables, _ := strings.Cut(n.Payload, " "); origin != d.origin {
		d.watchers.tell(strings.Fields(tables))
	}
	return nil
}
