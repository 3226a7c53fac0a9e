package app

import (
	"cmp"
	"sync"
)

// room shares uploadRoom out among the uploads under way. Its zero value is
// ready.
type room struct {
	mu    sync.Mutex
	turns map[*turn]bool
	held  int            // KiB of all
	of    map[string]int // and of each network, and of each draft or receipt
}

// turn is an upload under way. held is the KiB that it has of the room, which
// guards it; cut ends its line.
type turn struct {
	network string
	one     string // its draft or receipt
	held    int
	cut     func()
}

// under is how many uploads are under way.
func (r *room) under() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.turns)
}

// enter gives a new upload its first KiB.
func (r *room) enter(t *turn) bool {
	r.mu.Lock()
	if r.turns == nil {
		r.turns, r.of = map[*turn]bool{}, map[string]int{}
	}
	r.turns[t] = true
	r.mu.Unlock()
	return r.grow(t, uploadFirst)
}

// grow gives kib more, unless the upload was cut. Where there is no room, the
// heaviest makes way, be it this one: so slow uploads of some networks leave
// every other one its equal share, and those of some receipts their
// neighbours' behind the same address (impostor 12).
func (r *room) grow(t *turn, kib int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.turns[t] {
		return false
	}
	r.count(t, kib)
	for r.held > uploadRoom {
		heaviest := r.heaviest(t)
		r.end(heaviest)
		heaviest.cut()
	}
	return r.turns[t]
}

func (r *room) count(t *turn, kib int) {
	t.held += kib
	r.held += kib
	r.of["network "+t.network] += kib
	r.of["one "+t.one] += kib
}

// end is that of an upload that is over, once.
func (r *room) end(t *turn) {
	if !r.turns[t] {
		return
	}
	r.count(t, -t.held)
	delete(r.turns, t)
	for _, key := range []string{"network " + t.network, "one " + t.one} {
		if r.of[key] == 0 {
			delete(r.of, key)
		}
	}
}

// heaviest is the largest upload of the largest holder of the network that
// holds most; among equals t, who came last.
func (r *room) heaviest(t *turn) *turn {
	for u := range r.turns {
		if r.heavier(u, t) {
			t = u
		}
	}
	return t
}

func (r *room) heavier(u, than *turn) bool {
	return cmp.Or(
		cmp.Compare(r.of["network "+u.network], r.of["network "+than.network]),
		cmp.Compare(r.of["one "+u.one], r.of["one "+than.one]),
		cmp.Compare(u.held, than.held)) > 0
}

// has tells whether an upload was left in.
func (r *room) has(t *turn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.turns[t]
}

func (r *room) leave(t *turn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.end(t)
}
