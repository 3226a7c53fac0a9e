package db

import (
	"context"
	"database/sql"
	"sync"
)

// pool keeps the statements of SQLite compiled on each connection: the driver
// compiles a text anew at each use, which is a quarter of the time of a page.
// There are as many as the program has constants. pgx keeps its own.
type pool struct {
	*sql.DB
	compiled sync.Map // text to *sql.Stmt
}

func openPool(driver, url string) (*pool, error) {
	p, err := sql.Open(driver, url)
	return &pool{DB: p}, err
}

// compile prepares what a transaction met for the first time, after it has
// given its connection back: the pool may have no other. What does not
// compile fails at its use.
func (p *pool) compile(texts []string) {
	for _, text := range texts {
		s, err := p.Prepare(text)
		if err != nil {
			continue
		}
		if _, there := p.compiled.LoadOrStore(text, s); there {
			_ = s.Close()
		}
	}
}

// statement is the compiled text, nil for one that is met for the first time.
func (t *Tx) statement(ctx context.Context, text string) *sql.Stmt {
	if t.Engine != SQLite {
		return nil
	}
	if s, ok := t.pool.compiled.Load(text); ok {
		if t.tx == nil {
			return s.(*sql.Stmt)
		}
		return t.tx.StmtContext(ctx, s.(*sql.Stmt))
	}
	*t.first = append(*t.first, text)
	return nil
}

func (t *Tx) exec(ctx context.Context, text string, args []any) (sql.Result, error) {
	if s := t.statement(ctx, text); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return t.on.ExecContext(ctx, text, args...)
}

func (t *Tx) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	if s := t.statement(ctx, text); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return t.on.QueryContext(ctx, text, args...)
}

func (t *Tx) queryRow(ctx context.Context, text string, args []any) *sql.Row {
	if s := t.statement(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return t.on.QueryRowContext(ctx, text, args...)
}
