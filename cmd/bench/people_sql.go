package main

const (
	settleAccounts = `UPDATE accounts SET password = $1, password_at = $2, password_via = 'activation', activated_at = $2`
	selectPeople   = `SELECT id FROM people`
	insertDevice   = `INSERT INTO devices (id, person, name, secret, last_step, state, via, enrolled_at, used_at, ended_at)
		VALUES ($1, $2, 'HP', $3, 0, 'active', 'activation', $4, $4, 0)`
)
