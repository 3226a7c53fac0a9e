package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"pulih/cmd/rig"
)

// plain is production with a roster and nothing else; it tells how long it
// took from exec to the first answer.
func (b *bench) plain(ctx context.Context) (*rig.Process, time.Duration, error) {
	place := rig.Place{Binary: b.binary, Folder: b.folder, Box: b.box}
	if err := place.Import(ctx); err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	p, err := place.Serve(ctx)
	return p, time.Since(begun), err
}

// cold is how a release starts: its size, its first answer, its memory at rest.
func (b *bench) cold(p *rig.Process, first time.Duration, w io.Writer) error {
	info, err := os.Stat(b.binary)
	if err != nil {
		return err
	}
	time.Sleep(time.Second)
	fmt.Fprintf(w, "binary %.1f MiB, one static file\nfirst answer after %d ms\n%.1f MiB resident\n", float64(info.Size())/(1<<20), first.Milliseconds(), p.Memory("VmRSS"))
	b.report.held("first answer after a start", float64(first.Milliseconds()), 1000, "ms")
	b.report.held("memory at rest", p.Memory("VmRSS"), 60, "MiB")
	return nil
}

// sectionsOf are what is asked of an engine besides the rows.
func (b *bench) sectionsOf(ctx context.Context, all []*house) error {
	few, many := all[0], all[len(all)-1]
	parts := []struct {
		name string
		do   func(w io.Writer) error
	}{
		{"sizes", func(io.Writer) error { return b.sizes(ctx, few, many) }},
		{"practice", func(w io.Writer) error { return b.practices(ctx, many, w) }},
		{"desk", func(w io.Writer) error { return desks([2]*house{few, many}, w) }},
		{"reports", func(w io.Writer) error { return (&counter{many.visitor(), many, w}).reports(ctx) }},
	}
	for _, p := range parts {
		if !wants(b.Sections, p.name) || few == many && (p.name == "sizes" || p.name == "desk") {
			continue
		}
		if err := p.do(b.report.section(p.name + ", " + many.engine)); err != nil {
			return fmt.Errorf("%s on %s: %w", p.name, many.engine, err)
		}
	}
	return nil
}

// sizes holds a row over many tickets against its own rate over few.
func (b *bench) sizes(ctx context.Context, few, many *house) error {
	for _, r := range rows {
		if r.sizes == 0 || !wants(b.Rows, r.name) {
			continue
		}
		large, _, err := many.sides(ctx, r)
		if err != nil {
			return err
		}
		small, _, err := few.sides(ctx, r)
		if err != nil {
			return err
		}
		if err := b.interleave(ctx, 16, large, small); err != nil {
			return err
		}
		ratio, spread := ratios(large.Rates, small.Rates)
		b.report.reached(goal{Name: fmt.Sprintf("%s, %d against %d tickets, %s", r.name, many.size, few.size, many.engine),
			Figure: ratio, Spread: spread, Wanted: r.sizes, Noisy: large.Noisy + small.Noisy})
	}
	return nil
}

// people are the sections that need people and no tickets.
func (b *bench) people(ctx context.Context) error {
	p, first, err := b.plain(ctx)
	if err != nil {
		return err
	}
	defer p.Stop()
	for _, part := range []struct {
		name string
		do   func(w io.Writer) error
	}{
		{"cold", func(w io.Writer) error { return b.cold(p, first, w) }},
		{"passwords", func(w io.Writer) error { return b.passwords(ctx, p, w) }},
		{"alike", func(w io.Writer) error { return alike(ctx, p, w) }},
	} {
		if !wants(b.Sections, part.name) {
			continue
		}
		if err := part.do(b.report.section(part.name)); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}
