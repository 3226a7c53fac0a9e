package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// eachSince restores on both engines what before had made, after what after
// took away again.
func eachSince(t *testing.T, before, after func(l *lossy), then func(t *testing.T, l *lossy, c *restoreCmd, w *ticketstest.World)) {
	databases(t, func(t *testing.T, url func() string) {
		l := begun(t, url)
		l.siti, l.budi = l.Person(nip, "Siti Contoh"), l.Person(budiNIP, "Budi Contoh")
		before(l)
		l.save()
		after(l)
		l.dies()
		c, w := l.restored()
		then(t, l, c, w)
	})
}

// disownFiling presses "Bukan saya" on the newest notice of a filing.
func (l *lossy) disownFiling() {
	l.T.Helper()
	if _, err := l.Desk.Disown(l.T.Context(), l.NotMe("notice.request.filed"), ticketstest.Stranger); err != nil {
		l.T.Fatal(err)
	}
}

// Whoever disowns a request too late to stop it has its authenticator
// suspended; a backup from between does not wake it.
func TestWhatWasDisownedLateStaysSuspended_impostor19(t *testing.T) {
	const active = `SELECT count(*) FROM devices WHERE person = $1 AND state = 'active'`
	eachSince(t, func(l *lossy) {
		l.File(l.siti, tickets.Remote).To(tickets.Done)
		if count(l.World, active, l.siti.ID) != 1 {
			l.T.Fatal("nothing is enrolled")
		}
	}, (*lossy).disownFiling, func(t *testing.T, l *lossy, _ *restoreCmd, w *ticketstest.World) {
		if n := count(w, active, l.siti.ID); n != 0 {
			t.Error("the authenticator lives again")
		}
	})
}

// The same of an address on file that a request had changed.
func TestAnAddressDisownedLateIsGone_impostor19(t *testing.T) {
	const onFile = `SELECT count(*) FROM people WHERE id = $1 AND email <> ''`
	eachSince(t, func(l *lossy) {
		l.FileKind(l.siti, tickets.Email, tickets.Remote).To(tickets.Done)
	}, (*lossy).disownFiling, func(t *testing.T, l *lossy, _ *restoreCmd, w *ticketstest.World) {
		if n := count(l.World, onFile, l.siti.ID); n != 0 {
			t.Fatal("it was not disowned")
		}
		if n := count(w, onFile, l.siti.ID); n != 0 {
			t.Error("the address is on file again")
		}
	})
}

// A copy that was kept with the backup tells of nothing that happened since:
// the operator has to say that nothing did.
func TestAShortCopyIsNotTakenForTheWhole_impostor19(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		l := begun(t, url)
		l.siti = l.Person(nip, "Siti Contoh")
		l.save()
		short := contentOf(l.copied)
		l.File(l.siti, tickets.Remote).To(tickets.Done)
		l.dies()
		whole := l.command()
		l.copied = l.file("short", short)
		c := l.command()
		right := c.KnownUntil
		for _, word := range []string{"", whole.KnownUntil, right[:10]} {
			c.KnownUntil = word
			if err := c.Run(t.Context()); !errors.Is(err, errOldCopy) || !strings.Contains(err.Error(), right) || !strings.Contains(err.Error(), "--without-audit-copy") {
				t.Errorf("%q: %v", word, err)
			}
		}
		var shown strings.Builder
		c.KnownUntil, c.screen = right, screen{&shown}
		if err := c.Run(t.Context()); err != nil || !strings.Contains(shown.String(), right) {
			t.Error(err, shown.String())
		}
		if count(l.again(c), `SELECT count(*) FROM audit_events WHERE action = 'data.restore' AND detail LIKE $1`, "%"+right+"%") != 1 {
			t.Error("the log does not say how far its copy went")
		}
	})
}

