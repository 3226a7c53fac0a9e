package main

import (
	"context"
	"os"

	"pulih/accounts"
)

// importCmd loads the roster as a personnel agency exports it. It says first,
// line by line, what it would do.
type importCmd struct {
	consoleFlags
	File     string                     `arg:"" help:"CSV file, comma, semicolon or tab; - for standard input. Its columns are in docs/import.md."`
	Apply    bool                       `env:"-" help:"Do it, all in one transaction, instead of only saying what would be done."`
	BrakeOff map[accounts.BrakeName]int `env:"-" placeholder:"NAME=N" help:"Release a brake by typing its name and exact number, such as deactivated=214."`
	screen
}

// Run prints the report, and with --apply does what it says.
func (c *importCmd) Run(ctx context.Context) error {
	return c.founding(ctx, func(d directory) error {
		plan, err := c.plan(ctx, d)
		if err != nil {
			return err
		}
		if err := plan.WriteReport(c.screen.writer()); err != nil {
			return err
		}
		return c.apply(ctx, d, plan)
	})
}

func (c *importCmd) apply(ctx context.Context, d directory, plan accounts.Plan) error {
	switch {
	case !plan.Writes():
		return c.say("Tidak ada yang perlu diubah.")
	case !c.Apply:
		return c.say("Ini baru pemeriksaan. Tidak ada yang diubah. Tambahkan --apply untuk menjalankannya.")
	}
	if err := d.ApplyImport(ctx, plan, c.BrakeOff, d.by); err != nil {
		return err
	}
	return c.say("Selesai diterapkan.")
}

func (c *importCmd) plan(ctx context.Context, d directory) (accounts.Plan, error) {
	if c.File == "-" {
		return d.PlanImport(ctx, os.Stdin)
	}
	file, err := os.Open(c.File)
	if err != nil {
		return accounts.Plan{}, err
	}
	defer file.Close() //nolint:errcheck // only read
	return d.PlanImport(ctx, file)
}
