package accounts

import (
	"context"
	"fmt"

	"pulih/db"
	"pulih/otp"
)

// otpResult says what became of a one-time code.
type otpResult string

const (
	otpOK    otpResult = "ok"
	otpWrong otpResult = "wrong"
	otpUsed  otpResult = "used"
	otpEarly otpResult = "early" // the phone's clock is ahead
	otpLate  otpResult = "late"
)

// authenticator is an active device as a code is compared with it.
type authenticator struct {
	id     string
	secret []byte
}

// devicePlace binds a device's sealed secret to its row (TV-12).
func devicePlace(id string) string { return "devices|secret|" + id }

// authenticators are the devices of a person whose codes count now.
func (a *Accounts) authenticators(ctx context.Context, tx *db.Tx, person string) ([]authenticator, error) {
	return db.All(ctx, tx, scanAuthenticator, selectAuthenticators, person)
}

// useOTP compares a cleaned code with each device and spends the step it is
// for: the one function behind every surface (TV-03). It counts nothing.
func (a *Accounts) useOTP(ctx context.Context, tx *db.Tx, devices []authenticator, code string) (otpResult, string, error) {
	best, device := otpWrong, ""
	for _, d := range devices {
		result, err := a.useOn(ctx, tx, d, code)
		if err != nil {
			return "", "", fmt.Errorf("accounts: otp: %w", err)
		}
		if result == otpOK {
			return result, d.id, nil
		}
		if best == otpWrong {
			best, device = result, d.id
		}
	}
	return best, device, nil
}

func (a *Accounts) useOn(ctx context.Context, tx *db.Tx, d authenticator, code string) (otpResult, error) {
	raw, err := a.keys.Open(devicePlace(d.id), d.secret)
	if err != nil {
		return "", err
	}
	step, ok := otp.Verify(raw, code, tx.Now.Time())
	if !ok {
		return nearby(raw, code, tx.Now), nil
	}
	n, err := tx.Exec(ctx, spendStep, d.id, step, tx.Now)
	if n == 1 {
		return otpOK, err
	}
	return otpUsed, err
}

// nearby tells a clock that is off from a wrong code. Only for people who
// have given the right password (TV-10).
func nearby(s otp.Secret, code string, now db.Time) otpResult {
	offset, ok := otp.Near(s, code, now.Time())
	switch {
	case ok && offset > 0:
		return otpEarly
	case ok && offset < 0:
		return otpLate
	}
	return otpWrong
}
