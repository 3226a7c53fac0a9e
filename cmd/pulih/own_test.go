package main

import (
	"strings"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// What people do alone, without staff.

// firstActivation ends with the first sign-in of somebody's life.
func firstActivation(w *world, open func() *tab, _ part) {
	b, who := open(), w.newcomer()
	w.proves(b, "/aktivasi", who)
	b.fill("sandi", freshPassword)
	b.press("Lanjutkan")
	who.Secret = w.device(b)
	b.sees("buat kode cadangan")
	w.mail(who.Email, "Bukan saya")
	w.signIn(b, who, freshPassword)
}

const freshPassword = "Perahu-Hijau-Laut-38?"

// lockedOut types wrong passwords until he must wait, and does not wait.
func lockedOut(w *world, open func() *tab, who part) {
	b := open()
	b.open("/masuk")
	for range 6 {
		b.fill("nip", who.NIP)
		b.fill("sandi", "Salah-tebak-11")
		b.fill("otp", "123456")
		b.press("Masuk")
	}
	b.open(strings.TrimPrefix(b.attribute(`main a[href="/buka-kunci"]`, "href"), b.base))
	w.proves(b, "/buka-kunci", who)
	b.sees("Kunci sudah dibuka")
	w.signIn(b, who, who.Password)
}

// enrolAlone: a new authenticator at once, by password and backup code.
func enrolAlone(w *world, open func() *tab, who part) {
	b := open()
	b.open("/pulihkan-mfa")
	b.fill("nip", who.NIP)
	b.fill("sandi", who.Password)
	b.fill("cadangan", w.backupCode(who))
	b.press("Lanjutkan")
	w.bind(b, who, who.Password)
}

// enrolAloneAfterADay: the phone is gone and nothing is left but password and
// mailbox, so that everybody is told and a day passes first.
func enrolAloneAfterADay(w *world, open func() *tab, who part) {
	b := open()
	b.open("/pulihkan-mfa")
	b.fill("nip", who.NIP)
	b.fill("sandi", who.Password)
	b.press("Lanjutkan")
	b.fill("email", who.Email)
	w.gate(b, "Kirim kode")
	b.fill("kode", findCode.FindString(w.mail(who.Email, "/pulihkan-mfa/kode/")))
	b.press("Lanjutkan")
	b.press("Mulai masa tunggu")
	w.mail(who.Email, "Bukan saya")
	b.until("/pulihkan-mfa/tunggu", "Masa tunggu selesai pada")
	w.clock.skip(accounts.Day)
	b.open(w.link(w.mail(who.Email, "bisa didaftarkan"), "/pulihkan-mfa/lanjut/"))
	b.fill("nip", who.NIP)
	b.fill("sandi", who.Password)
	b.press("Lanjutkan")
	w.bind(b, who, who.Password)
}

// backupCode is one of ten that he printed before.
func (w *world) backupCode(who part) string {
	w.t.Helper()
	ctx, a := w.t.Context(), w.server.app.Accounts
	var person, session string
	err := w.server.db.Write(ctx, func(tx *db.Tx) error {
		p, err := a.PersonByNIP(ctx, tx, secret.NIP(who.NIP))
		if err == nil {
			_, err = a.NewSession(ctx, tx, accounts.Session{Kind: accounts.AccountSession, Owner: p.ID})
		}
		if person = p.ID; err == nil {
			err = tx.Row(ctx, `SELECT id FROM sessions WHERE owner = $1`, person).Scan(&session)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	confirmed := accounts.Confirmation{Person: person, Session: session, Password: secret.Password(who.Password), OTP: w.code(who.Secret)}
	made, err := a.MakeBackupCodes(ctx, confirmed, console)
	if err != nil || len(made.Codes) == 0 {
		w.t.Fatalf("%+v %v", made, err)
	}
	return made.Codes[0].Grouped()
}
