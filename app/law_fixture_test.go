package app

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
)

// lawExec changes rows that no verb would change, such as forgetting limits.
func (x *test) lawExec(query string, args ...any) {
	x.t.Helper()
	err := x.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

// lawText is what a page says, without what differs by chance.
func (p page) lawText() string { return lawChance.ReplaceAllString(p.text(), "…") }

var lawChance = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// lawBare is the app's outside without anything behind it.
func lawBare() *App {
	a := &App{echo: echo.New()}
	a.echo.IPExtractor = clientAddress(nil)
	return a
}

func lawRequest(method, path string) *http.Request { return httptest.NewRequest(method, path, nil) }

// lawTables lists every table of a database.
func lawTables(t testing.TB, d *db.DB) []string {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
	if d.Engine == db.Postgres {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
	}
	return lawRows(t, d, query, func(values []any) string { return fmt.Sprint(values[0]) })
}

// lawDump is every row of the tables as text, each column by name, bytes in
// hex and as they are; in the order of the text.
func lawDump(t testing.TB, d *db.DB, tables ...string) (rows []string) {
	t.Helper()
	for _, table := range tables {
		rows = append(rows, lawRows(t, d, "SELECT * FROM "+table, func(values []any) string {
			var b strings.Builder
			b.WriteString(table)
			for _, v := range values {
				if raw, ok := v.([]byte); ok {
					fmt.Fprintf(&b, "\x1f%x\x1e%s", raw, raw)
					continue
				}
				fmt.Fprintf(&b, "\x1f%v", v)
			}
			return b.String()
		})...)
	}
	slices.Sort(rows)
	return rows
}

func lawRows(t testing.TB, d *db.DB, query string, show func([]any) string) (rows []string) {
	t.Helper()
	scan := func(row db.Scanner) (string, error) {
		columns, err := row.(*sql.Rows).Columns()
		if err != nil {
			return "", err
		}
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := row.Scan(values...); err != nil {
			return "", err
		}
		for i := range values {
			values[i] = *values[i].(*any)
		}
		return show(values), nil
	}
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		rows, err = db.All(context.Background(), tx, scan, query)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return rows
}

// lawSame says which rows changed between two dumps.
func lawSame(t testing.TB, before, after []string, what string) {
	t.Helper()
	for _, row := range after {
		if !slices.Contains(before, row) {
			t.Errorf("%s: new or changed: %.300q", what, row)
		}
	}
	for _, row := range before {
		if !slices.Contains(after, row) {
			t.Errorf("%s: gone: %.300q", what, row)
		}
	}
}

func readAll(r *http.Response) (string, error) {
	body, err := io.ReadAll(r.Body)
	return string(body), err
}

// lawPath fills in the parameters of a route: those that are given, and
// something that does not exist for the others.
func lawPath(path string, params map[string]string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			if parts[i] = "tidak-ada"; params[name] != "" {
				parts[i] = url.PathEscape(params[name])
			}
		}
	}
	return strings.Join(parts, "/")
}

func lawWithout(tables []string, out ...string) []string {
	return slices.DeleteFunc(slices.Clone(tables), func(t string) bool { return slices.Contains(out, t) })
}

// lawQuiet waits until no mail is on its way.
func (x *test) lawQuiet() {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for x.countRows(`SELECT count(*) FROM outbox WHERE state = 'queued' OR lease_until > 0 AND ended_at = 0`) > 0 {
		if ctx.Err() != nil {
			x.t.Fatal("mail stays queued")
		}
		runtime.Gosched()
	}
}
