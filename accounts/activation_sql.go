package accounts

// email_since is 0 for an agency's first import, the time of the entry for a
// later one, and anything else once the address has changed.
const selectFirstTime = `SELECT EXISTS (SELECT 1 FROM people p JOIN accounts a ON a.person = p.id
	WHERE p.id = $1 AND p.active AND p.email <> '' AND (p.email_since = 0 OR p.email_since = p.created_at)
	AND a.activated_at = 0 AND a.suspended_at = 0 AND a.disabled_at = 0 AND NOT a.reset_needs_otp AND a.remote_blocked_until <= $2
	AND NOT EXISTS (SELECT 1 FROM devices d WHERE d.person = p.id))`
