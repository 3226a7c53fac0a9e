package main

import (
	"context"
	"fmt"
	"time"

	"pulih/db"
)

// seedFlags name a database to fill.
type seedFlags struct {
	Count    int    `arg:"" help:"How many tickets, in ten thousands."`
	Database string `arg:"" help:"A file, or postgres://…"`
}

// Run fills it. A demo or a serve over it needs the keys that are printed.
func (f seedFlags) Run(ctx context.Context) error {
	if f.Count < written || f.Count%written != 0 {
		return fmt.Errorf("seed: %d is no multiple of %d", f.Count, written)
	}
	keys := freshKeyring()
	keys.use()
	if err := threeYears(ctx, f.Database, f.Count); err != nil {
		return err
	}
	d, err := db.Open(ctx, f.Database, time.Now)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // all is committed
	token, err := begin(ctx, d)
	if err == nil {
		fmt.Printf("PULIH_KEYS_SEALING=%s\nPULIH_KEY_PEPPER=%s\n%s=%s\n", keys.Sealing, keys.Pepper, staffCookie, token)
	}
	return err
}
