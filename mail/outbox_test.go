package mail

import (
	"context"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
)

func testSite() Site {
	return Site{Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
		BaseURL: "https://pulih.example.go.id",
		Hours:   "Senin–Jumat 08.00–16.00 WITA", Phone: "(0400) 123456", Address: "Jalan Contoh 1, Kota Contoh",
		Zone: db.WITA, Sender: "pemulihan@example.go.id"}
}

func testKeys(t *testing.T) *secret.Keys {
	t.Helper()
	k, err := secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func put(t *testing.T, o *Outbox, m Message) (id string) {
	t.Helper()
	err := o.db.Write(context.Background(), func(tx *db.Tx) (err error) {
		id, err = o.Enqueue(context.Background(), tx, m)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func outcome(t *testing.T, o *Outbox, id string) (out Outcome) {
	t.Helper()
	err := o.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = o.Outcome(context.Background(), tx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnAddressThatIsNoneIsRefusedAtOnceAndStopsNoVerb(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		o := NewOutbox(d, testKeys(t), testSite())
		for _, to := range []secret.Email{"", "x", "a@b\r\nBcc: c@example.test", "A <a@example.test>", "a@b,c@d", "é@example.test", `"a b"@example.test`} {
			id := put(t, o, StaffNotice(testSite(), to, "Uji", "Uji"))
			if got := outcome(t, o, id); got.State != Refused || got.At != d.Now() {
				t.Errorf("%q is %v", string(to), got)
			}
		}
		id := put(t, o, StaffNotice(testSite(), "budi@example.test", "Uji", "Uji"))
		if got := outcome(t, o, id); got.State != Queued {
			t.Errorf("got %v", got)
		}
	})
}
