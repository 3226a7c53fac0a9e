package tickets

import (
	"context"
	"fmt"
	"time"

	"pulih/accounts"
	"pulih/db"
)

const flagTime = 30 * 24 * time.Hour

// past is what other requests say of a person.
type past struct {
	done, disowned, refused, stopped, live int
	alone                                  int // authenticators that he replaced himself
	others                                 int // people for whom somebody filed from the same network
}

// flags are what staff should know of a request, and the first reason, if
// there is one, for which it is served at the counter only (L3).
type flags struct {
	lines       []string
	counterOnly string
}

// flagsOf reads them. A stranger's requests cannot push the person to the
// counter by being filed or disowned, only by being refused twice (impostor
// 2, 21).
func (d *Desk) flagsOf(ctx context.Context, tx *db.Tx, r *record) (flags, error) {
	var f flags
	p, err := d.accounts.Person(ctx, tx, r.Person)
	if err != nil {
		return f, err
	}
	acc, err := d.accounts.Account(ctx, tx, r.Person)
	if err != nil {
		return f, err
	}
	privileged, err := d.accounts.Privileged(ctx, tx, p)
	if err != nil {
		return f, err
	}
	h, err := d.past(ctx, tx, r)
	if err != nil {
		return f, err
	}
	f.counter(privileged, "pemohon adalah petugas atau operator.")
	f.past(h)
	f.account(p, acc, tx.Now)
	c, err := d.calendarOf(ctx, tx, r.Agency)
	f.warn(!c.Open(r.OpenedAt), "Diajukan di luar jam kerja.")
	return f, err
}

func (d *Desk) past(ctx context.Context, tx *db.Tx, r *record) (h past, err error) {
	since := tx.Now.Add(-flagTime)
	if err = tx.Row(ctx, selectEndings, r.Person, r.ID, since).Scan(&h.done, &h.disowned, &h.refused, &h.stopped); err != nil {
		return h, err
	}
	if err = tx.Row(ctx, selectLiveOthers, r.Person, r.ID).Scan(&h.live); err != nil {
		return h, err
	}
	if h.alone, err = d.accounts.EnrolledAlone(ctx, tx, r.Person, since); err != nil {
		return h, err
	}
	h.others, err = d.fromOneNetwork(ctx, tx, r)
	return h, err
}

func (f *flags) past(h past) {
	f.counter(h.done+h.alone > 0, "pemulihan kedua dalam 30 hari.")
	f.counter(h.disowned > 0, "pemulihan sebelumnya dilaporkan “Bukan saya”.")
	f.counter(h.refused >= 2, "dua permohonan ditolak dalam 30 hari.")
	f.warn(h.refused == 1, "Satu permohonan ditolak dalam 30 hari.")
	f.warn(h.stopped > 0, fmt.Sprintf("%d permohonan dibatalkan atau kedaluwarsa dalam 30 hari.", h.stopped))
	f.warn(h.others > crowd, fmt.Sprintf("%d NIP diajukan dari jaringan yang sama dalam 24 jam.", h.others))
	f.warn(h.live > 0, "Ada permohonan lain yang masih berjalan untuk NIP ini.")
}

// crowd is how many people's requests come from one network in a day without
// anything being odd: an office shares one.
const crowd = 4

// fromOneNetwork counts the numbers for which somebody filed there around the
// time at which r was filed. Agents at the counter file for many.
func (d *Desk) fromOneNetwork(ctx context.Context, tx *db.Tx, r *record) (n int, err error) {
	const day = 24 * time.Hour
	if r.Network == "" || r.FiledBy != "" {
		return 0, nil
	}
	err = tx.Row(ctx, countNetwork, r.Network, r.OpenedAt.Add(-day), r.OpenedAt.Add(day)).Scan(&n)
	return n, err
}

func (f *flags) account(p accounts.Person, acc accounts.Account, now db.Time) {
	f.counter(acc.RemoteBlockedUntil > now, "permohonan jarak jauh sedang diblokir.")
	f.counter(changedWithin(p.EmailSince, now, accounts.Frozen), "alamat email berubah dalam 7 hari terakhir.")
	f.warn(changedWithin(p.EmailSince, now, accounts.Old), "Alamat email baru: belum 30 hari terdaftar.")
	f.warn(changedWithin(p.PhoneSince, now, accounts.Old), "Nomor telepon baru: belum 30 hari terdaftar.")
	f.warn(p.Email == "", "Tidak ada alamat email untuk pemberitahuan.")
	f.warn(acc.PasswordVia == accounts.ViaMail && changedWithin(acc.PasswordAt, now, accounts.Old), "Kata sandi baru saja diganti lewat email.")
	f.warn(acc.SuspendedAt != 0, "Kata sandi akun ditangguhkan.")
	f.warn(acc.DisabledAt != 0, "Akun dinonaktifkan administrator.")
}

func changedWithin(since, now db.Time, d time.Duration) bool { return since > 0 && since > now.Add(-d) }

func (f *flags) warn(yes bool, line string) {
	if yes {
		f.lines = append(f.lines, line)
	}
}

func (f *flags) counter(yes bool, why string) {
	if yes && f.counterOnly == "" {
		f.counterOnly = why
	}
	f.warn(yes, "Hanya di loket: "+why)
}
