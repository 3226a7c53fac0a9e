package accounts

import (
	"context"
	"fmt"

	"pulih/db"
	"pulih/secret"
)

// backupBatch is ten codes before they are stored: one salt for all, so that
// a try costs one Argon2 and not ten (ET-16).
type backupBatch struct {
	id, argon string
	codes     []secret.Code
	hashes    [][]byte
}

// newBackupBatch makes codes outside any transaction. ErrBusy.
func (a *Accounts) newBackupBatch(ctx context.Context) (backupBatch, error) {
	b := backupBatch{id: db.NewID(), argon: freshParts().String()}
	for range backupCodes {
		code := secret.NewCode(backupLength)
		key, err := a.hasher.Key(ctx, b.argon, secret.Password(code))
		if err != nil {
			return backupBatch{}, err
		}
		b.codes, b.hashes = append(b.codes, code), append(b.hashes, a.backupHash(key))
	}
	return b, nil
}

// storeBackup replaces a person's codes: the old ones are dead. Without an
// active device it is db.ErrConflict (ET-14, CVE-2022-36071).
func (a *Accounts) storeBackup(ctx context.Context, tx *db.Tx, person string, b backupBatch) error {
	if err := a.endBackup(ctx, tx, person); err != nil {
		return err
	}
	if err := tx.One(ctx, insertBackupBatch, b.id, person, b.argon, tx.Now); err != nil {
		return fmt.Errorf("accounts: backup codes: %w", err)
	}
	for _, hash := range b.hashes {
		if _, err := tx.Exec(ctx, insertBackupCode, b.id, person, hash); err != nil {
			return fmt.Errorf("accounts: backup codes: %w", err)
		}
	}
	return nil
}
