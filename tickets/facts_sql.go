package tickets

const (
	insertFact = `INSERT INTO ticket_facts
		(ticket, place, kind, at, symptom, step, outcome, brand, method, light, cause, drift_ms, bound_ms,
		has_system, system_ms, system_bound_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`

	selectFacts = `SELECT kind, at, symptom, step, outcome, brand, method, light, cause, drift_ms, bound_ms,
		has_system, system_ms, system_bound_ms FROM ticket_facts WHERE ticket = $1 ORDER BY place`
)
