package accounts

import (
	"context"
	"errors"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/otp"
)

// secondFactor asks for the code, once the password is right. A backup code
// stands in for an authenticator, so it opens nothing without one.
func (a *Accounts) secondFactor(ctx context.Context, tx *db.Tx, acc Account, p Prepared, actor audit.Actor) (SignedIn, error) {
	devices, err := a.authenticators(ctx, tx, acc.Person)
	if err != nil {
		return SignedIn{}, err
	}
	code, sixDigits := otp.Clean(p.form.OTP)
	switch {
	case acc.DisabledAt != 0 || acc.SuspendedAt != 0:
		return SignedIn{Result: SignInSuspended, Way: wayBack(acc, len(devices) > 0, tx.Now)}, nil
	case len(devices) == 0:
		return a.withoutDevice(ctx, tx, acc)
	case p.form.Backup != "":
		result, err := a.provenBackup(ctx, tx, p.backup, actor)
		return SignedIn{Result: signInByBackup[result]}, err
	case acc.OTPWaitUntil > tx.Now:
		return SignedIn{Result: SignInLocked, Until: acc.OTPWaitUntil}, nil
	case p.form.OTP == "":
		return SignedIn{Result: SignInOTPMissing}, nil
	case !sixDigits:
		return SignedIn{Result: SignInOTPWrong}, nil
	}
	return a.tryCode(ctx, tx, acc, devices, code)
}

var signInByBackup = map[backupResult]SignInResult{
	backupOK: SignInOK, backupWrong: SignInBackupWrong, backupSpent: SignInBackupUsed, backupClosed: SignInBackupClosed,
}

func (a *Accounts) withoutDevice(ctx context.Context, tx *db.Tx, acc Account) (SignedIn, error) {
	var suspended bool
	if err := tx.Row(ctx, selectAnySuspended, acc.Person).Scan(&suspended); err != nil {
		return SignedIn{}, err
	}
	if suspended {
		return SignedIn{Result: SignInSuspended, Way: wayBack(acc, false, tx.Now)}, nil
	}
	return SignedIn{Result: SignInNeedsDevice}, nil
}

// wayBack names only what is open: without an authenticator no mailed code
// sets a password, and what "Bukan saya" holds back is not filed remotely.
func wayBack(acc Account, device bool, now db.Time) WayBack {
	switch {
	case acc.DisabledAt != 0:
		return BackByCounter
	case acc.SuspendedAt != 0 && device:
		return BackByMail
	case acc.SuspendedAt != 0 || acc.Blocked(now):
		return BackByCounter
	}
	return BackByRequest
}

var signInResults = map[otpResult]SignInResult{
	otpOK: SignInOK, otpWrong: SignInOTPWrong, otpUsed: SignInUsed, otpEarly: SignInEarly, otpLate: SignInLate,
}

// tryCode counts the try before it compares (TV-06, and RC-06 for why).
func (a *Accounts) tryCode(ctx context.Context, tx *db.Tx, acc Account, devices []authenticator, code string) (SignedIn, error) {
	failures, err := a.countOTP(ctx, tx, acc.Person)
	if errors.Is(err, db.ErrNotFound) { // another try has just begun the pause
		return SignedIn{Result: SignInLocked, Until: tx.Now.Add(pause(acc.OTPFailures))}, nil
	}
	if err != nil {
		return SignedIn{}, err
	}
	result, device, err := a.useOTP(ctx, tx, devices, code)
	if err != nil {
		return SignedIn{}, err
	}
	if result != otpOK {
		return SignedIn{Result: signInResults[result]}, a.afterWrongOTP(ctx, tx, acc.Person, failures)
	}
	_, err = tx.Exec(ctx, forgetOTP, acc.Person)
	return SignedIn{Result: SignInOK, Device: device}, err
}

func (a *Accounts) countOTP(ctx context.Context, tx *db.Tx, person string) (failures int64, err error) {
	if err := tx.Row(ctx, countOTP, person, tx.Now).Scan(&failures); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, pauseOTP, person, tx.Now.Add(pause(failures)))
	return failures, err
}

// Somebody who has the password and no code is worth a word (TV-08); after a
// hundred codes in a row the authenticators stop (TV-05).
const (
	tellAfter = 3
	stopAfter = 100
)

func (a *Accounts) afterWrongOTP(ctx context.Context, tx *db.Tx, person string, failures int64) error {
	if failures != tellAfter && failures != stopAfter {
		return nil
	}
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	what := mail.OTPFailed3
	if failures == stopAfter {
		what = mail.OTPStopped
		err = a.stopDevices(ctx, tx, person)
	}
	if err == nil {
		_, err = a.Notify(ctx, tx, p, Notification{What: what, Object: db.NewID()})
	}
	return err
}

func (a *Accounts) stopDevices(ctx context.Context, tx *db.Tx, person string) error {
	if _, err := tx.Exec(ctx, suspendDevices, person); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Clock}, Action: audit.DeviceEnded,
		Person: person, Result: audit.Refused, Detail: map[string]string{"because": "100 wrong codes"}})
}
