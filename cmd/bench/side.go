package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulih/cmd/rig"
)

// sides are Pulih and the bare program with what is sent to each. The bare one
// answers with as many bytes as Pulih did to the first of them.
func (h *house) sides(ctx context.Context, r row) (ours, bare *side, err error) {
	first, err := r.prepare(ctx, h, 1)
	if err != nil {
		return nil, nil, err
	}
	size, err := sizeOf(h.pulih, first[0], r.meant())
	if err != nil {
		return nil, nil, err
	}
	ours, bare = &side{house: h, server: h.pulih}, &side{house: h, server: h.bare}
	ours.prepare = func(ctx context.Context, n int) (*target, error) {
		all, err := r.prepare(ctx, h, n)
		t := targetOf(h.pulih, r.meant(), r.again, all)
		t.chance = r.chance
		return t, err
	}
	same := targetOf(h.bare, r.meant(), true, []visit{r.bareVisit(size, first[0])})
	bare.prepare = func(context.Context, int) (*target, error) { return same, nil }
	return ours, bare, nil
}

func targetOf(p *rig.Process, status int, again bool, all []visit) *target {
	t := &target{address: hostOf(p), status: status, again: again}
	for _, v := range all {
		t.calls = append(t.calls, v.to(hostOf(p)))
	}
	return t
}

// sizeOf is how many bytes a page has.
func sizeOf(p *rig.Process, v visit, meant int) (int, error) {
	w, err := dial(hostOf(p))
	if err != nil {
		return 0, err
	}
	defer w.Close() //nolint:errcheck // all was read
	status, size, err := w.ask(v.to(hostOf(p)))
	if err == nil && status != meant {
		err = fmt.Errorf("%s %s answered %d and not %d", v.method, v.path, status, meant)
	}
	return size, err
}

// ratios are the median's, and the least and the most of slices side by side.
func ratios(ours, bare []float64) (ratio float64, spread [2]float64) {
	spread = [2]float64{ours[0] / bare[0], ours[0] / bare[0]}
	for i := range ours {
		spread[0], spread[1] = min(spread[0], ours[i]/bare[i]), max(spread[1], ours[i]/bare[i])
	}
	return median(ours) / median(bare), spread
}

func median(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return sorted[len(sorted)/2]
}

func milliseconds(sorted []time.Duration, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[len(sorted)*percent/100].Microseconds()) / 1000
}
