package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pulih/db"
)

// Who keeps a backup has to keep the keys that it needs, and reads here which:
// those of mails that wait too.
func TestAVerifiedBackupNamesItsKeys(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		v, database := aSafe(t), url()
		verified := func(name string) string {
			var said bytes.Buffer
			must(t, (&backupCmd{Verify: v.backup(database, name), Identity: v.private, screen: screen{&said}}).Run(t.Context()))
			_, after, _ := strings.Cut(said.String(), "\nsealing keys it needs: ")
			return after
		}
		must(t, openedAt(t, database).Migrate(t.Context()))
		if got := verified("empty.age"); got != "none\n" {
			t.Errorf("%q", got)
		}
		lived(t, database)
		d := openedAt(t, database)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			_, mail := tx.Exec(t.Context(), `INSERT INTO outbox (id, kind, person, message_id, sealed, state, attempts, created_at, run_at, lease_until, expires_at, ended_at, answer)
				VALUES ('m', 'x', '', 'm', $1, 'queued', 0, 0, 0, 0, 0, 0, ''), ('n', 'x', '', 'n', $2, 'accepted', 0, 0, 0, 0, 0, 0, '')`, []byte{1, 12, 0}, []byte{})
			_, digits := tx.Exec(t.Context(), `INSERT INTO captchas (id, purpose, browser, digits, shown, expires_at) VALUES ('p', '', $1, $2, 0, 0)`, []byte{}, []byte{1, 7, 0})
			return errors.Join(mail, digits)
		}))
		if got := verified("full.age"); got != "1, 7, 12\n" {
			t.Errorf("%q", got)
		}
	})
}
