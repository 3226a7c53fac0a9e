package main

import (
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// newcomer is the next of the roster's end, where nobody has ever signed in.
func (w *world) newcomer() part {
	all := people()
	w.newcomers++
	p := all[len(all)-w.newcomers]
	return part{Name: p.name, NIP: p.nip, Email: p.email, Unit: p.unit}
}

// member is a newcomer with a password of long ago and an authenticator.
func (w *world) member() part {
	w.t.Helper()
	ctx, a, who := w.t.Context(), w.server.app.Accounts, w.newcomer()
	who.Password, who.Secret = demoPassword, otp.NewSecret()
	phc, err := accounts.NewHasher(1, time.Minute).Hash(ctx, secret.Password(who.Password))
	if err != nil {
		w.t.Fatal(err)
	}
	err = w.server.db.Write(ctx, func(tx *db.Tx) error {
		p, err := a.PersonByNIP(ctx, tx, secret.NIP(who.NIP))
		if err == nil {
			err = a.SetPassword(ctx, tx, p.ID, phc, accounts.ViaSeed)
		}
		if err == nil {
			_, err = a.AddDevice(ctx, tx, accounts.NewDevice{Person: p.ID, Name: "HP lama", Via: "seed", Secret: who.Secret}, console)
		}
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE accounts SET password_at = 1 WHERE person = $1`, p.ID)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return who
}
