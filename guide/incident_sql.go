package guide

import "pulih/db"

const incidentColumns = `id, agency, text, starts_at, ends_at, proposed_at, proposed_by, proposed_name,
	confirmed_at, confirmed_name, ended_at, ended_by, ended_name, proposed_browser`

const (
	insertIncident = `INSERT INTO incidents (id, agency, text, starts_at, ends_at, proposed_at, proposed_by, proposed_name, proposed_browser,
		confirmed_at, confirmed_by, confirmed_name, ended_at, ended_by, ended_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', '', 0, '', '')`

	countProposals = `SELECT count(*) FROM incidents WHERE proposed_by = $1 AND confirmed_at = 0 AND ended_at = 0 AND ends_at > $2`

	countAwaiting = `SELECT count(*) FROM incidents
		WHERE agency = $1 AND proposed_by <> $2 AND confirmed_at = 0 AND ended_at = 0 AND ends_at > $3`

	countOverlapping = `SELECT count(*) FROM incidents
		WHERE agency = $1 AND confirmed_at > 0 AND ended_at = 0 AND ends_at > $2 AND starts_at < $3`

	selectIncident = `SELECT ` + incidentColumns + ` FROM incidents WHERE id = $1 AND agency = $2`

	updateConfirmed = `UPDATE incidents SET confirmed_at = $2, confirmed_by = $3, confirmed_name = $4
		WHERE id = $1 AND confirmed_at = 0 AND ended_at = 0 AND proposed_by <> $3`

	updateEnded = `UPDATE incidents SET ended_at = $2, ended_by = $3, ended_name = $4 WHERE id = $1 AND ended_at = 0`

	selectOpenIncidents = `SELECT ` + incidentColumns + ` FROM incidents WHERE agency = $1 AND ended_at = 0 AND ends_at > $2
		ORDER BY CASE WHEN confirmed_at > 0 THEN 0 ELSE 1 END, proposed_at DESC, id DESC`

	selectPastIncidents = `SELECT ` + incidentColumns + ` FROM incidents WHERE agency = $1 AND (ended_at > 0 OR ends_at <= $2)
		ORDER BY proposed_at DESC, id DESC LIMIT 20`

	selectRunning = `SELECT ` + incidentColumns + ` FROM incidents
		WHERE agency = $1 AND ended_at = 0 AND confirmed_at > 0 AND starts_at <= $2 AND ends_at > $2
		ORDER BY starts_at DESC, id DESC`
)

func scanIncident(row db.Scanner) (i Incident, err error) {
	err = row.Scan(&i.ID, &i.agency, &i.Text, &i.Starts, &i.Ends, &i.ProposedAt, &i.ProposedBy, &i.ProposedName,
		&i.ConfirmedAt, &i.ConfirmedName, &i.EndedAt, &i.EndedBy, &i.EndedName, &i.browser)
	return i, err
}
