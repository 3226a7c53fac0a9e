package accounts

const (
	updateEmail = `UPDATE people SET email = $2, email_since = $3, changed_at = $3 WHERE id = $1 AND email = $4`

	// An address is known by the instant since when it is on file. None is
	// better than the one that somebody else has put there.
	suspendEmail = `UPDATE people SET email = '', email_since = $3, changed_at = $3 WHERE id = $1 AND email_since = $2 AND email <> ''`
)
