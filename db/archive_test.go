package db_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// filled is a database with something of each kind of column: NULL, both
// truths, bytes that are no text, an empty text, a negative number, quotes.
func filled(t *testing.T, url string) *db.DB {
	t.Helper()
	d := opened(t, url)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO people (id, nip, name, unit, agency, email, email_since, phone, phone_since, active, created_at, changed_at)
			VALUES ($1, $1, $2, '', 'BKPSDM', $3, -5, '', 0, $4, 1, 9007199254740993)`, []any{"a", "Ü “x” ; \"y\" \n 'z'", "a@example.go.id", true}},
		{`INSERT INTO people (id, nip, name, unit, agency, email, email_since, phone, phone_since, active, created_at, changed_at)
			VALUES ('b', 'b', 'B', '', 'BKPSDM', '', 0, '', 0, FALSE, 1, 1)`, nil},
		{`INSERT INTO limits (key, tat) VALUES ($1, 1)`, []any{[]byte{0, 255, 1, 2}}},
		{`INSERT INTO drafts (id, copy_of, token_hash, last_hash, answers, gated, tries, begun_at, saved_at, opened_at)
			VALUES ('d', '', $1, NULL, $1, FALSE, 0, 1, 1, 1)`, []any{[]byte("x")}},
		{`INSERT INTO devices (id, person, name, secret, last_step, state, via, enrolled_at, used_at, ended_at) VALUES ('e', 'a', '', $1, 0, 'active', 'seed', 1, 0, 0)`, []any{[]byte{}}},
	} {
		err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(t.Context(), s.text, s.args...); return err })
		if err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func opened(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func archived(t *testing.T, d *db.DB) ([]byte, db.Sums) {
	t.Helper()
	var b bytes.Buffer
	sums, err := d.Archive(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), sums
}

func load(d *db.DB, archive []byte) error {
	a, err := db.OpenArchive(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	return d.Load(context.Background(), a)
}

// Whatever engine it came from and goes to, each table has the same rows.
func TestAnArchiveLoadsIntoEitherEngine(t *testing.T) {
	for from, source := range urls() {
		for to, target := range urls() {
			t.Run(from+" to "+to, func(t *testing.T) {
				archive, sums := archived(t, filled(t, source(t)))
				d := opened(t, target(t))
				if err := load(d, archive); err != nil {
					t.Fatal(err)
				}
				got, err := d.SumsOf(t.Context())
				if err != nil || !maps.Equal(got, sums) || sums["people"].Rows != 2 || sums["drafts"].Rows != 1 {
					t.Errorf("%v\n%v\n%v", err, got, sums)
				}
				if err := load(d, archive); !errors.Is(err, db.ErrNotEmpty) {
					t.Error("it is loaded over what is there:", err)
				}
			})
		}
	}
}

// An archive that was cut anywhere, or changed anywhere, is no archive, and
// nothing of it stays.
func TestADamagedArchiveIsRefused(t *testing.T) {
	archive, _ := archived(t, filled(t, t.TempDir()+"/pulih.db"))
	d, _ := dbtest.New(t)
	before, err := d.SumsOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, at int, damaged []byte) {
		t.Helper()
		if err := load(d, damaged); err == nil {
			t.Fatalf("%s at %d of %d: it is taken", what, at, len(archive))
		}
	}
	for at := 0; at < len(archive); at += 1 + len(archive)/60 {
		refused("cut", at, archive[:at])
		changed := bytes.Clone(archive)
		changed[at] ^= 0x41
		refused("changed", at, changed)
	}
	refused("longer", len(archive), append(bytes.Clone(archive), archive...))
	after, err := d.SumsOf(t.Context())
	if err != nil || !maps.Equal(before, after) {
		t.Errorf("%v: something of it stayed\n%v\n%v", err, before, after)
	}
}
