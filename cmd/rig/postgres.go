package rig

import (
	"database/sql"
	"net/url"

	_ "github.com/jackc/pgx/v5/stdlib" // Admin speaks to PostgreSQL only
)

// InDatabase is the URL of another database of the same server.
func InDatabase(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	u.Path = "/" + name
	return u.String()
}

// Admin runs one statement.
func Admin(base, statement string) error {
	pool, err := sql.Open("pgx", base)
	if err != nil {
		return err
	}
	defer pool.Close() //nolint:errcheck // one statement
	_, err = pool.Exec(statement)
	return err
}
