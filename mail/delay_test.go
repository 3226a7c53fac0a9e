package mail

import (
	"context"
	"testing"
	"time"

	"pulih/db"
	"pulih/mail/mailbox"
	"pulih/secret"
)

func TestDomainGroups(t *testing.T) {
	for address, want := range map[string]string{
		"a@gmail.com": Gmail, "A@GMail.COM": Gmail, "a@googlemail.com": Gmail, "a@mail.gmail.com": OtherMails, "a@gmail.com.example.test": OtherMails,
		"a@yahoo.com": Yahoo, "a@yahoo.co.id": Yahoo, "a@Yahoo.com.sg": Yahoo, "a@yahoo.fr": Yahoo, "a@ymail.com": Yahoo,
		"a@yahoo.example.test": OtherMails, "a@yahoo.example.go.id": GoID,
		"a@hotmail.com": Outlook, "a@outlook.co.id": Outlook, "a@live.com": Outlook, "a@msn.com": Outlook,
		"a@bkd.example.go.id": GoID, "a@GO.ID": GoID, "a@contoh.Go.Id": GoID, "a@evilgo.id": OtherMails, "a@go.id.example.test": OtherMails,
		"a@xn--gmil-6na.com": OtherMails, "a@gmaıl.com": OtherMails, "\"b@gmail.com\"@example.test": OtherMails, "nobody": OtherMails, "": OtherMails,
	} {
		if got := domainGroup(address); got != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
}

// code queues a code to an address.
func (p post) code(to secret.Email) string {
	p.t.Helper()
	return put(p.t, p.Outbox, ResetCode(p.site, ResetCodeMail{To: to, For: ResetAsked, Code: "7K3M9QXD",
		Link: p.site.Link("/pulihkan/kode/x"), Disown: p.site.Link("/bukan-saya/x"), Until: p.db.Now().Add(30 * time.Minute)}))
}

// sent queues codes that are due after their delays.
func (p post) sent(to secret.Email, delays ...time.Duration) {
	p.t.Helper()
	for _, d := range delays {
		p.code(to)
		p.clock.Advance(d)
		p.pass()
	}
}

func (p post) delays() []DomainDelay {
	p.t.Helper()
	all, err := p.Delays(context.Background(), 0, p.db.Now()+1)
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

func within5(got, want time.Duration) bool { return (got - want).Abs() <= want/20 }

// The median and p90 worked out by hand: 1, 2, 4, 8, 300 s and 10, 20 s.
func TestDelaysOfEachDomain(t *testing.T) {
	eachPost(t, func(p post) {
		p.sent("sari@gmail.com", 300*time.Second, time.Second, 8*time.Second, 2*time.Second, 4*time.Second)
		p.sent("budi@bkd.example.go.id", 10*time.Second, 20*time.Second)
		p.notice()
		p.clock.Advance(time.Minute)
		p.pass()
		all := p.delays()
		if len(all) != 2 || all[0].Domain != Gmail || all[0].N != 5 || !within5(all[0].Median, 4*time.Second) || !within5(all[0].P90, 300*time.Second) {
			t.Errorf("%+v", all)
		}
		if last := all[len(all)-1]; last.Domain != GoID || last.N != 2 || !within5(last.Median, 15*time.Second) || !within5(last.P90, 20*time.Second) {
			t.Errorf("%+v", last)
		}
	})
}

// What the relay refuses, and what waits until it has expired, stays in the
// figures; a repeated try counts once.
func TestLostCodesStayInTheFigures(t *testing.T) {
	eachPost(t, func(p post) {
		p.box.Fail(mailbox.Refuse)
		p.sent("sari@gmail.com", time.Second)
		p.box.Fail(mailbox.Down)
		p.sent("sari@gmail.com", time.Second)
		p.clock.Advance(31 * time.Minute)
		p.pass()
		p.box.Fail(mailbox.None)
		p.sent("sari@gmail.com", time.Second)
		p.pass()
		if all := p.delays(); len(all) != 1 || all[0].N != 1 || all[0].Lost != 2 {
			t.Errorf("%+v", all)
		}
	})
}

// The counts hold as many codes as the outbox says it ended.
func TestDelaysEqualTheOutbox(t *testing.T) {
	eachPost(t, func(p post) {
		p.sent("sari@gmail.com", time.Second, time.Minute)
		p.sent("budi@example.test", time.Second)
		var ended, counted int
		err := p.db.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(context.Background(), `SELECT (SELECT count(*) FROM outbox WHERE kind = 'reset.code' AND state <> 'queued'),
				(SELECT sum(n) FROM mail_days)`).Scan(&ended, &counted)
		})
		if err != nil || ended != 3 || counted != 3 {
			t.Error(ended, counted, err)
		}
	})
}

// A code queued before midnight and accepted after belongs to the day before.
func TestADelayBelongsToTheDayOfItsCode(t *testing.T) {
	eachPost(t, func(p post) {
		midnight := p.db.Now().Midnight(p.site.Zone).Add(24 * time.Hour)
		p.clock.Advance(midnight.Sub(p.db.Now()) - time.Second)
		p.sent("sari@gmail.com", 2*time.Second)
		if before, err := p.Delays(context.Background(), 0, midnight); err != nil || len(before) != 1 {
			t.Errorf("%+v %v", before, err)
		}
		if after, err := p.Delays(context.Background(), midnight, midnight.Add(24*time.Hour)); err != nil || len(after) != 0 {
			t.Errorf("%+v %v", after, err)
		}
	})
}
