package ticketstest

import (
	"context"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// Backup has somebody make his backup codes, signed in with his first device.
func (w *World) Backup(p Someone) []secret.Code {
	w.Helper()
	own := audit.Actor{Kind: audit.Person, ID: p.ID, Network: "10.7.7.0"}
	var token secret.Token
	w.Write(func(ctx context.Context, tx *db.Tx) (err error) {
		token, err = w.Accounts.NewSession(ctx, tx, accounts.Session{Kind: accounts.AccountSession, Owner: p.ID, Network: own.Network})
		return err
	})
	s, err := w.Accounts.Session(w.Context(), accounts.AccountSession, token)
	if err != nil {
		w.Fatal(err)
	}
	made, err := w.Accounts.MakeBackupCodes(w.Context(), accounts.Confirmation{Person: p.ID, Session: s.ID,
		Password: Password, OTP: otp.Code(p.Key, otp.Step(w.Clock.Now()))}, own)
	if err != nil || !made.OK() {
		w.Fatal(made.Result, err)
	}
	return made.Codes
}
