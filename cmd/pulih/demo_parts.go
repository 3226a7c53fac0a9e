package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"pulih/app"
	"pulih/db"
	"pulih/secret"
)

func demoKeys(text string) (*secret.Keys, error) {
	sealing, pepper, _ := strings.Cut(text, "\n")
	return secret.ParseKeys(sealing, pepper)
}

// openDemo opens the demo's database, and no other (impostor 20).
func openDemo(ctx context.Context, path string, now func() time.Time) (*db.DB, error) {
	d, err := db.Open(ctx, path, now)
	if err != nil {
		return nil, setting("data", err)
	}
	if err := d.Migrate(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := app.RefuseReal(ctx, d); err != nil {
		return nil, errors.Join(setting("data", err), d.Close())
	}
	return d, nil
}
