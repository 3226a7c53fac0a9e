package accounts

import (
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

func (w *world) restore(since Since) (r Restored) {
	w.t.Helper()
	w.write(func(tx *db.Tx) (err error) {
		r, err = w.Restore(w.ctx, tx, since, audit.Actor{Kind: audit.Console, ID: "root"})
		return err
	})
	return r
}

// equipped is a person with everything that may be taken away: a password, two
// authenticators, backup codes and a further address.
func (w *world) equipped() (device, batch, address string) {
	w.t.Helper()
	w.setPassword(w.sari.ID, sariPass, ViaSeed)
	w.device(w.sari.ID)
	_, device = w.device(w.sari.ID)
	w.exec(`INSERT INTO backup_batches (id, person, argon, made_at) VALUES ('batch', $1, '', 1)`, w.sari.ID)
	w.exec(`INSERT INTO backup_codes (batch, person, hash, used_at) VALUES ('batch', $1, $2, 0)`, w.sari.ID, []byte("x"))
	w.exec(`INSERT INTO notice_emails (id, person, email, state, code_hash, tries, asked_at, code_until, ended_at)
		VALUES ('address', $1, 'x@example.go.id', 'active', $2, 0, 1, 0, 0)`, w.sari.ID, []byte{})
	return device, "batch", "address"
}

// What the log tells of is taken away again, and nothing else; where a new
// secret came, the old one dies with the sign-in.
func TestEachLossIsTakenAwayAgain_impostor19(t *testing.T) {
	const (
		active = `SELECT count(*) FROM devices WHERE person = $1 AND state = 'active'`
		codes  = `SELECT count(*) FROM backup_codes WHERE person = $1`
		told   = `SELECT count(*) FROM notice_emails WHERE person = $1 AND state = 'active'`
		onFile = `SELECT count(*) FROM people WHERE id = $1 AND email <> ''`
		old    = `SELECT count(*) FROM people WHERE id = $1 AND email_since = 0`
		here   = `SELECT count(*) FROM people WHERE id = $1 AND active`
		frozen = `SELECT count(*) FROM accounts WHERE person = $1 AND suspended_at > 0 AND reset_needs_otp`
		barred = `SELECT count(*) FROM accounts WHERE person = $1 AND remote_blocked_until > 0`
	)
	whole := map[string]int{active: 2, codes: 1, told: 1, onFile: 1, old: 1, here: 1, frozen: 0, barred: 0}
	for name, c := range map[string]struct {
		event audit.Event // its object "device", "batch" or "address"
		then  map[string]int
	}{
		"one authenticator ended":    {audit.Event{Action: audit.DeviceEnded, Object: "device"}, map[string]int{active: 1}},
		"a hundred wrong codes":      {audit.Event{Action: audit.DeviceEnded, Result: audit.Refused}, map[string]int{active: 0}},
		"an authenticator came":      {audit.Event{Action: audit.DeviceAdded, Object: "new"}, map[string]int{frozen: 1}},
		"a new password":             {audit.Event{Action: audit.PasswordChanged}, map[string]int{frozen: 1}},
		"a password by mail":         {audit.Event{Action: audit.ResetFinished}, map[string]int{frozen: 1}},
		"backup codes made":          {audit.Event{Action: audit.BackupMade, Object: "other"}, map[string]int{codes: 0}},
		"a backup code used":         {audit.Event{Action: audit.BackupUsed, Object: "batch"}, map[string]int{codes: 0}},
		"an address removed":         {audit.Event{Action: audit.AddressRemoved, Object: "address"}, map[string]int{told: 0}},
		"another address on file":    {audit.Event{Action: audit.EmailChanged}, map[string]int{frozen: 1, old: 0}},
		"frozen by staff":            {audit.Event{Action: audit.Frozen}, map[string]int{frozen: 1}},
		"blocked":                    {audit.Event{Action: audit.Blocked}, map[string]int{frozen: 1, barred: 1}},
		"a device disowned late":     {audit.Event{Action: audit.Blocked, Object: "device", Detail: map[string]string{"undone": "device password"}}, map[string]int{active: 1, frozen: 1, barred: 1}},
		"codes disowned late":        {audit.Event{Action: audit.Blocked, Object: "batch"}, map[string]int{codes: 0, frozen: 1, barred: 1}},
		"an address late":            {audit.Event{Action: audit.Blocked, Object: "address"}, map[string]int{told: 0, frozen: 1, barred: 1}},
		"its change disowned late":   {audit.Event{Action: audit.Blocked, Object: "ticket", Detail: map[string]string{"undone": "email"}}, map[string]int{onFile: 0, old: 0, frozen: 1, barred: 1}},
		"left the roster":            {audit.Event{Action: audit.PersonChanged, Detail: map[string]string{"active": "false"}}, map[string]int{here: 0}},
		"moved to another unit":      {audit.Event{Action: audit.PersonChanged, Detail: map[string]string{"columns": "unit"}}, nil},
		"an authenticator disowned":  {audit.Event{Action: audit.Disowned, Object: "device"}, map[string]int{active: 1}},
		"an address disowned":        {audit.Event{Action: audit.Disowned, Object: "address"}, map[string]int{told: 0}},
		"an old change of it undone": {audit.Event{Action: audit.Disowned, Detail: map[string]string{"what": string(mail.EmailChanged)}}, map[string]int{onFile: 0, old: 0}},
		"somebody signed in":         {audit.Event{Action: audit.SignIn}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := oneWorld(t)
			device, _, _ := w.equipped()
			c.event.Person, c.event.At = w.sari.ID, w.d.Now()
			if c.event.Object == "device" {
				c.event.Object = device
			}
			r := w.restore(Since{Events: []audit.Event{c.event}})
			for query, before := range whole {
				want, changed := c.then[query]
				if !changed {
					want = before
				}
				if got := w.count(query, w.sari.ID); got != want {
					t.Errorf("%d, want %d: %s", got, want, query)
				}
			}
			if listed := len(r.Frozen) == 1; listed != (c.then[frozen] == 1) {
				t.Error("the operator's list:", r.Frozen)
			}
			if mails := w.count(`SELECT count(*) FROM outbox WHERE kind = 'notice.account.frozen'`); (mails > 0) != (c.then[frozen] == 1) {
				t.Error(mails, "mails that tell of it")
			}
		})
	}
}

