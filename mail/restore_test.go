package mail

import (
	"context"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// After a restore no code goes out, nor what the relay took since; every other
// notice still does, under its own Message-ID (impostor 3, 19).
func TestWhatStillGoesAfterARestore_impostor19(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		o := NewOutbox(d, testKeys(t), testSite())
		send := func(kind string) string {
			return put(t, o, Message{Kind: kind, To: "a@example.go.id", Subject: "x", Text: "x"})
		}
		code, ready := send("reset.code"), send("notice.mfa.ready")
		changed, taken, refused := send("notice.password.changed"), send("notice.device.added"), send("staff")
		since := []audit.Event{{Action: audit.MailAccepted, Object: taken, Result: "accepted"}, {Action: audit.MailRefused, Object: refused, Result: "refused"},
			{Action: audit.MailAccepted, Object: "another", Result: "accepted"}}
		var ended int
		err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
			ended, err = o.Restore(context.Background(), tx, since)
			return err
		})
		if err != nil || ended != 4 {
			t.Fatal(ended, err)
		}
		for id, want := range map[string]State{code: Expired, ready: Expired, changed: Queued, taken: Accepted, refused: Refused} {
			if got := outcome(t, o, id).State; got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		left := 0
		var message string
		err = d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.Row(t.Context(), `SELECT count(*), min(message_id) FROM outbox WHERE length(sealed) > 0`).Scan(&left, &message)
		})
		if err != nil || left != 1 || message != changed+"@"+testSite().domain() {
			t.Error(left, message, err)
		}
	})
}
