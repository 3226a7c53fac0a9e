// Package mailbox is an SMTP server that keeps what it receives: the mailbox
// of the demo, and the relay of the tests, which can also be told to fail the
// way real relays do.
package mailbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"

	"github.com/emersion/go-smtp"
)

// ErrNotLoopback says that the address can be reached from other machines:
// a box takes any mail from anybody.
var ErrNotLoopback = errors.New("mailbox: address is not loopback")

const (
	keep     = 500     // messages
	maxBytes = 1 << 20 // of one message
)

// Box is a running server and the last 500 messages it received.
type Box struct {
	server *smtp.Server
	addr   string

	mu       sync.Mutex
	received []Received // oldest first
	news     chan struct{}
	fault    Fault
	held     chan struct{} // closed when a slow answer may go out
	tap      func(Received)
}

// Start listens on addr, like "127.0.0.1:0".
func Start(addr string) (*Box, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	if !listener.Addr().(*net.TCPAddr).IP.IsLoopback() {
		return nil, errors.Join(ErrNotLoopback, listener.Close())
	}
	b := &Box{addr: listener.Addr().String(), news: make(chan struct{}), held: make(chan struct{})}
	b.server = smtp.NewServer(smtp.BackendFunc(b.session))
	b.server.Domain = "localhost"
	b.server.MaxMessageBytes = maxBytes
	b.server.MaxRecipients = 10
	b.server.ErrorLog = silent{}
	go b.server.Serve(gate{listener, b}) //nolint:errcheck // it ends with Close
	return b, nil
}

// Addr is the address it listens on, with the port.
func (b *Box) Addr() string { return b.addr }

// Close hangs up and stops listening. The messages stay readable.
func (b *Box) Close() error {
	b.Fail(None)
	return b.server.Close()
}

// Messages returns what was received, newest first.
func (b *Box) Messages() []Received {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := slices.Clone(b.received)
	slices.Reverse(all)
	return all
}

// Tap has every message told that comes from now on, for who counts more of
// them than are kept. It must not ask the box.
func (b *Box) Tap(tell func(Received)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tap = tell
}

// Wait returns the newest message that matches, and waits for one as long as
// there is none.
func (b *Box) Wait(ctx context.Context, match func(Received) bool) (Received, error) {
	for {
		news := b.newsChannel()
		all := b.Messages()
		if i := slices.IndexFunc(all, match); i >= 0 {
			return all[i], nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return Received{}, fmt.Errorf("mailbox: no such message among %d: %w", len(all), ctx.Err())
		}
	}
}

func (b *Box) newsChannel() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.news
}

func (b *Box) add(r Received) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.tap != nil {
		b.tap(r)
	}
	b.received = append(b.received, r)
	b.received = b.received[max(0, len(b.received)-keep):]
	close(b.news)
	b.news = make(chan struct{})
}

// silent drops what the server would print: a test that drops connections on
// purpose needs no log of it.
type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}
