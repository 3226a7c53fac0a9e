package main

import (
	"context"
	"path/filepath"
	"testing"

	"pulih/db"
	"pulih/secret"
)

// The bare page is as long as the one that it is held against.
func TestTheBarePageIsAsLong(t *testing.T) {
	found := make([][]string, 50)
	for i := range found {
		found[i] = []string{"PUL-0000-0000", "open", "mfa", "Orang Contoh", "", "", "", "", "", ""}
	}
	for _, size := range []int{8_000, 20_000, 55_000} {
		for _, rows := range [][][]string{nil, found} {
			page, err := bareBytes(t.Context(), rows, size)
			if err != nil || len(page) > size+200 || len(page) < size-200 {
				t.Errorf("%d bytes and not %d, %v", len(page), size, err)
			}
		}
	}
}

// The bare program reads the tickets of the database that it is given, and
// keeps each row that it acknowledged.
func TestTheBareProgramReadsAndKeeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bench.db")
	if err := threeYears(t.Context(), path, 500); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(t.TempDir(), "own.db")
	s, err := openStore(t.Context(), path, own)
	if err != nil {
		t.Fatal(err)
	}
	queue, err := s.queue(t.Context(), agency)
	if err != nil || len(queue) == 0 {
		t.Error(len(queue), err)
	}
	one, err := s.ticket(t.Context(), number(7))
	if err != nil || len(one) != 1 || one[0][0] != number(7) {
		t.Error(one, err)
	}
	_, err = many(t.Context(), &house{}, 100, func(ctx context.Context, n int) (secret.Token, error) { return "", s.insert(ctx, number(n)) })
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	err = within(t.Context(), own, func(d *db.DB) error {
		return d.Read(t.Context(), func(tx *db.Tx) error { return tx.Row(t.Context(), `SELECT count(*) FROM bench_writes`).Scan(&kept) })
	})
	if err != nil || kept != 100 {
		t.Error(kept, err)
	}
}
