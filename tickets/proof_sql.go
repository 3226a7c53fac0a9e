package tickets

import (
	"context"

	"pulih/db"
)

const (
	insertProof = `INSERT INTO ticket_proofs (id, ticket, cycle, person, stage, class, kind, source, how, result,
		number_hash, code_hash, code_until, code_tries, at, by_id, by_name, voided_at, attachment)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, $15, $16, 0, $17)`
	selectProofs = `SELECT id, cycle, stage, class, kind, source, how, result, number_hash, code_hash, code_until, code_tries,
		at, by_id, by_name, voided_at > 0, attachment FROM ticket_proofs WHERE ticket = $1 ORDER BY id`
	voidProof = `UPDATE ticket_proofs SET voided_at = $3
		WHERE id = $1 AND ticket = $2 AND stage = 'check' AND voided_at = 0`
	voidProofs = `UPDATE ticket_proofs SET voided_at = $2 WHERE ticket = $1 AND voided_at = 0`
	voidCalls  = `UPDATE ticket_proofs SET voided_at = $3
		WHERE ticket = $1 AND stage = $2 AND kind = 'callback' AND result = 'called' AND voided_at = 0`
	tryCode = `UPDATE ticket_proofs SET code_tries = code_tries + 1
		WHERE id = $1 AND result = 'called' AND voided_at = 0 AND code_until > $2 AND code_tries < $3 RETURNING code_tries`
	endCall = `UPDATE ticket_proofs SET result = $2, code_hash = $3 WHERE id = $1 AND result = 'called'`

	countWrongItem = `SELECT count(*) FROM ticket_proofs
		WHERE ticket = $1 AND cycle = $2 AND kind = $3 AND result = 'no_match'`
	takeCount = `INSERT INTO ticket_counts (what, who, day, n) VALUES ($1, $2, $3, 1)
		ON CONFLICT (what, who, day) DO UPDATE SET n = ticket_counts.n + 1 WHERE ticket_counts.n < $4 RETURNING n`
	giveBack = `UPDATE ticket_counts SET n = n - 1 WHERE what = $1 AND who = $2 AND day = $3 AND n > 0`
)

func insert(ctx context.Context, tx *db.Tx, p *passage, f Proof) error {
	stage := stageCheck
	if f.Second {
		stage = stageApproval
	}
	_, err := tx.Exec(ctx, insertProof, f.ID, p.ID, f.cycle, p.Person, stage, f.Class, f.Kind, f.Source, f.How, f.Result,
		f.numberHash, f.codeHash, f.codeUntil, tx.Now, f.By, f.ByName, f.File)
	if err == nil {
		_, err = tx.Exec(ctx, queueMeasure, f.ID, p.ID)
	}
	return err
}

func scanProof(row db.Scanner) (p Proof, err error) {
	var stage string
	err = row.Scan(&p.ID, &p.cycle, &stage, &p.Class, &p.Kind, &p.Source, &p.How, &p.Result, &p.numberHash, &p.codeHash,
		&p.codeUntil, &p.codeTries, &p.At, &p.By, &p.ByName, &p.Void, &p.File)
	p.Second = stage == stageApproval
	return p, err
}
