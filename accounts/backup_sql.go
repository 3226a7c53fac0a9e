package accounts

const (
	selectBackupBatch = `SELECT id, argon FROM backup_batches WHERE person = $1`
	endBackupOf       = `DELETE FROM backup_batches WHERE person = $1 AND id = $2`
	endBackupBatch    = `DELETE FROM backup_batches WHERE person = $1`

	// Without an active device there is nothing that a code could stand in for.
	insertBackupBatch = `INSERT INTO backup_batches (id, person, argon, made_at) SELECT $1, $2, $3, $4
		WHERE EXISTS (SELECT 1 FROM devices WHERE person = $2 AND state = 'active')`
	insertBackupCode = `INSERT INTO backup_codes (batch, person, hash, used_at) VALUES ($1, $2, $3, 0)`

	useBackupCode = `UPDATE backup_codes SET used_at = $4
		WHERE person = $1 AND batch = $2 AND hash = $3 AND used_at = 0`
	selectBackupUsed = `SELECT EXISTS (SELECT 1 FROM backup_codes
		WHERE person = $1 AND batch = $2 AND hash = $3 AND used_at <> 0)`
	countBackupLeft = `SELECT count(*) FROM backup_codes WHERE person = $1 AND used_at = 0`
)
