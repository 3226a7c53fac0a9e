package main

import (
	"context"
	"database/sql"
	"strings"

	"pulih/db"
)

// query reads rows as texts, by an agency or a number.
type query func(ctx context.Context, key string) ([][]string, error)

// store is the database of the bare program.
type store struct {
	queue, ticket query
	insert        func(ctx context.Context, text string) error
}

// Readers as production opens them (db.Open), and a writer of its own.
const (
	bareReader = "?mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(5000)&_pragma=cache_size(-8000)&_pragma=temp_store(MEMORY)"
	bareWriter = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_txlock=immediate"
)

func openStore(ctx context.Context, database, own string) (store, error) {
	if strings.HasPrefix(database, "postgres") {
		return openBarePostgres(ctx, database)
	}
	tickets, err := opened("sqlite", "file:"+database+bareReader, 4)
	if err != nil {
		return store{}, err
	}
	writes, err := opened("sqlite", "file:"+own+bareWriter, 1)
	if err != nil {
		return store{}, err
	}
	if _, err := writes.ExecContext(ctx, bareTable); err != nil {
		return store{}, err
	}
	g := &group{pool: writes, jobs: make(chan *insertion, 256)}
	go g.run()
	return reading(ctx, tickets, g.insert)
}

// openBarePostgres writes one row a request, each with a commit of its own:
// the server gathers those that come together (synchronous_commit is on).
func openBarePostgres(ctx context.Context, database string) (store, error) {
	pool, err := opened("pgx", database, 16)
	if err != nil {
		return store{}, err
	}
	if _, err := pool.ExecContext(ctx, bareTable); err != nil {
		return store{}, err
	}
	insert, err := pool.PrepareContext(ctx, bareInsert)
	if err != nil {
		return store{}, err
	}
	return reading(ctx, pool, func(ctx context.Context, text string) error {
		_, err := insert.ExecContext(ctx, db.NewID(), text)
		return err
	})
}

func opened(driver, url string, most int) (*sql.DB, error) {
	pool, err := sql.Open(driver, url)
	if err == nil {
		pool.SetMaxOpenConns(most)
		pool.SetMaxIdleConns(most)
	}
	return pool, err
}

func reading(ctx context.Context, pool *sql.DB, insert func(context.Context, string) error) (s store, err error) {
	s.insert = insert
	if s.queue, err = prepared(ctx, pool, bareQueue); err != nil {
		return s, err
	}
	s.ticket, err = prepared(ctx, pool, bareTicket)
	return s, err
}

func prepared(ctx context.Context, pool *sql.DB, text string) (query, error) {
	statement, err := pool.PrepareContext(ctx, text)
	return func(ctx context.Context, key string) ([][]string, error) {
		found, err := statement.QueryContext(ctx, key)
		if err != nil {
			return nil, err
		}
		defer found.Close() //nolint:errcheck // Err says what matters
		var all [][]string
		for found.Next() {
			row := make([]string, 10)
			if err := found.Scan(&row[0], &row[1], &row[2], &row[3], &row[4], &row[5], &row[6], &row[7], &row[8], &row[9]); err != nil {
				return nil, err
			}
			all = append(all, row)
		}
		return all, found.Err()
	}, err
}
