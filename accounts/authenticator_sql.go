package accounts

import "pulih/db"

const (
	selectAuthenticators = `SELECT id, secret FROM devices WHERE person = $1 AND state = 'active' ORDER BY id`
	spendStep            = `UPDATE devices SET last_step = $2, used_at = $3 WHERE id = $1 AND state = 'active' AND last_step < $2`
	suspendDevice        = `UPDATE devices SET state = 'suspended' WHERE id = $1 AND person = $2 AND state = 'active'`
	suspendDevices       = `UPDATE devices SET state = 'suspended' WHERE person = $1 AND state = 'active'`

	countOTP  = `UPDATE accounts SET otp_failures = otp_failures + 1 WHERE person = $1 AND otp_wait_until <= $2 RETURNING otp_failures`
	pauseOTP  = `UPDATE accounts SET otp_wait_until = $2 WHERE person = $1`
	forgetOTP = `UPDATE accounts SET otp_failures = 0, otp_wait_until = 0 WHERE person = $1`
)

func scanAuthenticator(row db.Scanner) (d authenticator, err error) {
	err = row.Scan(&d.id, &d.secret)
	return d, err
}
