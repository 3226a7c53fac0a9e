package db_test

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strconv"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// A server that takes no connection is the database's trouble, whatever it says:
// people are asked to come back (503), and nobody is told of a mistake.
func TestADatabaseThatLetsNobodyInIsUnavailable(t *testing.T) {
	base := dbtest.Require(t, "postgres", "PULIH_TEST_POSTGRES")
	name := "shut" + strconv.Itoa(os.Getpid())
	admin := administrator(t, base)
	admin("CREATE DATABASE " + name)
	t.Cleanup(func() { admin("DROP DATABASE " + name) })
	d, err := db.Open(t.Context(), inDatabase(t, base, name), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	admin("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false")
	admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'")
	for range 2 { // the first may break a connection that was open
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			var one int
			return tx.Row(t.Context(), "SELECT 1").Scan(&one)
		})
		if !errors.Is(err, db.ErrUnavailable) {
			t.Error(err)
		}
		err = d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), "SELECT 1")
			return err
		})
		if !errors.Is(err, db.ErrUnavailable) || !d.Failing() {
			t.Error(err)
		}
	}
}

// administrator carries out statements beside what is tested.
func administrator(t *testing.T, base string) func(string) {
	pool, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return func(statement string) {
		if _, err := pool.ExecContext(context.Background(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func inDatabase(t *testing.T, base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
