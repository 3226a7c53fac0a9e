package tickets

import (
	"context"
	"time"

	"pulih/accounts"
	"pulih/db"
)

const flagTime = 30 * 24 * time.Hour

// past is what earlier tickets say of a person.
type past struct {
	done, disowned, refused, live int
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
	var h past
	err = tx.Row(ctx, selectPast, r.Person, r.ID, tx.Now.Add(-flagTime)).Scan(&h.done, &h.disowned, &h.live)
	if err != nil {
		return f, err
	}
	if err := tx.Row(ctx, countRefused, r.Person, tx.Now.Add(-flagTime)).Scan(&h.refused); err != nil {
		return f, err
	}
	f.counter(h.done > 0, "pemulihan kedua dalam 30 hari.")
	f.counter(h.disowned > 0, "pemulihan sebelumnya dilaporkan “Bukan saya”.")
	f.counter(h.refused >= 2, "dua permohonan ditolak dalam 30 hari.")
	f.counter(acc.RemoteBlockedUntil > tx.Now, "permohonan jarak jauh sedang diblokir.")
	f.counter(changedWithin(p.EmailSince, tx.Now, accounts.Frozen), "alamat email berubah dalam 7 hari terakhir.")
	f.warn(h.refused == 1, "Satu permohonan ditolak dalam 30 hari.")
	f.warn(h.live > 0, "Ada permohonan lain yang masih berjalan untuk NIP ini.")
	f.account(p, acc, tx.Now)
	c, err := d.calendarOf(ctx, tx, r.Agency)
	f.warn(!c.Open(r.OpenedAt), "Diajukan di luar jam kerja.")
	return f, err
}

func (f *flags) account(p accounts.Person, acc accounts.Account, now db.Time) {
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
