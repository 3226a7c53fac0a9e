package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

func (d doctor) database(ctx context.Context) finding {
	if err := d.db.Check(ctx); err != nil {
		return failed("database", err, "stop serve, keep the file, and compare with the newest backup")
	}
	return fine("database", "whole (%s)", d.db.Engine)
}

func (d doctor) schema(ctx context.Context) finding {
	const part = "schema"
	has, err := d.db.Version(ctx)
	knows, unread := db.Newest(d.db.Engine)
	switch {
	case err != nil || unread != nil:
		return failed(part, errors.Join(err, unread), "was this database made by Pulih?")
	case has < knows:
		return doubt(part, "serve brings it up at its next start; take a backup first", "version %d, and this program brings %d", has, knows)
	case has > knows:
		return doubt(part, "use the newer program: this one may still serve, but is behind", "version %d, and this program knows %d", has, knows)
	}
	return fine(part, "version %d", has)
}

// sealed opens some of what is sealed in each column: the wrong keys are found
// today, and not by the first person who types a code.
func (d doctor) sealed(ctx context.Context) finding {
	const part = "keys"
	if why := d.env.why(); why != "" {
		return skipped(part, why)
	}
	keys, err := d.env.serve.keys()
	if err != nil {
		return failed(part, err, "")
	}
	opened, stale := 0, 0
	for _, col := range sealedColumns {
		n, old, err := d.openSome(ctx, keys, col)
		if err != nil {
			return failed(part, err, "these are not the keys that sealed this database; find them before anybody signs in")
		}
		opened, stale = opened+n, stale+old
	}
	if stale > 0 {
		return doubt(part, "pulih keys rotate, before the old key goes", "%d values open, %d of them sealed with an older key", opened, stale)
	}
	return fine(part, "%d sealed values open", opened)
}

func (d doctor) openSome(ctx context.Context, keys *secret.Keys, col sealedColumn) (opened, stale int, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.All(ctx, tx, scanSealed, col.find, "", resealBatch)
		for _, row := range rows {
			if _, err := keys.Open(col.place(row.id), row.value); err != nil {
				return fmt.Errorf("%s of %s: %w", col.name, row.id, err)
			}
			if opened++; keys.Stale(row.value) {
				stale++
			}
		}
		return err
	})
	return opened, stale, err
}

// How long a mail waits before somebody should look: a code lives 30 minutes.
const (
	mailsLate  = 10 * time.Minute
	mailsStuck = time.Hour
	mailsMost  = 10_000
)

func (d doctor) outbox(ctx context.Context) finding {
	const part, do = "outbox", "see the relay's line, and what serve logs with \"mail:\"; nothing is lost, mails are tried for seven days"
	var queues []mail.Queue
	var oldest time.Duration
	var all int64
	var kinds []string
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		queues, err = mail.Queues(ctx, tx, mailsMost)
		for _, q := range queues {
			all, oldest = all+q.N, max(oldest, tx.Now.Sub(q.Since))
			kinds = append(kinds, fmt.Sprintf("%s %d", q.Kind, q.N))
		}
		return err
	})
	text := fmt.Sprintf("%d mails wait, the oldest for %s: %s", all, oldest.Round(time.Second), strings.Join(kinds, ", "))
	switch {
	case err != nil:
		return failed(part, err, "")
	case oldest > mailsStuck:
		return failed(part, errors.New(text), do)
	case oldest > mailsLate:
		return doubt(part, do, "%s", text)
	case all == 0:
		return fine(part, "nothing waits")
	}
	return fine(part, "%s", text)
}

// leases tell whether a job of the clock rests while somebody serves.
func (d doctor) leases(ctx context.Context) finding {
	const part = "leases"
	var held, left []string
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		all, err := db.All(ctx, tx, scanLease, selectLeases)
		for _, l := range all {
			switch {
			case l.until > tx.Now.Add(time.Minute):
				left = append(left, l.name+" was taken by a clock that was ahead")
			case l.until > tx.Now:
				held = append(held, l.name)
			case l.until < tx.Now.Add(-time.Minute):
				left = append(left, l.name+" rests since "+l.until.Time().Format(time.DateTime)+" UTC")
			}
		}
		return err
	})
	switch {
	case err != nil:
		return failed(part, err, "")
	case len(held) == 0:
		return fine(part, "nobody serves")
	case len(left) > 0:
		return doubt(part, "a process serves and does not take it over: read its log, restart it", "%s", strings.Join(left, "; "))
	}
	return fine(part, "held: %s", strings.Join(held, ", "))
}

// Space below which an operator should act, and below which Pulih will stop
// taking requests soon.
const (
	littleSpace = 1 << 30
	noSpace     = 200 << 20
)

func (d doctor) disks() (all []finding) {
	for _, place := range [][2]string{{"database", d.db.File()}, {"audit copy", d.AuditCopy}, {"temporary", filepath.Join(os.TempDir(), "any")}} {
		if place[1] != "" {
			all = append(all, disk(place[0], place[1]))
		}
	}
	return all
}

func disk(of, path string) finding {
	const part = "disk"
	var s syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &s); err != nil {
		return failed(part, fmt.Errorf("%s: %w", of, err), "is it mounted?")
	}
	free, all := uint64(s.Bavail)*uint64(s.Bsize), uint64(s.Blocks)*uint64(s.Bsize)
	return spaceOf(of, free, all)
}

func spaceOf(of string, free, all uint64) finding {
	const part, do = "disk", "make room: a full disk refuses every change, and loses none that was confirmed"
	text := fmt.Sprintf("%s: %d MiB free of %d", of, free>>20, all>>20)
	switch {
	case free < noSpace:
		return failed(part, errors.New(text), do)
	case free < littleSpace || free < all/20:
		return doubt(part, do, "%s", text)
	}
	return fine(part, "%s", text)
}
