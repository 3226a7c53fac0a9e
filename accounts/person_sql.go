package accounts

import "pulih/db"

const (
	personColumns  = `p.id, p.nip, p.name, p.unit, p.agency, p.email, p.email_since, p.phone, p.phone_since, p.active`
	accountColumns = `a.person, a.password, a.password_at, a.password_via, a.activated_at, a.suspended_at, a.disabled_at,
		a.reset_needs_otp, a.remote_blocked_until, a.otp_failures, a.otp_wait_until, a.version`

	selectPersonByNIP = `SELECT ` + personColumns + ` FROM people p WHERE p.nip = $1`
	selectPersonByID  = `SELECT ` + personColumns + ` FROM people p WHERE p.id = $1`
	selectAccount     = `SELECT ` + accountColumns + ` FROM accounts a WHERE a.person = $1`

	insertPerson = `INSERT INTO people
		(id, nip, name, unit, agency, email, email_since, phone, phone_since, active, created_at, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`
	insertAccount = `INSERT INTO accounts
		(person, password, password_at, password_via, activated_at, suspended_at, disabled_at,
		reset_needs_otp, remote_blocked_until, otp_failures, otp_wait_until, version)
		VALUES ($1, '', 0, '', 0, 0, 0, FALSE, 0, 0, 0, 1)`
	updatePassword = `UPDATE accounts SET password = $2, password_at = $4, password_via = $3, suspended_at = 0,
		activated_at = CASE WHEN activated_at = 0 THEN $4 ELSE activated_at END, version = version + 1
		WHERE person = $1 AND disabled_at = 0`
	changePassword = `UPDATE accounts SET password = $3, password_at = $5, password_via = $4, version = version + 1
		WHERE person = $1 AND password = $2 AND disabled_at = 0 AND suspended_at = 0`
)

func scanPerson(row db.Scanner) (p Person, err error) {
	err = row.Scan(&p.ID, &p.NIP, &p.Name, &p.Unit, &p.Agency, &p.Email, &p.EmailSince, &p.Phone, &p.PhoneSince, &p.Active)
	return p, err
}

func scanAccount(row db.Scanner) (a Account, err error) {
	err = row.Scan(&a.Person, &a.password, &a.PasswordAt, &a.PasswordVia, &a.ActivatedAt, &a.SuspendedAt, &a.DisabledAt,
		&a.ResetNeedsOTP, &a.RemoteBlockedUntil, &a.OTPFailures, &a.OTPWaitUntil, &a.Version)
	return a, err
}
