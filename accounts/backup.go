package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Ten codes of 80 bit each (design, "backup codes"; ET-16).
const (
	backupCodes  = 10
	backupLength = 16
)

// CheckedBackup is a typed backup code after its slow part.
type CheckedBackup struct {
	person, batch string
	hash          []byte
}

// CheckBackup does the slow part, outside any transaction: one Argon2 with
// the salt that a person's codes share, and a dummy one for who has none or
// is nobody, or typed no code (EN-05). ErrBusy.
func (a *Accounts) CheckBackup(ctx context.Context, person, typed string) (CheckedBackup, error) {
	c := CheckedBackup{person: person}
	var argon string
	err := a.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, selectBackupBatch, person).Scan(&c.batch, &argon)
	})
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return CheckedBackup{}, fmt.Errorf("accounts: check backup code: %w", err)
	}
	code, whole := secret.ReadCode(typed, backupLength)
	if !whole {
		code = ""
	}
	key, err := a.hasher.Key(ctx, argon, secret.Password(code))
	c.hash = a.backupHash(key)
	return c, err
}

// backupHash puts the pepper on top of the Argon2: a copy of the database
// alone gives nothing to guess with.
func (a *Accounts) backupHash(key []byte) []byte { return a.keys.Sum("backup.code", string(key)) }

// backupResult says what became of a backup code. Only who has given the
// right password is told more than whether it was right (TV-10).
type backupResult string

const (
	backupOK     backupResult = "ok"
	backupWrong  backupResult = "wrong"
	backupSpent  backupResult = "used"
	backupClosed backupResult = "closed"
)

// useBackup tells whether a code was right; it is spent then.
func (a *Accounts) useBackup(ctx context.Context, tx *db.Tx, c CheckedBackup, actor audit.Actor) (bool, error) {
	result, err := a.tryBackup(ctx, tx, c, actor)
	return result == backupOK, err
}

// tryBackup spends a code of this person by compare-and-swap, whoever's it
// may be otherwise (ET-15, CVE-2025-64175), and tells him.
func (a *Accounts) tryBackup(ctx context.Context, tx *db.Tx, c CheckedBackup, actor audit.Actor) (backupResult, error) {
	open, err := a.takeBackup(ctx, tx, c.person, actor.Network)
	if err != nil || !open {
		return backupClosed, err
	}
	n, err := tx.Exec(ctx, useBackupCode, c.person, c.batch, c.hash, tx.Now)
	if err != nil {
		return "", err
	}
	if n != 1 {
		return a.wrongBackup(ctx, tx, c)
	}
	if err := a.tellChange(ctx, tx, c.person, mail.BackupUsed, c.batch); err != nil {
		return "", err
	}
	return backupOK, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.BackupUsed, Person: c.person, Object: c.batch})
}

func (a *Accounts) wrongBackup(ctx context.Context, tx *db.Tx, c CheckedBackup) (backupResult, error) {
	var used bool
	if err := tx.Row(ctx, selectBackupUsed, c.person, c.batch, c.hash).Scan(&used); err != nil || used {
		return backupSpent, err
	}
	return backupWrong, nil
}

// provenBackup is tryBackup behind the right password: the third wrong code of
// a day is told, as with one-time codes (TV-08).
func (a *Accounts) provenBackup(ctx context.Context, tx *db.Tx, c CheckedBackup, actor audit.Actor) (backupResult, error) {
	result, err := a.tryBackup(ctx, tx, c, actor)
	if err != nil || result == backupOK {
		return result, err
	}
	n, err := a.taken(ctx, tx, budget{"factor.backup.wrong", tellAfter, 24 * time.Hour}, c.person)
	if err != nil || n != tellAfter {
		return result, err
	}
	return result, a.tellChange(ctx, tx, c.person, mail.OTPFailed3, db.NewID())
}

// tellChange tells a person of a change to his account; object is what
// "Bukan saya" takes back.
func (a *Accounts) tellChange(ctx context.Context, tx *db.Tx, person string, what mail.What, object string) error {
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	_, err = a.Notify(ctx, tx, p, Notification{What: what, Object: object})
	return err
}

// Guesses at a person's codes: twenty a day from anywhere, and ten more from
// networks he has signed in from, so that no stranger spends them all
// (impostor 12). They close this way only, never the sign-in (ET-16).
const (
	backupTries    = 20
	backupTriesOwn = 30
)

func (a *Accounts) takeBackup(ctx context.Context, tx *db.Tx, person, network string) (bool, error) {
	var known bool
	if err := tx.Row(ctx, selectKnownNetwork, person, network).Scan(&known); err != nil {
		return false, err
	}
	guesses := budget{"factor.backup", backupTries, 24 * time.Hour}
	if known {
		guesses.most = backupTriesOwn
	}
	return a.take(ctx, tx, guesses, person)
}

// BackupLeft counts a person's codes that are not used yet.
func (a *Accounts) BackupLeft(ctx context.Context, tx *db.Tx, person string) (left int, err error) {
	err = tx.Row(ctx, countBackupLeft, person).Scan(&left)
	return left, err
}

// endBackup ends every code of a person. They stand in for his devices, and
// die with the last one (ET-14).
func (a *Accounts) endBackup(ctx context.Context, tx *db.Tx, person string) error {
	if _, err := tx.Exec(ctx, endBackupBatch, person); err != nil {
		return fmt.Errorf("accounts: end backup codes: %w", err)
	}
	return nil
}
