package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// BackupMade is the answer to MakeBackupCodes. Codes are shown once.
type BackupMade struct {
	Acted
	Codes []secret.Code
}

// MakeBackupCodes gives a person ten new codes. The old ones are dead, other
// sessions end, and every address is told. Without an active device there are
// none (ET-14). ErrBusy, ErrNoSession.
func (a *Accounts) MakeBackupCodes(ctx context.Context, c Confirmation, actor audit.Actor) (BackupMade, error) {
	var b backupBatch
	p, err := a.prepareConfirmation(ctx, c, actor)
	if err == nil && p.right {
		b, err = a.newBackupBatch(ctx)
	}
	if err != nil {
		return BackupMade{}, err
	}
	done, err := a.actWith(ctx, c, p, actor, func(tx *db.Tx) error { return a.replaceBackup(ctx, tx, c, b, actor) })
	if err != nil || !done.OK() {
		return BackupMade{Acted: done}, err
	}
	return BackupMade{done, b.codes}, nil
}

func (a *Accounts) replaceBackup(ctx context.Context, tx *db.Tx, c Confirmation, b backupBatch, actor audit.Actor) error {
	if err := a.storeBackup(ctx, tx, c.Person, b); err != nil {
		return err
	}
	if err := a.endOthers(ctx, tx, c.Person, c.Session); err != nil {
		return err
	}
	if err := a.tellChange(ctx, tx, c.Person, mail.BackupMade, b.id); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.BackupMade, Person: c.Person, Object: b.id})
}

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
