package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"pulih/db"
)

// The console lists what is due and leaves it, until it is told to purge.
func TestRetentionIsADryRunUntilPurged_PR04(t *testing.T) {
	ctx, c := context.Background(), aConsole(t)
	d, _, err := c.open(ctx, openDatabase)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO counters (key, n, since, until) VALUES ($1, 1, 1, 0)`, []byte("x"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		due, said string
		logged    int
	}{{"1", "jatuh tempo sejak 03-01-1970", 0}, {"1", "jatuh tempo sejak 03-01-1970", 0}, {"0", "terakhir dihapus 1 pada", 1}} {
		var out bytes.Buffer
		cmd := retentionCmd{Database: c.Database, Zone: "WITA", Purge: i == 2, screen: screen{&out}}
		if err := cmd.Run(ctx); err != nil {
			t.Fatal(err)
		}
		line := lineOf(out.String(), "counters")
		if fields := strings.Fields(line); len(fields) < 2 || fields[1] != want.due || !strings.Contains(line, want.said) {
			t.Errorf("%d: %s", i, line)
		}
		logged := 0
		const query = `SELECT count(*) FROM audit_events WHERE action = 'retention.purge' AND actor_kind = 'console'`
		if err := d.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, query).Scan(&logged) }); err != nil || logged != want.logged {
			t.Errorf("%d: %d rows of the log, %v", i, logged, err)
		}
	}
}

func lineOf(text, word string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, word) {
			return line
		}
	}
	return ""
}
