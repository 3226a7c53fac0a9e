package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// keysCmd makes keys, and moves what is sealed to the newest of them.
type keysCmd struct {
	New    keysNewCmd    `cmd:"" help:"Print fresh keys as serve reads them. Keep them outside the database and its backups."`
	Rotate keysRotateCmd `cmd:"" help:"Seal everything anew with the newest key, so that the server needs the old one no more. Backups from before do: keep it as long as the oldest of them."`
}

type keysNewCmd struct {
	Number uint8 `default:"1" env:"-" help:"Number of the sealing key. Above 1 only that key is printed, to be added to the others."`
	screen
}

// Run prints keys that nobody has seen yet.
func (c *keysNewCmd) Run() error {
	switch c.Number {
	case 0:
		return setting("number", errors.New("sealing keys are numbered 1 to 255"))
	case 1:
		return c.say("PULIH_KEYS_SEALING=1:%s\nPULIH_KEY_PEPPER=%s", secret.NewKey(), secret.NewKey())
	}
	return c.say("%d:%s", c.Number, secret.NewKey())
}

type keysRotateCmd struct {
	consoleFlags
	screen
}

// errStale says that a server without the newest key is running.
var errStale = errors.New("rows are still sealed with an old key; restart every server with the new key, then run this again")

// Run seals anew, column by column, in batches: it may be stopped and started
// again at any time, beside a running server.
func (c *keysRotateCmd) Run(ctx context.Context) error {
	return c.within(ctx, func(d directory) error {
		for _, col := range sealedColumns {
			if err := c.twice(ctx, d, col.name, col.reseal); err != nil {
				return err
			}
		}
		if err := c.twice(ctx, d, outboxColumn, resealOutbox); err != nil {
			return err
		}
		return c.say("Semua disegel dengan kunci nomor %d. Kunci lama boleh dicabut dari server ini.\n"+
			"Simpan kunci itu di tempat lain selama cadangan dari sebelum hari ini masih disimpan: tanpa kunci itu, cadangan tersebut tidak bisa dipulihkan.", d.keys.Newest())
	})
}

// twice seals anew, and looks again whether anything is left.
func (c *keysRotateCmd) twice(ctx context.Context, d directory, name string, reseal func(context.Context, directory) (int, error)) error {
	n, err := reseal(ctx, d)
	if err == nil {
		err = c.say("%-22s %6d disegel ulang", name, n)
	}
	left := 0
	if err == nil {
		left, err = reseal(ctx, d)
	}
	if err == nil && left > 0 {
		err = errStale
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// outboxColumn is resealed by package mail, which knows what still waits.
const outboxColumn = "outbox.sealed"

func resealOutbox(ctx context.Context, d directory) (int, error) {
	n, err := d.outbox.Reseal(ctx)
	if err != nil || n == 0 {
		return n, err
	}
	return n, d.db.Write(ctx, func(tx *db.Tx) error { return d.rotated(ctx, tx, outboxColumn, n) })
}

func (d directory) rotated(ctx context.Context, tx *db.Tx, column string, rows int) error {
	return audit.Append(ctx, tx, audit.Event{Actor: d.by, Action: audit.KeysRotated,
		Detail: map[string]string{"column": column, "rows": strconv.Itoa(rows), "key": strconv.Itoa(int(d.keys.Newest()))}})
}