// What is of somebody else stays his, and who came after the backup stops
// nothing.
func TestALossIsItsOwners_impostor19(t *testing.T) {
	w := oneWorld(t)
	device, batch, _ := w.equipped()
	other := w.add("199408172022211003", "budi@example.go.id")
	r := w.restore(Since{Events: []audit.Event{
		{Action: audit.DeviceEnded, Person: other.ID, Object: device}, {Action: audit.Disowned, Person: other.ID, Object: batch},
		{Action: audit.PasswordChanged, Person: "nobody"}, {Action: audit.StaffDisabled, Object: "nobody"}, {Action: audit.StaffRoles, Object: "nobody"},
	}})
	if n := w.count(`SELECT count(*) FROM devices WHERE state = 'active'`) + w.count(`SELECT count(*) FROM backup_codes`); n != 3 || len(r.Frozen) > 0 {
		t.Error(n, r.Frozen)
	}
}

// Staff lose what they lost, and who has a new authenticator is set up anew.
func TestStaffLoseAgain_impostor19(t *testing.T) {
	const in = `SELECT count(*) FROM staff WHERE id = 's' AND disabled_at = 0 AND password <> '' AND length(secret) > 0 AND roles = 'petugas penyelia'`
	for name, c := range map[string]struct {
		event audit.Event
		then  string
	}{
		"disabled":       {audit.Event{Action: audit.StaffDisabled}, `SELECT count(*) FROM staff WHERE id = 's' AND disabled_at > 0`},
		"reset":          {audit.Event{Action: audit.StaffReset}, `SELECT count(*) FROM staff WHERE id = 's' AND password = '' AND length(secret) = 0`},
		"set up anew":    {audit.Event{Action: audit.StaffEnrolled, Result: audit.OK}, `SELECT count(*) FROM staff WHERE id = 's' AND password = '' AND length(secret) = 0`},
		"only tried to":  {audit.Event{Action: audit.StaffEnrolled, Result: audit.Begun}, in},
		"other units":    {audit.Event{Action: audit.StaffUnits}, `SELECT count(*) FROM staff WHERE id = 's' AND password = ''`},
		"fewer roles":    {audit.Event{Action: audit.StaffRoles, Detail: map[string]string{"roles": "petugas"}}, `SELECT count(*) FROM staff WHERE id = 's' AND roles = 'petugas'`},
		"another role":   {audit.Event{Action: audit.StaffRoles, Detail: map[string]string{"roles": "penyelia admin"}}, `SELECT count(*) FROM staff WHERE id = 's' AND roles = 'penyelia'`},
		"only signed in": {audit.Event{Action: audit.StaffSignIn}, in},
	} {
		t.Run(name, func(t *testing.T) {
			w := oneWorld(t)
			w.exec(insertStaff, "s", "198001012005011001", "Rina", "rina@example.go.id", "Kabupaten Contoh", "petugas penyelia", []byte{}, w.d.Now(), "")
			w.exec(`UPDATE staff SET password = 'x', secret = $1`, []byte("x"))
			c.event.Object = "s"
			w.restore(Since{Events: []audit.Event{c.event}})
			if w.count(c.then) != 1 {
				t.Error("not so:", c.then)
			}
		})
	}
}

