package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"pulih/cmd/rig"
	"pulih/mail/mailbox"
)

// bench is one run.
type bench struct {
	options
	folder, cache string
	lasting       bool // the cache stays
	binary        string
	box           *mailbox.Box
	postgres      string
	report        *report
}

// Run measures all that was asked for, and writes the report even when
// something in the middle of it failed.
func (o options) Run(ctx context.Context) error {
	b := &bench{options: o, postgres: os.Getenv("PULIH_TEST_POSTGRES"), report: begunReport(o)}
	var err error
	if b.folder, err = os.MkdirTemp("", "pulih-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.folder) //nolint:errcheck // a temporary folder
	if err := b.set(ctx); err != nil {
		return err
	}
	defer b.box.Close() //nolint:errcheck // nobody sends any more
	failed := b.all(ctx)
	if failed == nil && o.Short {
		failed = b.proved()
	}
	if failed != nil {
		b.report.Failed = failed.Error()
	}
	if err := b.report.write(o.Out); err != nil {
		return err
	}
	return failed
}

// proved says that every row ran on each engine that is there, and that its
// ratio is a number: a short run asks nothing of the clock.
func (b *bench) proved() error {
	ran := slices.DeleteFunc(slices.Clone(b.Engines), b.lacks)
	if want := len(rows) * len(ran); len(b.report.Cells) != want || want == 0 {
		return fmt.Errorf("%d rows ran, and not %d (%v)", len(b.report.Cells), want, ran)
	}
	for _, c := range b.report.Cells {
		if !(c.Ratio > 0) || math.IsInf(c.Ratio, 0) || c.Memory <= 0 {
			return fmt.Errorf("%s on %s: ratio %f, %f MiB", c.Row, c.Engine, c.Ratio, c.Memory)
		}
	}
	return nil
}

// set builds production and a relay that accepts everything.
func (b *bench) set(ctx context.Context) (err error) {
	b.cache, b.lasting = b.Cache, b.Cache != ""
	if !b.lasting {
		b.cache = filepath.Join(b.folder, "filled")
	}
	if err := os.MkdirAll(b.cache, 0o700); err != nil {
		return err
	}
	k, err := keyringIn(filepath.Join(b.cache, "keys.json"))
	if err != nil {
		return err
	}
	k.use()
	if b.binary = b.Binary; b.binary == "" {
		if b.binary, err = rig.Build(ctx, b.folder); err != nil {
			return err
		}
	}
	b.box, err = mailbox.Start("127.0.0.1:0")
	return err
}

func (b *bench) all(ctx context.Context) error {
	if err := b.people(ctx); err != nil {
		return err
	}
	for _, engine := range b.Engines {
		if b.lacks(engine) {
			b.report.note("postgres was not measured: PULIH_TEST_POSTGRES names none")
			continue
		}
		if err := b.on(ctx, engine); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) lacks(engine string) bool { return engine == "postgres" && b.postgres == "" }

// on measures one engine: each size, and then both beside each other.
func (b *bench) on(ctx context.Context, engine string) error {
	var all []*house
	for _, size := range b.Sizes {
		h, err := b.open(ctx, engine, size)
		if err != nil {
			return fmt.Errorf("%s with %d: %w", engine, size, err)
		}
		defer h.close()
		all = append(all, h)
		if err := b.rowsOf(ctx, h); err != nil {
			return err
		}
	}
	return b.sectionsOf(ctx, all)
}

func (b *bench) rowsOf(ctx context.Context, h *house) error {
	for _, r := range rows {
		for _, clients := range b.Clients {
			if !wants(b.Rows, r.name) {
				continue
			}
			c, err := b.measure(ctx, h, r, clients)
			if err != nil {
				return err
			}
			b.report.add(c)
		}
	}
	return b.peersOf(ctx, h)
}
