package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// On the day on which the desk itself is not to be trusted, the console lists
// whom it concerns, leaves a row, and mails the supervisors (PR-05).
func TestTheConsoleListsWhomAnIncidentConcerns_PR05(t *testing.T) {
	c, ctx := aConsole(t), context.Background()
	if _, err := imported(t, c, rosterText, "--apply"); err != nil {
		t.Fatal(err)
	}
	add := staffAddCmd{consoleFlags: c, NIP: "197001032000011003", Name: "Sari", Email: "sari@example.go.id", Role: []accounts.Role{accounts.Supervisor}, screen: screen{&bytes.Buffer{}}}
	if err := add.Run(ctx); err != nil {
		t.Fatal(err)
	}
	today := time.Now().UTC().Add(8 * time.Hour).Format(time.DateOnly) // WITA
	list := func(change func(*incidentCmd)) (string, error) {
		var out bytes.Buffer
		cmd := incidentCmd{consoleFlags: c, From: today, Until: today, screen: screen{&out}}
		change(&cmd)
		err := cmd.Run(ctx)
		return out.String(), err
	}
	concern(t, c, "198609262015052001")
	out, err := list(func(*incidentCmd) {})
	if err != nil || !strings.HasPrefix(out, `"NIP","Unit",`) || !strings.Contains(out, `"19860926 201505 2 001","Dinas Pendidikan","Pemkab Contoh",`) || strings.Contains(out, "Budi") || strings.Contains(out, "Siti") || !strings.HasSuffix(out, "\"# selesai\",\"1\"\r\n") {
		t.Fatal(out, err)
	}
	for name, change := range map[string]func(*incidentCmd){
		"another action":  func(c *incidentCmd) { c.Action = "signout" },
		"another actor":   func(c *incidentCmd) { c.Actor = "clock" },
		"another network": func(c *incidentCmd) { c.Network = "10." },
		"another day":     func(c *incidentCmd) { c.From, c.Until = "2020-01-01", "2020-01-02" },
	} {
		if out, err := list(change); err != nil || !strings.HasSuffix(out, "\n\"# selesai\",\"0\"\r\n") {
			t.Errorf("%s: %s, %v", name, out, err)
		}
	}
	for want, change := range map[error]func(*incidentCmd){
		errDays:   func(c *incidentCmd) { c.Until = "2020-01-01" },
		errAction: func(c *incidentCmd) { c.Action = "ticket.raed" },
		errActor:  func(c *incidentCmd) { c.Actor = "clok" },
		errOffice: func(c *incidentCmd) { c.Office = "Pemkab Contho" },
	} {
		if out, err := list(change); !errors.Is(err, want) || out != "" {
			t.Errorf("%v: %s, %v", want, out, err)
		}
	}
	mustCount(t, c, `SELECT count(*) FROM audit_events WHERE action = 'incident.export' AND actor_kind = 'console'`, 1)
	mustCount(t, c, `SELECT count(*) FROM outbox`, 1)
}

// Data that were brought back, and not made safe, are not sealed by the list
// either: log and copy would have parted for good.
func TestAnIncidentSealsNothingOntoOldData_impostor19(t *testing.T) {
	settings := served(t)
	change(t, settings, `DROP TRIGGER audit_seals_no_delete`)
	change(t, settings, `DELETE FROM audit_seals WHERE seq >= (SELECT max(seq) FROM audit_seals) - 1`)
	c := aConsole(t)
	c.Database = settings["database"]
	sealed := func() (n int) {
		d, err := openDatabase(t.Context(), c.Database)
		must(t, err)
		defer d.Close() //nolint:errcheck // only read
		must(t, d.Read(t.Context(), func(tx *db.Tx) error { return tx.Row(t.Context(), `SELECT count(*) FROM audit_seals`).Scan(&n) }))
		return n
	}
	before := sealed()
	cmd := incidentCmd{consoleFlags: c, From: "2026-01-01", Until: "2026-01-02", AuditCopy: settings["audit-copy"], screen: screen{&bytes.Buffer{}}}
	if err := cmd.Run(t.Context()); !errors.Is(err, errLost) || sealed() != before {
		t.Errorf("%d sealed, then %d: %v", before, sealed(), err)
	}
}

// concern logs something about a person.
func concern(t *testing.T, c consoleFlags, nip string) {
	t.Helper()
	err := c.within(context.Background(), func(d directory) error {
		return d.db.Write(context.Background(), func(tx *db.Tx) error {
			p, err := d.PersonByNIP(context.Background(), tx, secret.NIP(nip))
			if err != nil {
				return err
			}
			return audit.Append(context.Background(), tx, audit.Event{Actor: audit.Actor{Kind: audit.Anonymous, Network: "192.0.2.0/24"}, Action: audit.SignIn, Person: p.ID})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mustCount wants at least so many rows.
func mustCount(t *testing.T, c consoleFlags, query string, least int) {
	t.Helper()
	var n int
	err := c.within(context.Background(), func(d directory) error {
		return d.db.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(context.Background(), query).Scan(&n) })
	})
	if err != nil || n < least {
		t.Errorf("%s: %d, %v", query, n, err)
	}
}
