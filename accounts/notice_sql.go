package accounts

import "pulih/db"

const (
	selectFormerEmails = `SELECT email, since FROM former_emails WHERE person = $1 AND until > $2 ORDER BY id`

	insertNotice = `INSERT INTO notices
		(id, token_hash, person, kind, what, proven, object, number, mail, created_at, expires_at, disowned_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)`
	selectNotice = `SELECT person, kind, what, object, number, created_at, disowned_at FROM notices
		WHERE token_hash = $1 AND expires_at > $2`

	// All mails about one thing are pressed at once: a compare-and-swap of the
	// whole set, so that of two addresses' links one acts. The two changes of
	// an enrolment are one thing.
	disownNotices = `UPDATE notices SET disowned_at = $5 WHERE person = $1 AND object = $2 AND kind = $3
		AND (kind = 'change' OR what = $4) AND disowned_at = 0`
	selectEnrolled = `SELECT d.enrolled_at, EXISTS (SELECT 1 FROM accounts a WHERE a.person = d.person
		AND a.password_via IN ('enrolment', 'activation') AND a.password_at = d.enrolled_at) FROM devices d WHERE d.id = $1 AND d.person = $2`

	// Objects, not mails: one attempt told to two addresses is one attempt.
	countDisowned = `SELECT count(DISTINCT object) FROM notices
		WHERE person = $1 AND kind = 'attempt' AND proven AND disowned_at > $2`

	suspendPassword = `UPDATE accounts SET suspended_at = $3 WHERE person = $1 AND password_at = $2 AND suspended_at = 0`
	guardAccount    = `UPDATE accounts SET reset_needs_otp = TRUE, version = version + 1 WHERE person = $1`
	liftBlock       = `UPDATE accounts SET reset_needs_otp = FALSE, remote_blocked_until = 0, version = version + 1
		WHERE person = $1 AND (reset_needs_otp OR remote_blocked_until > $3)
		AND EXISTS (SELECT 1 FROM passes WHERE id = $2 AND person = $1 AND basis = 'originals' AND state = 'used')`
	endBlock = `UPDATE accounts SET reset_needs_otp = FALSE, remote_blocked_until = 0, version = version + 1
		WHERE person = $1 AND (reset_needs_otp OR remote_blocked_until > $2)`
	blockRemote = `UPDATE accounts SET remote_blocked_until = $2, version = version + 1
		WHERE person = $1 AND remote_blocked_until < $2`
)

func scanNotice(row db.Scanner) (n Notice, err error) {
	err = row.Scan(&n.Person, &n.Kind, &n.What, &n.Object, &n.Number, &n.At, &n.disownedAt)
	return n, err
}