// A summary that waited in the backup goes to nobody who lost since what it
// tells of; another supervisor gets his.
func TestASummaryOfBeforeIsWithdrawn_impostor19(t *testing.T) {
	for _, action := range []audit.Action{audit.StaffDisabled, audit.StaffRoles, audit.StaffUnits, audit.StaffSignIn} {
		eachWorld(t, func(w *world) {
			adi, tini := w.subscriber("197001082000011008"), w.subscriber("197001092000011009")
			for _, s := range []Subscriber{adi, tini} {
				if sent, err := w.SendSummary(w.ctx, s, "2026-11-23", mail.SummaryMail{Agency: "Contoh"}); !sent || err != nil {
					t.Fatal(action, sent, err)
				}
			}
			w.restore(Since{Events: []audit.Event{{Action: action, Object: tini.ID, Detail: map[string]string{"roles": "petugas"}}}})
			for id, gone := range map[string]bool{adi.ID: false, tini.ID: action != audit.StaffSignIn} {
				const of = ` AND id = (SELECT mail FROM summaries WHERE staff = $1)`
				waits := w.count(`SELECT count(*) FROM outbox WHERE state = 'queued' AND length(sealed) > 0`+of, id)
				ended := w.count(`SELECT count(*) FROM outbox WHERE answer = 'withdrawn' AND length(sealed) = 0`+of, id)
				byRoot := w.count(`SELECT count(*) FROM audit_events WHERE action = 'mail.refuse' AND actor_kind = 'console' AND actor = 'root'
					AND object = (SELECT mail FROM summaries WHERE staff = $1)`, id)
				if (waits == 0) != gone || (ended == 1) != gone || (byRoot == 1) != gone {
					t.Errorf("%s: %d waits, %d withdrawn, %d by root", action, waits, ended, byRoot)
				}
			}
		})
	}
}

// Counts of tries are those of the backup: a restore gives nobody new ones.
func TestARestoreForgivesNoTries_impostor19(t *testing.T) {
	w := oneWorld(t)
	w.setPassword(w.sari.ID, sariPass, ViaSeed)
	w.exec(`UPDATE accounts SET otp_failures = 7, otp_wait_until = $1`, w.d.Now().Add(time.Hour))
	for range 3 {
		if _, err := w.PrepareSignIn(w.ctx, SignInForm{NIP: w.sari.NIP, Password: "salah", Network: "10.1.1.0"}); err != nil {
			t.Fatal(err)
		}
	}
	before := w.count(`SELECT COALESCE(sum(n), 0) FROM counters`)
	w.restore(Since{Unknown: true})
	if after := w.count(`SELECT COALESCE(sum(n), 0) FROM counters`); after < before || before == 0 {
		t.Error(before, after)
	}
	if acc := w.account(w.sari.ID); acc.OTPFailures != 7 || acc.OTPWaitUntil <= w.d.Now() {
		t.Error("wrong codes are forgiven")
	}
}

// Who was activated since has a password and an authenticator that are known no
// more: he is told, as everybody who is frozen.
func TestWhoWasActivatedSinceIsTold_impostor19(t *testing.T) {
	w := oneWorld(t)
	w.exec(`UPDATE accounts SET activated_at = 0 WHERE person = $1`, w.sari.ID)
	r := w.restore(Since{Events: []audit.Event{{Action: audit.Activated, Person: w.sari.ID}}})
	if n := w.count(`SELECT count(*) FROM outbox WHERE kind = 'notice.account.frozen'`); len(r.Frozen) != 1 || n == 0 {
		t.Error(r.Frozen, n)
	}
}

// Whose set-up was under way is named: his code is void, and nobody tells him.
func TestVoidSetupsAreListed_impostor19(t *testing.T) {
	w := oneWorld(t)
	w.exec(insertStaff, "s", "198001012005011001", "Rina", "rina@example.go.id", "Kabupaten Contoh", "petugas", []byte("code"), w.d.Now(), "")
	w.exec(`UPDATE staff SET setup_until = $1`, w.d.Now().Add(time.Hour))
	if r := w.restore(Since{}); len(r.Setups) != 1 || r.Setups[0].NIP != "198001012005011001" {
		t.Error(r.Setups)
	}
}
