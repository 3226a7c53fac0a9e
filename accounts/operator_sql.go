package accounts

import "pulih/db"

const (
	selectOperators   = `SELECT agency, unit, email FROM operators ORDER BY agency, unit, email`
	selectOperatorsOf = `SELECT email FROM operators WHERE agency = $1 AND unit = $2 ORDER BY email`
	selectUnitKnown   = `SELECT EXISTS (SELECT 1 FROM people WHERE agency = $1 AND unit = $2 AND active)`
	insertOperator    = `INSERT INTO operators (agency, unit, email, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	deleteOperator    = `DELETE FROM operators WHERE agency = $1 AND unit = $2 AND email = $3`

	// An agency without a supervisor of its own has those of all.
	selectSupervisorsOf = `SELECT email FROM staff t WHERE t.disabled_at = 0 AND ' ' || t.roles || ' ' LIKE '% penyelia %'
		AND (t.agency = $1 OR NOT EXISTS (SELECT 1 FROM staff o WHERE o.agency = $1 AND o.disabled_at = 0
			AND ' ' || o.roles || ' ' LIKE '% penyelia %')) ORDER BY t.id`
)

func scanOperator(row db.Scanner) (o Operator, err error) {
	err = row.Scan(&o.Agency, &o.Unit, &o.Email)
	return o, err
}
