package accounts

const (
	// A flow is counted by its day before it goes.
	countOldResets = `SELECT count(*), COALESCE(min(expires_at), 0) FROM resets WHERE expires_at <= $1 AND counted`
	purgeResets    = `DELETE FROM resets WHERE id IN (SELECT id FROM resets WHERE expires_at <= $1 AND counted ORDER BY expires_at LIMIT $2 + 0)`

	countOldEnrolments = `SELECT count(*), COALESCE(min(until), 0) FROM enrolments WHERE until <= $1`
	purgeEnrolments    = `DELETE FROM enrolments WHERE id IN (SELECT id FROM enrolments WHERE until <= $1 ORDER BY until LIMIT $2 + 0)`

	countOldPasses = `SELECT count(*), COALESCE(min(ended_at), 0) FROM passes WHERE ended_at > 0 AND ended_at <= $1`
	purgePasses    = `DELETE FROM passes WHERE id IN (SELECT id FROM passes WHERE ended_at > 0 AND ended_at <= $1 ORDER BY ended_at LIMIT $2 + 0)`

	countOldCounters = `SELECT count(*), COALESCE(min(since), 0) FROM counters WHERE since <= $1`
	purgeCounters    = `DELETE FROM counters WHERE key IN (SELECT key FROM counters WHERE since <= $1 ORDER BY since LIMIT $2 + 0)`

	countOldNotices = `SELECT count(*), COALESCE(min(expires_at), 0) FROM notices WHERE expires_at <= $1`
	purgeNotices    = `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 + 0)`

	countOldWaits = `SELECT count(*), COALESCE(min(ended_at), 0) FROM waits WHERE ended_at > 0 AND ended_at <= $1`
	purgeWaits    = `DELETE FROM waits WHERE id IN (SELECT id FROM waits WHERE ended_at > 0 AND ended_at <= $1 ORDER BY ended_at LIMIT $2 + 0)`

	countOldSessions = `SELECT count(*), COALESCE(min(created_at), 0) FROM sessions WHERE created_at <= $1`
	purgeSessions    = `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE created_at <= $1 ORDER BY created_at LIMIT $2 + 0)`

	countOldFormerEmails = `SELECT count(*), COALESCE(min(until), 0) FROM former_emails WHERE until <= $1`
	purgeFormerEmails    = `DELETE FROM former_emails WHERE id IN (SELECT id FROM former_emails WHERE until <= $1 ORDER BY until LIMIT $2 + 0)`

	countOldNoticeEmails = `SELECT count(*), COALESCE(min(ended_at), 0) FROM notice_emails WHERE ended_at > 0 AND ended_at <= $1`
	purgeNoticeEmails    = `DELETE FROM notice_emails WHERE id IN
		(SELECT id FROM notice_emails WHERE ended_at > 0 AND ended_at <= $1 ORDER BY ended_at LIMIT $2 + 0)`

	countOldProposals = `SELECT count(*), COALESCE(min(ended_at), 0) FROM proposals WHERE ended_at > 0 AND ended_at <= $1`
	purgeProposals    = `DELETE FROM proposals WHERE id IN (SELECT id FROM proposals WHERE ended_at > 0 AND ended_at <= $1 ORDER BY ended_at LIMIT $2 + 0)`

	countOldStaffProposals = `SELECT count(*), COALESCE(min(proposed_at), 0) FROM staff_proposals WHERE proposed_at <= $1`
	purgeStaffProposals    = `DELETE FROM staff_proposals WHERE id IN
		(SELECT id FROM staff_proposals WHERE proposed_at <= $1 ORDER BY proposed_at LIMIT $2 + 0)`

	countDeadSecrets = `SELECT count(*), COALESCE(min(ended_at), 0) FROM devices WHERE state = 'ended' AND length(secret) > 0 AND ended_at <= $1`
	purgeDeadSecrets = `UPDATE devices SET secret = '' WHERE id IN
		(SELECT id FROM devices WHERE state = 'ended' AND length(secret) > 0 AND ended_at <= $1 ORDER BY ended_at LIMIT $2 + 0)`
)
