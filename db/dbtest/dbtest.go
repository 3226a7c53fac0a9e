// Package dbtest gives tests real, empty databases on both engines and a
// clock that they move themselves.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/db"
)

// Clock is the time in a test. It stands still until Advance.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts on Monday 23 November 2026, 10.00 WITA: a working hour.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)}
}

// Now is what db.Open wants.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// New opens an empty, migrated SQLite database in a folder of the test.
func New(t testing.TB) (*db.DB, *Clock) {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "pulih.db"))
}

// Each runs f on SQLite, and on PostgreSQL where PULIH_TEST_POSTGRES names one.
func Each(t *testing.T, f func(t *testing.T, d *db.DB, clock *Clock)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		d, clock := New(t)
		f(t, d, clock)
	})
	t.Run("postgres", func(t *testing.T) {
		d, clock := NewPostgres(t)
		f(t, d, clock)
	})
}

// NewPostgres opens an empty, migrated schema of its own. It skips the test
// where there is no PostgreSQL, unless that part is required.
func NewPostgres(t testing.TB) (*db.DB, *Clock) {
	t.Helper()
	return open(t, Postgres(t))
}

// Postgres is the URL of an empty schema that goes with the test.
func Postgres(t testing.TB) string {
	t.Helper()
	base := Require(t, "postgres", "PULIH_TEST_POSTGRES")
	schema := fmt.Sprintf("t%d_%d", os.Getpid(), next())
	admin(t, base, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { admin(t, base, "DROP SCHEMA "+schema+" CASCADE") })
	return withSchema(t, base, schema)
}

// Require returns the setting of a part of the tests that not every machine
// has: postgres, browser, oathtool, faketime, nginx, caddy. It skips the test without it, and fails
// it when PULIH_TEST_REQUIRE names the part.
func Require(t testing.TB, part, env string) string {
	t.Helper()
	value := os.Getenv(env)
	if value != "" {
		return value
	}
	Lacks(t, part, env+" is not set")
	return ""
}

// Lacks ends a test that cannot be run without a part, as Require does.
func Lacks(t testing.TB, part string, why any) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("PULIH_TEST_REQUIRE"), ","), part) {
		t.Fatalf("%s is required, but: %v", part, why)
	}
	t.Skipf("without %s: %v", part, why)
}

func open(t testing.TB, url string) (*db.DB, *Clock) {
	t.Helper()
	clock := NewClock()
	d, err := db.Open(context.Background(), url, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	opened.Store(d, url)
	return d, clock
}

// opened are the URLs of what this package has opened: a database does not
// give its own away, which may hold a password.
var opened sync.Map

// Again opens a database of this package once more, as another process of the
// same installation does.
func Again(t testing.TB, d *db.DB) *db.DB {
	t.Helper()
	url, _ := opened.Load(d)
	other, err := db.Open(context.Background(), url.(string), d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	return other
}

var (
	counterMu sync.Mutex
	counter   int
)

func next() int {
	counterMu.Lock()
	defer counterMu.Unlock()
	counter++
	return counter
}

func admin(t testing.TB, base, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close() //nolint:errcheck // a test's connection
	if _, err := pool.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func withSchema(t testing.TB, base, schema string) string {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
