package accounts

import "pulih/db"

const (
	selectOverFlows = `SELECT r.id, r.purpose, r.state, r.tries, r.proven_via, r.created_at,
		COALESCE((SELECT max(c.person) FROM reset_codes c WHERE c.reset = r.id), '')
		FROM resets r WHERE NOT counted AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2 + 0`
	selectCodeMails = `SELECT mail FROM reset_codes WHERE reset = $1 AND mail <> ''`
	markFlow        = `UPDATE resets SET counted = TRUE WHERE id = $1 AND NOT counted`

	addCodeDay = `INSERT INTO code_days AS d (agency, day, stage, n) VALUES ($1, $2, $3, $4)
		ON CONFLICT (agency, day, stage) DO UPDATE SET n = d.n + excluded.n`
	selectCodeDays = `SELECT stage, sum(n) FROM code_days WHERE agency = $1 AND day >= $2 AND day < $3 GROUP BY stage`
)

func scanOverFlow(row db.Scanner) (f overFlow, err error) {
	err = row.Scan(&f.id, &f.purpose, &f.state, &f.tries, &f.via, &f.createdAt, &f.person)
	return f, err
}

type stageSum struct {
	stage CodeStage
	n     int
}

func scanStageSum(row db.Scanner) (s stageSum, err error) {
	err = row.Scan(&s.stage, &s.n)
	return s, err
}

func scanText(row db.Scanner) (s string, err error) {
	err = row.Scan(&s)
	return s, err
}
