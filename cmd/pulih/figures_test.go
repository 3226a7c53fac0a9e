package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// The console finds a pack that says something else than the histories, and
// heals it only when told to.
func TestTheConsoleProvesTheFigures(t *testing.T) {
	ctx, c := context.Background(), aConsole(t)
	d, err := openDatabase(ctx, c.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	w := ticketstest.New(t, d, &dbtest.Clock{})
	w.File(w.Person(nip, "Siti Contoh"), tickets.Remote)
	if err := w.Desk.FoldAll(ctx); err != nil {
		t.Fatal(err)
	}
	flags := figuresFlags{Zone: "WITA"}
	check := checkCmd{Database: c.Database, figuresFlags: flags}
	if err := check.Run(ctx); err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE measures SET last_at = last_at - 1`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := check.Run(ctx); !errors.Is(err, errFigures) {
		t.Error("the daily check does not see it: ", err)
	}
	for _, rebuild := range []bool{false, true} {
		var out bytes.Buffer
		cmd := figuresCmd{Database: c.Database, Rebuild: rebuild, figuresFlags: flags, screen: screen{&out}}
		err, said := cmd.Run(ctx), out.String()
		if rebuild != (err == nil) || rebuild != strings.Contains(said, "1 packs agree") || rebuild == strings.Contains(said, ticketstest.Agency) {
			t.Errorf("rebuild %v: %v, %s", rebuild, err, said)
		}
	}
}
