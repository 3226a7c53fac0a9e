package db_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"pulih/db"
	"pulih/db/dbtest"
)

// mute is a connection whose network has gone: nothing arrives, and nothing
// says so.
type mute struct {
	net.Conn
	gone atomic.Bool
}

func (m *mute) Write(p []byte) (int, error) {
	if m.gone.Load() {
		return len(p), nil
	}
	return m.Conn.Write(p)
}

// A server that does not answer is given up, so that a new connection is made.
func TestASilentServerIsGivenUp(t *testing.T) {
	config, err := pgx.ParseConfig(dbtest.Require(t, "postgres", "PULIH_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	m, dial := &mute{}, config.DialFunc
	config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		m.Conn, err = dial(ctx, network, address)
		return m, err
	}
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background()) //nolint:errcheck // a test's connection
	const while = 100 * time.Millisecond
	if err := db.Hear(t.Context(), conn, while); err != nil {
		t.Fatal("it answers, and is given up:", err)
	}
	m.gone.Store(true)
	heard := make(chan error, 1)
	go func() { heard <- db.Hear(t.Context(), conn, while) }()
	select {
	case err := <-heard:
		if err == nil {
			t.Error("nobody answers, and it listens on")
		}
	case <-time.After(10 * time.Second):
		t.Error("it waits for ever")
	}
}
