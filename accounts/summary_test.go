package accounts

import (
	"slices"
	"testing"
	"time"

	"pulih/mail"
	"pulih/secret"
)

// A summary that waits for the relay goes out to nobody who may not read it by
// now, or does not want it: what it said is wiped. Nobody else loses his.
func TestAQueuedSummaryIsWithdrawn_ST07(t *testing.T) {
	o, asked := admin("Contoh"), func(_ bool, err error) error { return err }
	for name, happens := range map[string]func(w *world, id string) error{
		"left":          func(w *world, id string) error { return w.DisableMember(w.ctx, o, id) },
		"lost the role": func(w *world, id string) error { return asked(w.ChangeRoles(w.ctx, o, id, []Role{Agent})) },
		"other units": func(w *world, id string) error {
			return asked(w.ChangeUnits(w.ctx, o, id, []string{w.sari.Unit}))
		},
		"switched off": func(w *world, id string) error { return w.SwitchSummary(w.ctx, id, false, console) },
	} {
		eachWorld(t, func(w *world) {
			w.exec(`UPDATE people SET agency = 'Contoh'`)
			adi, tini := w.subscriber("197001082000011008"), w.subscriber("197001092000011009")
			w.clock.Advance(time.Minute)
			for _, s := range []Subscriber{adi, tini} {
				if sent, err := w.SendSummary(w.ctx, s, "2026-11-23", mail.SummaryMail{Agency: "Contoh"}); !sent || err != nil {
					t.Fatal(name, sent, err)
				}
			}
			if err := happens(w, tini.ID); err != nil {
				t.Fatal(name, err)
			}
			const mails = `SELECT count(*) FROM outbox WHERE kind = 'summary' AND `
			if n := w.count(mails + `state = 'queued' AND length(sealed) > 0 AND id = (SELECT mail FROM summaries WHERE staff = '` + adi.ID + `')`); n != 1 {
				t.Errorf("%s: the other supervisor lost his", name)
			}
			if n := w.count(mails + `state = 'expired' AND answer = 'withdrawn' AND length(sealed) = 0`); n != 1 {
				t.Errorf("%s: %d withdrawn", name, n)
			}
		})
	}
}

// What the relay has taken is taken, and what changes nothing of what he may
// read withdraws nothing.
func TestASummaryIsWithdrawnForAReason(t *testing.T) {
	w := oneWorld(t)
	tini := w.subscriber("197001092000011009")
	if sent, err := w.SendSummary(w.ctx, tini, "2026-11-23", mail.SummaryMail{Agency: "Contoh"}); !sent || err != nil {
		t.Fatal(sent, err)
	}
	if now, err := w.ChangeRoles(w.ctx, admin("Contoh"), tini.ID, []Role{Supervisor}); !now || err != nil {
		t.Fatal(now, err)
	}
	if n := w.count(`SELECT count(*) FROM outbox WHERE kind = 'summary' AND state = 'queued'`); n != 1 {
		t.Error("he is a supervisor still, and gets none")
	}
	w.exec(`UPDATE outbox SET state = 'accepted', ended_at = 1 WHERE kind = 'summary'`)
	if err := w.DisableMember(w.ctx, admin("Contoh"), tini.ID); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`SELECT count(*) FROM outbox WHERE kind = 'summary' AND state = 'accepted'`); n != 1 {
		t.Error("what was accepted is withdrawn")
	}
}

// subscriber supervises, and does an agent's work too.
func (w *world) subscriber(nip string) Subscriber {
	w.t.Helper()
	d := directory{Accounts: w.Accounts, t: w.t, db: w.d}
	d.add(secret.NIP(nip), Supervisor, Agent)
	m, err := w.MembersOf(w.ctx, "Contoh")
	if err != nil {
		w.t.Fatal(err)
	}
	i := slices.IndexFunc(m, func(m Member) bool { return string(m.NIP) == nip })
	if err := w.SwitchSummary(w.ctx, m[i].ID, true, console); err != nil {
		w.t.Fatal(err)
	}
	return Subscriber{Member: m[i]}
}
