package main

import (
	"sync"
	"time"
)

// demoClock stands in the past while the demo's history is made by the real
// verbs, and runs with the machine's clock from then on. No address sets it
// (impostor 20).
type demoClock struct {
	mu    sync.Mutex
	past  time.Time     // zero once it runs
	ahead time.Duration // of the machine's clock; tests wait by it
}

func (c *demoClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.past.IsZero() {
		return time.Now().Add(c.ahead)
	}
	return c.past
}

func (c *demoClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.past = t
}

func (c *demoClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.past = c.past.Add(d)
}

// skip lets a test wait without sleeping.
func (c *demoClock) skip(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}
