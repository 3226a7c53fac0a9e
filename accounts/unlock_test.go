package accounts

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
)

// paused makes wrong passwords until Sari's number waits, in a network.
func (w *world) paused(from string) {
	w.t.Helper()
	for range 6 {
		if s := w.enter(sariNIP, "Salah-tebak-11", "", from); s.Result == SignInPaused {
			return
		}
	}
	w.t.Fatal("no pause")
}

// rows prints a table, for the difference before and after.
func (w *world) rows(columns, table string) (all []string) {
	w.t.Helper()
	scan := func(row db.Scanner) (line string, err error) {
		err = row.Scan(&line)
		return line, err
	}
	w.write(func(tx *db.Tx) (err error) {
		all, err = db.All(w.ctx, tx, scan, fmt.Sprintf(`SELECT %s FROM %s ORDER BY 1`, columns, table))
		return err
	})
	return all
}

// A code for unlocking ends one pause and nothing else: the difference of all
// rows that let anybody in (impostor 13, 16).
func TestUnlockingEndsOnePauseOnly_impostor16(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		w.enter(sariNIP, sariPass, w.code(key, 0), network)
		const afar = "198.51.100.0/24"
		w.paused(network)
		w.paused(afar)
		w.exec(`UPDATE accounts SET otp_failures = 7, otp_wait_until = 1, suspended_at = 5`)
		what := map[string]string{
			"accounts": `person || password || password_at || password_via || activated_at || suspended_at || disabled_at ||
				CASE WHEN reset_needs_otp THEN 'x' ELSE '' END || remote_blocked_until || otp_failures || otp_wait_until || version`,
			"devices": `id || state || last_step || used_at`, "sessions": `id || ended_at || seen_at`,
		}
		before := map[string][]string{}
		for table, columns := range what {
			before[table] = w.rows(columns, table)
		}
		counters := w.count(`SELECT count(*) FROM counters WHERE until > 0`)

		w.proves(w.askFor(ForUnlock, sariNIP, sariEmail, network))
		for table, columns := range what {
			if !slices.Equal(before[table], w.rows(columns, table)) {
				t.Errorf("%s changed", table)
			}
		}
		if n := w.count(`SELECT count(*) FROM counters WHERE until > 0`); n != counters-1 {
			t.Errorf("%d pauses ended", counters-n)
		}
		if s := w.enter(sariNIP, "Salah-tebak-11", "", network); s.Result != SignInWrong {
			t.Errorf("here: %+v", s)
		}
		if s := w.enter(sariNIP, sariPass, "", afar); s.Result != SignInPaused {
			t.Errorf("a stranger elsewhere was let go on: %+v", s)
		}
		if w.audited(audit.Unlocked, "ok") != 1 {
			t.Error("the log does not know")
		}
	})
}

func TestALinkUnlocksWhereItIsPressed_impostor9(t *testing.T) {
	w := oneWorld(t)
	const there = "198.51.100.0/24"
	w.paused(network)
	w.paused(there)
	w.askFor(ForUnlock, sariNIP, sariEmail, network)
	presser := somebody
	presser.Network = there
	if tried, err := w.ProveByLink(w.ctx, ForUnlock, w.last("reset.code").link(), presser); err != nil || !tried.OK {
		t.Fatal(tried, err)
	}
	if s := w.enter(sariNIP, "Salah-tebak-11", "", there); s.Result != SignInWrong {
		t.Errorf("where it was pressed: %+v", s)
	}
	if s := w.enter(sariNIP, "Salah-tebak-11", "", network); s.Result != SignInPaused {
		t.Errorf("where it was asked for: %+v", s)
	}
}

// An unlocked flow is over: it sets no password, and its other codes are dead.
func TestAnUnlockedFlowIsOver_RC09(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	f := w.askFor(ForUnlock, sariNIP, sariEmail, network)
	w.clock.Advance(time.Minute)
	if _, err := w.AskResetCode(w.ctx, ResetAsk{Flow: f, Email: sariEmail, Network: network}, somebody); err != nil {
		t.Fatal(err)
	}
	if err := w.SendCodes(w.ctx); err != nil {
		t.Fatal(err)
	}
	f = w.proves(f)
	if r, err := w.Reset(w.ctx, f); err != nil || r.State != ResetFinished {
		t.Errorf("%+v %v", r, err)
	}
	for _, purpose := range []ResetPurpose{ForPassword, ForActivation, ForUnlock} {
		if _, err := w.ResetOwner(w.ctx, Flow{purpose, f.Browser}); err == nil {
			t.Errorf("%s: a password can be set", purpose)
		}
	}
	if n := w.count(`SELECT count(*) FROM reset_codes WHERE state = 'live'`); n != 0 {
		t.Errorf("%d codes are live", n)
	}
}

func TestADisownedUnlockUnlocksNothing_impostor2(t *testing.T) {
	w := oneWorld(t)
	ready(w)
	w.paused(network)
	f := w.askFor(ForUnlock, sariNIP, sariEmail, network)
	mail := w.last("reset.code")
	w.press(mail.disown())
	if tried, err := w.ProveByCode(w.ctx, f, mail.code(), somebody); err != nil || tried.OK {
		t.Error(tried, err)
	}
	if s := w.enter(sariNIP, sariPass, "", network); s.Result != SignInPaused {
		t.Errorf("%+v", s)
	}
}

func TestANewPasswordEndsThePauseHere_impostor13(t *testing.T) {
	w := oneWorld(t)
	key := ready(w)
	w.paused(network)
	w.paused("198.51.100.0/24")
	tried := w.tryCode(w.ask(sariNIP, sariEmail), w.last("reset.code").code())
	w.finishWith(tried.Browser, newPass, "")
	if s := w.enter(sariNIP, newPass, w.code(key, 0), network); s.Result != SignInOK {
		t.Errorf("%+v", s)
	}
	if s := w.enter(sariNIP, newPass, w.code(key, 1), "198.51.100.0/24"); s.Result != SignInPaused {
		t.Errorf("elsewhere: %+v", s)
	}
}
