package main

import (
	"context"
	"errors"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

const (
	agentID     = "agent"
	staffCookie = "__Host-petugas"
	longAgo     = 60 * 24 * time.Hour // settled, by every rule
)

// sealed is the authenticator of staff as the database holds it.
func sealed() ([]byte, error) {
	k, err := keys()
	if err != nil {
		return nil, err
	}
	return k.Seal("staff|secret|"+agentID, authenticator), nil
}

// settle gives everybody of the roster the same password, long ago, and an
// authenticator.
func settle(ctx context.Context, url string) error {
	k, err := keys()
	if err != nil {
		return err
	}
	phc, err := accounts.NewHasher(1, time.Minute).Hash(ctx, password)
	if err != nil {
		return err
	}
	return within(ctx, url, func(d *db.DB) error {
		return d.Write(ctx, func(tx *db.Tx) error { return settleIn(ctx, tx, k, phc) })
	})
}

func settleIn(ctx context.Context, tx *db.Tx, k *secret.Keys, phc string) error {
	since := tx.Now.Add(-longAgo)
	if _, err := tx.Exec(ctx, settleAccounts, phc, since); err != nil {
		return err
	}
	all, err := db.All(ctx, tx, func(row db.Scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	}, selectPeople)
	for _, person := range all {
		if err != nil {
			return err
		}
		id := db.NewID()
		_, err = tx.Exec(ctx, insertDevice, id, person, k.Seal("devices|secret|"+id, authenticator), since)
	}
	return err
}

// begin signs the supervisor in who is also an agent.
func begin(ctx context.Context, d *db.DB) (secret.Token, error) {
	token := secret.NewToken()
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, insertSession, db.NewID(), token.Hash(), agentID, tx.Now)
		return err
	})
	return token, err
}

// within opens a database for a moment.
func within(ctx context.Context, url string, do func(*db.DB) error) error {
	d, err := db.Open(ctx, url, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(do(d), d.Close())
}
