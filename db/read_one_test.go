package db_test

import (
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// Two statements outside a transaction may see two states of the database.
func TestReadOneRefusesASecondStatement(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		var n int
		first := func(tx *db.Tx) error { return tx.Row(t.Context(), `SELECT count(*) FROM limits`).Scan(&n) }
		if err := d.ReadOne(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		err := d.ReadOne(t.Context(), func(tx *db.Tx) error {
			if err := first(tx); err != nil {
				t.Error(err)
			}
			return first(tx)
		})
		if err == nil {
			t.Error("a second statement ran")
		}
	})
}

// PostgreSQL would carry it out: there is no transaction to say otherwise.
func TestReadOneRefusesToWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		err := d.ReadOne(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO limits (key, tat) VALUES ($1, 1)`, []byte("a row"))
			return err
		})
		var n int
		if read := d.ReadOne(t.Context(), func(tx *db.Tx) error { return tx.Row(t.Context(), `SELECT count(*) FROM limits`).Scan(&n) }); err == nil || read != nil || n != 0 {
			t.Error(n, err, read)
		}
	})
}
