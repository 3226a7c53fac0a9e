package main

import (
	"context"
	"database/sql"

	"pulih/db"
)

// group commits for all who wait: one fsync for many.
type group struct {
	pool *sql.DB
	jobs chan *insertion
}

type insertion struct {
	text string
	done chan error
}

func (g *group) insert(_ context.Context, text string) error {
	j := &insertion{text, make(chan error, 1)}
	g.jobs <- j
	return <-j.done
}

// run takes what is queued, and never waits for more.
func (g *group) run() {
	insert, err := g.pool.Prepare(bareInsert)
	for first := range g.jobs {
		batch := []*insertion{first}
		for len(g.jobs) > 0 && len(batch) < cap(g.jobs) {
			batch = append(batch, <-g.jobs)
		}
		if err == nil {
			err = g.commit(insert, batch)
		}
		for _, j := range batch {
			j.done <- err
		}
	}
}

func (g *group) commit(insert *sql.Stmt, batch []*insertion) error {
	tx, err := g.pool.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	once := tx.Stmt(insert)
	for _, j := range batch {
		if _, err := once.Exec(db.NewID(), j.text); err != nil {
			return err
		}
	}
	return tx.Commit()
}
