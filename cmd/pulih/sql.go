package main

import "pulih/db"

// What is sealed at rest, column by column. An empty value is none.
const (
	findDeviceSecrets = `SELECT id, secret FROM devices WHERE id > $1 AND length(secret) > 0 ORDER BY id LIMIT $2`
	swapDeviceSecret  = `UPDATE devices SET secret = $3 WHERE id = $1 AND secret = $2`

	findEnrolments = `SELECT id, secret FROM enrolments WHERE id > $1 AND length(secret) > 0 ORDER BY id LIMIT $2`
	swapEnrolment  = `UPDATE enrolments SET secret = $3 WHERE id = $1 AND secret = $2`

	findStaffSecrets = `SELECT id, secret FROM staff WHERE id > $1 AND length(secret) > 0 ORDER BY id LIMIT $2`
	swapStaffSecret  = `UPDATE staff SET secret = $3 WHERE id = $1 AND secret = $2`

	findStaffPending = `SELECT id, pending_secret FROM staff WHERE id > $1 AND length(pending_secret) > 0 ORDER BY id LIMIT $2`
	swapStaffPending = `UPDATE staff SET pending_secret = $3 WHERE id = $1 AND pending_secret = $2`

	findResetEmails = `SELECT id, typed_email FROM resets WHERE id > $1 AND length(typed_email) > 0 ORDER BY id LIMIT $2`
	swapResetEmail  = `UPDATE resets SET typed_email = $3 WHERE id = $1 AND typed_email = $2`

	findPractices = `SELECT id, secret FROM practices WHERE id > $1 AND length(secret) > 0 ORDER BY id LIMIT $2`
	swapPractice  = `UPDATE practices SET secret = $3 WHERE id = $1 AND secret = $2`

	findCaptchas = `SELECT id, digits FROM captchas WHERE id > $1 AND length(digits) > 0 ORDER BY id LIMIT $2`
	swapCaptcha  = `UPDATE captchas SET digits = $3 WHERE id = $1 AND digits = $2`
	findDrafts   = `SELECT id, answers FROM drafts WHERE id > $1 ORDER BY id LIMIT $2`
	swapDraft    = `UPDATE drafts SET answers = $3 WHERE id = $1 AND answers = $2`
	findFileKeys = `SELECT id, key FROM attachments WHERE id > $1 AND length(key) > 0 ORDER BY id LIMIT $2`
	swapFileKey  = `UPDATE attachments SET key = $3 WHERE id = $1 AND key = $2`
)

type sealedRow struct {
	id    string
	value []byte
}

func scanSealed(row db.Scanner) (s sealedRow, err error) {
	err = row.Scan(&s.id, &s.value)
	return s, err
}