// A request that was stopped since is stopped again, the way it was, and of one
// whose proof was taken back nothing is proven.
func TestAStoppedRequestStaysStopped_impostor19(t *testing.T) {
	var disowned, refused, withdrawn, revised, untouched *ticketstest.Story
	proven := func(l *lossy, p secret.NIP) *ticketstest.Story {
		s := l.File(l.Person(p, "Orang Contoh"), tickets.Remote)
		s.Factor()
		s.Evidence()
		return s
	}
	eachSince(t, func(l *lossy) {
		refused, withdrawn = proven(l, "199001012015011001"), proven(l, "199001012015011002")
		revised, untouched = proven(l, "199001012015011003"), proven(l, "199001012015011004")
		disowned = proven(l, "199001012015011005")
	}, func(l *lossy) {
		l.disownFiling()
		_, err := l.Desk.Refuse(l.T.Context(), l.Checker, refused.Number, refused.Version(), tickets.NotHis)
		err2 := l.Desk.Withdraw(l.T.Context(), withdrawn.Number, withdrawn.Secret, ticketstest.Stranger)
		revised.Check()
		if err := errors.Join(err, err2); err != nil {
			l.T.Fatal(err)
		}
	}, func(t *testing.T, _ *lossy, c *restoreCmd, w *ticketstest.World) {
		const proofs = `SELECT count(*) FROM ticket_proofs WHERE voided_at = 0 AND ticket = (SELECT id FROM tickets WHERE number = $1)`
		for s, want := range map[*ticketstest.Story]tickets.State{disowned: tickets.Cancelled, refused: tickets.Refused, withdrawn: tickets.Cancelled,
			revised: tickets.Open, untouched: tickets.Open} {
			s.World = w
			listed := strings.Contains(string(contentOf(c.List)), s.Number)
			if got := s.State(); got != want || listed != (s != untouched) || want == tickets.Open && (count(w, proofs, s.Number) > 0) != (s == untouched) {
				t.Error(s.Number, got, want, listed, count(w, proofs, s.Number))
			}
		}
		if count(w, `SELECT count(*) FROM ticket_events WHERE to_state = 'refused' AND outcome = $1`, tickets.NotHis.Label()) != 1 {
			t.Error("the refusal does not count")
		}
	})
}

// A file that its owner took back does not come back.
func TestAFileThatWasTakenBackStaysGone_impostor19(t *testing.T) {
	var s *ticketstest.Story
	const kept = `SELECT (SELECT count(*) FROM attachment_contents) + (SELECT count(*) FROM attachments WHERE ended_at = 0 OR length(key) > 0)`
	eachSince(t, func(l *lossy) {
		s = l.File(l.siti, tickets.Remote)
		if err := s.Attach(tickets.KTP); err != nil {
			l.T.Fatal(err)
		}
	}, func(l *lossy) {
		if err := l.Desk.Detach(l.T.Context(), s.Number, s.Secret, s.FirstFile(), ticketstest.Stranger); err != nil {
			l.T.Fatal(err)
		}
	}, func(t *testing.T, _ *lossy, _ *restoreCmd, w *ticketstest.World) {
		if n := count(w, kept); n != 0 {
			t.Error("it is there again:", n)
		}
	})
}

// A setting that no form would take is not made again, only named.
func TestOnlySoundSettingsComeBack_impostor8(t *testing.T) {
	eachSince(t, func(*lossy) {}, func(l *lossy) {
		for name, value := range map[tickets.SettingName]string{
			tickets.NetworkSetting: `["0.0.0.0/0"]`, tickets.EvidenceSetting: `{"mfa/L1":{}}`, tickets.CalendarSetting: `{`, tickets.TargetSetting: `{"mfa":1}`,
		} {
			l.Write(func(ctx context.Context, tx *db.Tx) error {
				return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Staff, ID: "a"}, Action: audit.SettingChanged, Object: ticketstest.Agency + "|" + string(name),
					Detail: map[string]string{"name": string(name), "version": "1", "value": value}})
			})
		}
	}, func(t *testing.T, _ *lossy, c *restoreCmd, w *ticketstest.World) {
		if n := count(w, `SELECT count(*) FROM settings`); n != 0 || strings.Count(string(contentOf(c.List)), ticketstest.Agency+"|") != 4 {
			t.Errorf("%d\n%s", n, contentOf(c.List))
		}
	})
}

// Without the copy nobody knows which requests were stopped since: nothing is
// proven of any.
func TestWithoutACopyNothingIsProven_impostor19(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		l := begun(t, url)
		s := l.File(l.Person(nip, "Siti Contoh"), tickets.Remote)
		s.Factor()
		s.Evidence()
		l.save()
		l.dies()
		c := l.command()
		c.AuditCopy, c.WithoutAuditCopy = "", true
		if err := c.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(l.again(c), `SELECT count(*) FROM ticket_proofs WHERE voided_at = 0`); n != 0 {
			t.Error(n, "pieces of evidence count")
		}
	})
}
