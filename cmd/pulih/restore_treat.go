package main

import (
	"context"
	"fmt"
	"strconv"

	"pulih/accounts"
	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
)

// restored is what a restore did, for the operator.
type restored struct {
	first, last int64       // the events of the log that had happened since the backup
	known       audit.Known // where its copy ends
	events      []audit.Event
	mails       int
	accounts    accounts.Restored
	requests    tickets.Restored
}

// treat does all of impostor 19 in one transaction, and takes the mark away
// with it: either everything is done, or serve does not start.
func (c *restoreCmd) treat(ctx context.Context, d *db.DB, keys *secret.Keys, from string) (done restored, err error) {
	site, zone, err := c.whose()
	if err != nil {
		return done, err
	}
	office, err := calendar(c.Holidays, zone)
	if err != nil {
		return done, err
	}
	dir := c.directory(d, keys, site, zone)
	desk := tickets.New(tickets.Config{DB: d, Keys: keys, Accounts: dir.Accounts, Outbox: dir.outbox,
		Calendar: office, Waits: tickets.Production(), Zone: zone, Agency: c.Agency})
	err = d.Write(ctx, func(tx *db.Tx) error {
		done = restored{}
		return c.safe(ctx, tx, dir, desk, from, &done)
	})
	return done, err
}

// safe is one restore in its transaction.
func (c *restoreCmd) safe(ctx context.Context, tx *db.Tx, dir directory, desk *tickets.Desk, from string, done *restored) (err error) {
	if err := c.putBack(ctx, tx, done); err != nil {
		return err
	}
	if done.mails, err = dir.outbox.Restore(ctx, tx, done.events); err != nil {
		return err
	}
	if done.requests, err = desk.Restore(ctx, tx, done.events, c.WithoutAuditCopy); err != nil {
		return err
	}
	since := accounts.Since{Events: done.events, Unknown: c.WithoutAuditCopy}
	if done.accounts, err = dir.Restore(ctx, tx, since, dir.by); err != nil {
		return err
	}
	if err := app.Restored(ctx, tx); err != nil {
		return err
	}
	if err := dir.TellSupervisors(ctx, tx, "Data dipulihkan dari cadangan", done.letter(dir.by)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: dir.by, Action: audit.DataRestored, Detail: done.detail(from)})
}

// putBack writes the log on from its copy.
func (c *restoreCmd) putBack(ctx context.Context, tx *db.Tx, done *restored) (err error) {
	if c.WithoutAuditCopy {
		return nil
	}
	if done.known, err = audit.KnownBy(c.AuditCopy); err != nil {
		return err
	}
	done.first, done.last, err = audit.PutBack(ctx, tx, c.AuditCopy, func(e audit.Event) { done.events = append(done.events, e) })
	return err
}

// seal chains what the restore has told, and copies it: the next check finds
// log and copy at one.
func (c *restoreCmd) seal(ctx context.Context) error {
	d, err := existing(ctx, c.Database)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // all is committed
	if err := placeAll(ctx, audit.Sealer{DB: d, Where: tickets.Whose(c.Agency)}); err != nil || c.WithoutAuditCopy {
		return err
	}
	return audit.CatchUpCopy(ctx, d, c.AuditCopy)
}

func (r restored) detail(from string) map[string]string {
	number := func(n int) string { return strconv.Itoa(n) }
	return map[string]string{"from": from, "first": strconv.FormatInt(r.first, 10), "last": strconv.FormatInt(r.last, 10), "known": shownKnown(r.known),
		"events": number(len(r.events)), "frozen": number(len(r.accounts.Frozen)), "staff": number(len(r.accounts.Staff)),
		"reopened": number(r.requests.Reopened), "lost": number(len(r.requests.Lost))}
}

// letter is what supervisors are told at the next start.
func (r restored) letter(by audit.Actor) string {
	return fmt.Sprintf("Data dipulihkan dari cadangan oleh %s.\nSemua sesi, kode, dan persetujuan yang menunggu sudah dibatalkan.\n"+
		"Permohonan dibuka lagi: %d. Akun dibekukan: %d. Akun petugas yang perlu diperiksa: %d. Permohonan yang hilang: %d.\n"+
		"Salinan catatan audit berakhir pada kejadian %s.\nJika ada yang terjadi sesudahnya, Pulih tidak mengetahuinya.\nJika Anda tidak tahu tentang ini, hubungi admin sekarang.",
		by.ID, r.requests.Reopened, len(r.accounts.Frozen), len(r.accounts.Staff), len(r.requests.Lost), shownKnown(r.known))
}
