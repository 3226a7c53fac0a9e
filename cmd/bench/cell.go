package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulih/cmd/rig"
)

// side is one of the two in a cell, or a peer.
type side struct {
	Rates []float64 `json:"requests_per_second"` // of each slice
	Rate  float64   `json:"median"`
	CPU   float64   `json:"cpu_ms"` // of the server and its database, a request
	P50   float64   `json:"p50_ms"` // in an open loop of half the most
	P99   float64   `json:"p99_ms"`
	Noisy int       `json:"noisy_slices"`

	house   *house
	server  *rig.Process // nil is a peer, whose CPU cannot be told from that of others
	prepare func(ctx context.Context, n int) (*target, error)
	guess   float64 // of its rate
	seconds float64 // of CPU
	sent    int
}

// cell is a row at so many clients over one database.
type cell struct {
	Row     string     `json:"row"`
	Engine  string     `json:"engine"`
	Tickets int        `json:"tickets"`
	Clients int        `json:"clients"`
	Limit   limit      `json:"limit"`
	Pulih   *side      `json:"pulih"`
	Bare    *side      `json:"bare"`
	Ratio   float64    `json:"ratio"`
	Spread  [2]float64 `json:"spread"` // of the ratios of slices side by side
	Memory  float64    `json:"memory_mib"`
}

// measure runs both sides in turn, A B B A A B, and then each at half of the
// most that it reached.
func (b *bench) measure(ctx context.Context, h *house, r row, clients int) (cell, error) {
	c := cell{Row: r.name, Engine: h.engine, Tickets: h.size, Clients: clients, Limit: r.limit}
	if err := h.pulih.ForgetPeak(); err != nil {
		return c, err
	}
	var err error
	if c.Pulih, c.Bare, err = h.sides(ctx, r); err != nil {
		return c, fmt.Errorf("%s on %s: %w", r.name, h.engine, err)
	}
	if err := b.interleave(ctx, clients, c.Pulih, c.Bare); err != nil {
		return c, fmt.Errorf("%s on %s: %w", r.name, h.engine, err)
	}
	for _, s := range []*side{c.Pulih, c.Bare} {
		if err := b.openLoop(ctx, s, clients); err != nil {
			return c, fmt.Errorf("%s on %s: %w", r.name, h.engine, err)
		}
	}
	c.Memory = h.pulih.Peak()
	c.Ratio, c.Spread = ratios(c.Pulih.Rates, c.Bare.Rates)
	return c, nil
}

func (b *bench) interleave(ctx context.Context, clients int, x, y *side) error {
	for _, s := range []*side{x, y} {
		if err := s.warm(ctx, clients); err != nil {
			return err
		}
	}
	for i := range 2 * b.Rounds {
		s := x
		if i%4 == 1 || i%4 == 2 {
			s = y
		}
		if err := b.closedLoop(ctx, s, clients); err != nil {
			return err
		}
	}
	x.summarize()
	y.summarize()
	return nil
}

func (s *side) summarize() {
	s.Rate = median(s.Rates)
	if s.sent > 0 {
		s.CPU = s.seconds * 1000 / float64(s.sent)
	}
}

// foreignMost is how much of a core others may take before a slice counts as
// disturbed, and tries how often it is then measured.
const (
	foreignMost = 0.1
	mostTries   = 3
)

// closedLoop measures a slice in which each client sends when it was answered.
func (b *bench) closedLoop(ctx context.Context, s *side, clients int) error {
	p, err := b.slice(ctx, s, clients, nil)
	if err == nil {
		s.Rates = append(s.Rates, float64(len(p.took))/p.lasted.Seconds())
		s.seconds, s.sent = s.seconds+p.spent.server, s.sent+len(p.took)
	}
	return err
}

// openLoop sends at half the most, whether answers come or not; each is timed
// from when it was due.
func (b *bench) openLoop(ctx context.Context, s *side, clients int) error {
	p, err := b.slice(ctx, s, clients, func() spread { return evenly(slices.Max(s.Rates) / 2) })
	s.P50, s.P99 = milliseconds(p.took, 50), milliseconds(p.took, 99)
	return err
}

// part is a slice as it was measured.
type part struct {
	took   []time.Duration
	lasted time.Duration
	spent  usage
}

// slice measures one; where others disturbed it, again, and it is marked
// where they do not stop.
func (b *bench) slice(ctx context.Context, s *side, clients int, due func() spread) (p part, err error) {
	for n := 1; ; n++ {
		if p, err = b.once(ctx, s, clients, due); err != nil {
			return p, err
		}
		foreign := (p.spent.machine - p.spent.ours) / p.lasted.Seconds()
		switch {
		case foreign <= foreignMost:
			return p, nil
		case n == mostTries || b.Short:
			s.Noisy++
			return p, nil
		}
	}
}

func (b *bench) once(ctx context.Context, s *side, clients int, due func() spread) (p part, err error) {
	t, err := s.prepare(ctx, b.enough(s))
	if err != nil {
		return p, err
	}
	var at spread
	if due != nil {
		at = due()
	}
	if s.server == nil {
		p.took, p.lasted, err = t.load(ctx, clients, b.Slice, at)
		return p, err
	}
	before := s.house.used(s.server)
	p.took, p.lasted, err = t.load(ctx, clients, b.Slice, at)
	p.spent = s.house.used(s.server).since(before)
	return p, err
}

// few are sent before anything counts.
const few = 320

// warm lets the server compile what it will need, and guesses its rate.
func (s *side) warm(ctx context.Context, clients int) error {
	t, err := s.prepare(ctx, few)
	if err != nil {
		return err
	}
	took, lasted, err := t.load(ctx, clients, time.Second, nil)
	s.guess = float64(len(took)) / lasted.Seconds()
	return err
}

// enough is how many calls a slice may use: as many as were answered before,
// and half as many again.
func (b *bench) enough(s *side) int {
	rate := s.guess
	if len(s.Rates) > 0 {
		rate = slices.Max(s.Rates)
	}
	return int(1.5*rate*b.Slice.Seconds()) + few
}

// used is CPU time with one process as the server.
func (h *house) used(server *rig.Process) usage {
	other := h.pulih
	if server == h.pulih {
		other = h.bare
	}
	return h.sessions.used(server.Process.Pid, other.Process.Pid, h.data.Name)
}
