package accounts

import "pulih/db"

const (
	insertDevice = `INSERT INTO devices (id, person, name, secret, last_step, state, via, enrolled_at, used_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, 0, 0) ON CONFLICT DO NOTHING`
	selectDevices = `SELECT id, name, state, enrolled_at, used_at, ended_at FROM devices
		WHERE person = $1 AND state <> 'ended' ORDER BY id`
	countAlone = `SELECT count(*) FROM devices WHERE person = $1 AND via = 'self' AND enrolled_at > $2`

	endDeviceOf       = `UPDATE devices SET state = 'ended', ended_at = $3 WHERE id = $1 AND person = $2 AND state <> 'ended'`
	selectOtherDevice = `SELECT EXISTS (SELECT 1 FROM devices WHERE person = $1 AND id <> $2 AND state = 'active')`
	endDevice         = `UPDATE devices SET state = 'ended', ended_at = $2 WHERE id = $1 AND state <> 'ended'`
)

func scanDevice(row db.Scanner) (d Device, err error) {
	err = row.Scan(&d.ID, &d.Name, &d.State, &d.EnrolledAt, &d.UsedAt, &d.EndedAt)
	return d, err
}
