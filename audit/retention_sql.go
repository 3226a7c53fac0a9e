package audit

const (
	countRemoved = `INSERT INTO retention_runs AS r (rule, ran_at, pending, removed, removed_at) VALUES ($1, $2, $3, 0, 0)
		ON CONFLICT (rule) DO UPDATE SET ran_at = excluded.ran_at, pending = r.pending + excluded.pending RETURNING pending`
	endRun    = `UPDATE retention_runs SET removed = pending, removed_at = $2, pending = 0 WHERE rule = $1`
	selectRun = `SELECT ran_at, removed, removed_at FROM retention_runs WHERE rule = $1`
)
