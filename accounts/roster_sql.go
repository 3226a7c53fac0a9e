package accounts

import (
	"pulih/db"
	"pulih/secret"
)

const (
	selectKnown = `SELECT ` + personColumns + `, p.changed_at, COALESCE(a.activated_at, 0)
		FROM people p LEFT JOIN accounts a ON a.person = p.id`
	selectOpenProposals = `SELECT person, field, value FROM proposals WHERE state = 'open'`
	selectStaffNIPs     = `SELECT nip FROM staff WHERE disabled_at = 0`

	updatePerson = `UPDATE people SET name = $3, unit = $4, agency = $5, active = TRUE, changed_at = $6
		WHERE id = $1 AND changed_at = $2`
	updateContacts = `UPDATE people SET email = $2, email_since = $3, phone = $4, phone_since = $5
		WHERE id = $1 AND email = $6 AND phone = $7`
	deactivatePerson  = `UPDATE people SET active = FALSE, changed_at = $3 WHERE id = $1 AND changed_at = $2 AND active = TRUE`
	lockUnactivated   = `UPDATE accounts SET version = version + 1 WHERE person = $1 AND activated_at = 0`
	insertFormerEmail = `INSERT INTO former_emails (id, person, email, since, until) VALUES ($1, $2, $3, $4, $5)`
	dropProposals     = `UPDATE proposals SET state = 'dropped', ended_at = $3 WHERE person = $1 AND field = $2 AND state = 'open'`
	insertProposal    = `INSERT INTO proposals (id, person, field, value, state, created_at, ended_at) VALUES ($1, $2, $3, $4, 'open', $5, 0)`
)

func scanKnown(row db.Scanner) (k known, err error) {
	var activatedAt db.Time
	err = row.Scan(&k.ID, &k.NIP, &k.Name, &k.Unit, &k.Agency, &k.Email, &k.EmailSince, &k.Phone, &k.PhoneSince, &k.Active,
		&k.changedAt, &activatedAt)
	k.activated = activatedAt > 0
	return k, err
}

func scanProposal(row db.Scanner) (p proposal, err error) {
	err = row.Scan(&p.person, &p.field, &p.value)
	return p, err
}

func scanNIP(row db.Scanner) (nip secret.NIP, err error) {
	err = row.Scan(&nip)
	return nip, err
}
