package accounts

// A restore takes a whole installation back to an earlier moment: these touch
// every row that let anybody in then.
const (
	voidSessions   = `UPDATE sessions SET ended_at = $1 WHERE ended_at = 0`
	voidResets     = `UPDATE resets SET state = 'ended', expires_at = $1 WHERE expires_at > $1 AND state IN ('started', 'sent', 'proven', 'ended')`
	voidResetCodes = `UPDATE reset_codes SET state = 'ended' WHERE state IN ('due', 'live')`
	voidPasses     = `UPDATE passes SET state = 'ended', ended_at = $1 WHERE state IN ('issued', 'opened')`
	voidEnrolments = `UPDATE enrolments SET state = 'ended', secret = $1, password = '' WHERE state = 'open'`
	voidWaits      = `UPDATE waits SET state = 'ended', because = $1, ended_at = $2 WHERE state IN ('waiting', 'ready')`
	voidAddresses  = `UPDATE notice_emails SET state = 'void', ended_at = $1 WHERE state = 'asked'`
	voidProposals  = `UPDATE proposals SET state = 'dropped', ended_at = $1 WHERE state = 'open'`
	voidSecondYes  = `UPDATE staff_proposals SET ended_at = $1 WHERE confirmed_at = 0 AND ended_at = 0`
	selectSetups   = `SELECT nip FROM staff WHERE setup_until > 0 AND disabled_at = 0 ORDER BY nip`
	voidSetups     = `UPDATE staff SET setup_until = 0, setup_hash = $1, setup_browser = $1, pending_secret = $1, pending_password = ''
		WHERE setup_until > 0`

	raiseSteps      = `UPDATE devices SET last_step = $1 WHERE last_step < $1`
	raiseStaffSteps = `UPDATE staff SET last_step = $1 WHERE last_step < $1`

	freezeAccount = `UPDATE accounts SET suspended_at = CASE WHEN suspended_at = 0 THEN $2 ELSE suspended_at END,
		reset_needs_otp = TRUE, version = version + 1 WHERE person = $1`
	youngEmail     = `UPDATE people SET email_since = $2, changed_at = $2 WHERE id = $1`
	forgetEmail    = `UPDATE people SET email = '', email_since = $2, changed_at = $2 WHERE id = $1`
	leaveRoster    = `UPDATE people SET active = FALSE, changed_at = $2 WHERE id = $1`
	selectEveryone = `SELECT person FROM accounts ORDER BY person`
	lockOutStaff   = `UPDATE staff SET password = '', secret = $2, approves_from = 0 WHERE id = $1`
	narrowRoles    = `UPDATE staff SET roles = $2 WHERE id = $1`
)
