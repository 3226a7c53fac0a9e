package accounts

import "pulih/db"

const (
	staffColumns = `t.id, t.nip, t.name, t.agency, t.roles, t.approves_from, t.email, t.enrolled_at, t.disabled_at, t.setup_until,
		t.approver_no, t.password, t.secret, t.pending_secret, t.units`

	selectStaffByID      = `SELECT ` + staffColumns + ` FROM staff t WHERE t.id = $1`
	selectStaffByNIP     = `SELECT ` + staffColumns + ` FROM staff t WHERE t.nip = $1`
	selectStaffBySetup   = `SELECT ` + staffColumns + ` FROM staff t WHERE t.setup_hash = $1 AND t.setup_until > 0`
	selectStaffByBrowser = `SELECT ` + staffColumns + ` FROM staff t WHERE t.setup_browser = $1 AND t.setup_until > 0`
	selectAllStaff       = `SELECT ` + staffColumns + ` FROM staff t ORDER BY t.name, t.id`
	selectPrivileged     = `SELECT EXISTS (SELECT 1 FROM staff WHERE nip = $1 AND disabled_at = 0) OR EXISTS (SELECT 1 FROM operators WHERE email = $2 AND email <> '')`
	selectStaffEmail     = `SELECT email FROM staff WHERE id = $1 AND disabled_at = 0`
	selectStaffOfSession = `SELECT ` + staffColumns + ` FROM staff t WHERE t.id = $1 AND t.disabled_at = 0
		AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = $2 AND s.kind = 'staff' AND s.owner = t.id AND s.ended_at = 0)`
	selectStaffOf     = `SELECT ` + staffColumns + ` FROM staff t WHERE t.agency = $1 ORDER BY t.disabled_at > 0, t.name, t.id`
	selectHeads       = `SELECT unit, count(*) FROM people WHERE agency = $1 AND active GROUP BY unit`
	selectSupervisors = `SELECT email FROM staff WHERE disabled_at = 0 AND ' ' || roles || ' ' LIKE '% penyelia %' ORDER BY id`

	insertStaff = `INSERT INTO staff (id, nip, name, email, agency, roles, approver_no, approves_from, password, secret, last_step,
		otp_failures, otp_wait_until, setup_hash, setup_until, setup_browser, pending_password, pending_secret, created_at, enrolled_at, disabled_at, units)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, '', $7, 0, 0, 0, $7, 0, $7, '', $7, $8, 0, 0, $9)`
	reviveStaff = `UPDATE staff SET name = $2, email = $3, agency = $4, roles = $5, units = $6, approves_from = 0, disabled_at = 0
		WHERE id = $1 AND disabled_at > 0`
	numberAnyApprover = `UPDATE staff SET approver_no = (SELECT COALESCE(max(approver_no), 0) + 1 FROM staff)
		WHERE id = $1 AND approver_no = 0`
	numberLaterApprover = `UPDATE staff SET approver_no = (SELECT CASE WHEN COALESCE(max(approver_no), 0) < 2 THEN 3
		ELSE max(approver_no) + 1 END FROM staff) WHERE id = $1 AND approver_no = 0`
	updateRoles  = `UPDATE staff SET roles = $3, approves_from = $4 WHERE id = $1 AND roles = $2 AND disabled_at = 0`
	updateUnits  = `UPDATE staff SET units = $3 WHERE id = $1 AND units = $2 AND disabled_at = 0`
	disableStaff = `UPDATE staff SET disabled_at = $2, setup_until = 0, setup_hash = $3, setup_browser = $3, pending_secret = $3,
		pending_password = '' WHERE id = $1 AND disabled_at = 0`

	openStaffSetup = `UPDATE staff SET setup_hash = $2, setup_until = $3, setup_browser = $4, pending_secret = $4, pending_password = '',
		password = '', secret = $4, approves_from = 0 WHERE id = $1 AND disabled_at = 0`
	beginStaffSetup = `UPDATE staff SET setup_browser = $4, pending_password = $5, pending_secret = $6
		WHERE id = $1 AND setup_hash = $2 AND setup_until > $3 AND disabled_at = 0`
	finishStaffSetup = `UPDATE staff SET password = pending_password, secret = $3, last_step = $4, approves_from = $5,
		otp_failures = 0, otp_wait_until = 0, enrolled_at = $2,
		setup_hash = $6, setup_until = 0, setup_browser = $6, pending_password = '', pending_secret = $6
		WHERE id = $1 AND setup_until > $2 AND setup_browser = $7 AND disabled_at = 0`

	countStaffOTP = `UPDATE staff SET otp_failures = otp_failures + 1
		WHERE id = $1 AND otp_wait_until <= $2 AND otp_failures < $3 RETURNING otp_failures`
	pauseStaffOTP  = `UPDATE staff SET otp_wait_until = $2 WHERE id = $1`
	spendStaffStep = `UPDATE staff SET last_step = $2, otp_failures = 0, otp_wait_until = 0 WHERE id = $1 AND last_step < $2`

	proveSession = `UPDATE sessions SET proven_at = $2 WHERE id = $1 AND kind = 'staff' AND owner = $3 AND ended_at = 0`
	spendProof   = `UPDATE sessions SET proven_at = 0 WHERE id = $1 AND kind = 'staff' AND ended_at = 0 AND proven_at > $2`
)

func scanMember(row db.Scanner) (m Member, err error) {
	var roles, units string
	err = row.Scan(&m.ID, &m.NIP, &m.Name, &m.Agency, &roles, &m.ApprovesFrom, &m.Email, &m.EnrolledAt, &m.DisabledAt, &m.SetupUntil,
		&m.approverNo, &m.password, &m.secret, &m.pendingSecret, &units)
	m.Roles, m.Units = splitRoles(roles), splitUnits(units)
	return m, err
}
