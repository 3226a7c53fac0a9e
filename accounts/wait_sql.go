package accounts

import "pulih/db"

const (
	waitColumns = `id, person, state, because, begun_at, until, mails, password_at, ready_at, ended_at`

	insertWait = `INSERT INTO waits (id, person, state, because, browser_hash, link_hash, mails, password_at, begun_at, until, ready_at, ended_at)
		VALUES ($1, $2, 'waiting', '', $3, $4, '', $5, $6, 0, 0, 0) ON CONFLICT DO NOTHING`
	keepWaitMails  = `UPDATE waits SET mails = $2 WHERE id = $1 AND mails = ''`
	selectWait     = `SELECT ` + waitColumns + ` FROM waits WHERE id = $1`
	selectHeldWait = `SELECT ` + waitColumns + ` FROM waits WHERE browser_hash = $1 OR link_hash = $2 ORDER BY begun_at DESC LIMIT 1`
	selectLastWait = `SELECT ` + waitColumns + ` FROM waits WHERE person = $1 ORDER BY begun_at DESC, id DESC LIMIT 1`
	selectDueWaits = `SELECT ` + waitColumns + ` FROM waits
		WHERE state = 'waiting' AND until <= $1 OR state = 'ready' AND ready_at <= $2 ORDER BY id`
	selectHolding = `SELECT EXISTS (SELECT 1 FROM waits WHERE id = $1 AND (browser_hash = $2 OR link_hash = $3))`

	// The time runs from when the relay accepted the notice.
	startWait = `UPDATE waits SET until = $2 WHERE id = $1 AND state = 'waiting' AND until = 0`
	ripenWait = `UPDATE waits SET state = 'ready', ready_at = $2, link_hash = $3
		WHERE id = $1 AND state = 'waiting' AND until > 0 AND until <= $2`
	useWait = `UPDATE waits SET state = 'used', ended_at = $2 WHERE id = $1 AND state = 'ready' AND ready_at > $3`
	endWait = `UPDATE waits SET state = 'ended', because = $2, ended_at = $3
		WHERE id = $1 AND state IN ('waiting', 'ready')`
	endWaitsOf = `UPDATE waits SET state = 'ended', because = $2, ended_at = $3
		WHERE person = $1 AND state IN ('waiting', 'ready')`

	// The device that a wait brought was enrolled at the instant at which the
	// wait was used.
	selectWaitDevice = `SELECT d.id FROM waits w JOIN devices d ON d.person = w.person AND d.enrolled_at = w.ended_at
		WHERE w.id = $1 AND w.person = $2 AND w.state = 'used' AND d.via = 'self'`
)

func scanWait(row db.Scanner) (w Wait, err error) {
	err = row.Scan(&w.ID, &w.Person, &w.State, &w.Because, &w.BegunAt, &w.Until, &w.mails, &w.passwordAt, &w.readyAt, &w.endedAt)
	return w, err
}
