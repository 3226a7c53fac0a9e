package accounts

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

func TestWhoIsGoneFromTheFileLosesEveryWayIn_SE05(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + budis)
		id := d.person(siti).ID
		d.exec(`INSERT INTO sessions (id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent)
			VALUES ('s', $1, 'account', $2, 1, 1, 0, 0, '', '')`, []byte("s"), id)
		d.exec(`INSERT INTO resets (id, browser_hash, nip, person, state, typed_email, tries, sends, next_at, proven_via, created_at, expires_at)
			VALUES ('r', $1, $2, $3, 'proven', $4, 0, 0, 0, '', 1, 1)`, []byte("r"), siti, id, []byte{})
		d.exec(`INSERT INTO passes (id, person, ticket, basis, code_hash, state, factor_after, wrong, opened_until, issued_at, expires_at, ended_at)
			VALUES ('p', $1, 't', 'factor', $2, 'opened', 0, 0, 0, 1, 1, 0)`, id, []byte("p"))
		d.exec(`INSERT INTO enrolments (id, person, via, source, browser_hash, secret, password, code_tries, state, begun_at, until)
			VALUES ('e', $1, 'pass', 'p', $2, $2, '', 0, 'open', 1, 1)`, id, []byte("e"))
		p := d.imports(head + budis)
		if p.Count(Deactivated) != 1 || d.person(siti).Active || !d.person(budi).Active {
			t.Error("wrong people deactivated")
		}
		for _, left := range []string{
			"SELECT count(*) FROM sessions WHERE ended_at = 0", "SELECT count(*) FROM resets WHERE state <> 'ended'",
			"SELECT count(*) FROM passes WHERE state <> 'ended'", "SELECT count(*) FROM enrolments WHERE state <> 'ended'",
		} {
			if n := d.count(left); n != 0 {
				t.Errorf("%s: %d", left, n)
			}
		}
		if d.count("SELECT count(*) FROM accounts WHERE disabled_at <> 0") != 0 {
			t.Error("an import wrote into the administrator's disabling")
		}
	})
}

func TestReturningPersonIsActiveAgain(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + budis)
		d.imports(head + budis)
		p := d.imports(head + sitis + budis)
		if p.Count(Changed) != 1 || !d.person(siti).Active {
			t.Error("not active again")
		}
	})
}

func TestStatusInTheFileDeactivates(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + budis)
		p := d.imports(head + strings.Replace(sitis, "Aktif", "Pensiun", 1) + budis)
		if p.Count(Deactivated) != 1 || d.person(siti).Active {
			t.Error("a pensioner is still active")
		}
		if p := d.plan(head + strings.Replace(sitis, "Aktif", "Pensiun", 1) + budis); p.Writes() {
			t.Error("deactivated twice")
		}
	})
}

func TestOtherAgenciesAreLeftAlone(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + strings.Replace(budis, "Pemkab Contoh", "Pemprov Contoh", 1))
		if p := d.plan(head + sitis); p.Writes() {
			t.Error("somebody of an agency that is not in the file is touched")
		}
	})
}

// A line whose NIP cannot be read belongs to somebody, who must not be
// deactivated because a spreadsheet damaged his number.
func TestUnreadableNIPWithholdsDeactivation(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + budis + crowd(30, "Pemkab Contoh", "example.go.id"))
		damaged := strings.Replace(budis, string(budi), "1.99408E+17", 1)
		p := d.plan(head + sitis + damaged + crowd(30, "Pemkab Contoh", "example.go.id"))
		if !p.Withheld || p.Count(Deactivated) != 0 || p.Count(Refused) != 1 {
			t.Errorf("withheld %v, deactivated %d, refused %d", p.Withheld, p.Count(Deactivated), p.Count(Refused))
		}
	})
}

func TestRefusedLineProtectsItsPerson(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + budis)
		p := d.plan(head + budis + strings.Replace(sitis, "Aktif", "entah", 1))
		if p.Withheld || p.Count(Deactivated) != 0 || p.Count(Refused) != 1 {
			t.Errorf("withheld %v, deactivated %d, refused %d", p.Withheld, p.Count(Deactivated), p.Count(Refused))
		}
	})
}

func TestBrakeOnDeactivations(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		all := strings.SplitAfter(crowd(40, "Pemkab Contoh", "example.go.id"), "\n")
		d.imports(head + strings.Join(all, ""))
		if p := d.plan(head + strings.Join(all[4:], "")); len(p.Brakes) != 0 {
			t.Errorf("a tenth exactly is braked: %+v", p.Brakes)
		}
		p := d.plan(head + strings.Join(all[5:], ""))
		ctx := context.Background()
		for _, released := range []map[BrakeName]int{nil, {BrakeDeactivated: 4}, {BrakeDeactivated: 6}, {BrakeProposed: 5}} {
			if err := d.ApplyImport(ctx, p, released, console); !errors.Is(err, ErrBrake) {
				t.Errorf("released %v: %v", released, err)
			}
		}
		if d.count("SELECT count(*) FROM people WHERE active = FALSE") != 0 {
			t.Error("a braked import wrote")
		}
		if err := d.ApplyImport(ctx, p, map[BrakeName]int{BrakeDeactivated: 5}, console); err != nil {
			t.Error(err)
		}
	})
}

func TestBrakeLooksAtEachAgencyByItself(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		big := crowd(100, "Pemkab Contoh", "example.go.id")
		d.imports(head + big + sitis + strings.Replace(budis, "Pemkab Contoh", "Kota Contoh", 1) +
			"198803152011012002,Ani,Dinas,Kota Contoh,,,Aktif\n")
		p := d.plan(head + big + sitis + strings.Replace(budis, "Pemkab Contoh", "Kota Contoh", 1))
		if len(p.Brakes) != 1 || p.Brakes[0].Name != BrakeDeactivated {
			t.Errorf("half of a small agency may vanish behind a big one: %+v", p.Brakes)
		}
	})
}

func TestBrakesOnAddresses_impostor7(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + crowd(21, "Pemkab Contoh", "example.go.id"))
		moved := strings.ReplaceAll(crowd(21, "Pemkab Contoh", "example.go.id"), "@example.go.id", "@evil.test")
		if p := d.plan(head + moved); len(p.Brakes) != 1 || p.Brakes[0] != (Brake{BrakeReplaced, 21, p.Brakes[0].Why}) {
			t.Errorf("not activated: %+v", p.Brakes)
		}
		d.exec("UPDATE accounts SET activated_at = 1")
		if p := d.plan(head + moved); len(p.Brakes) != 1 || p.Brakes[0] != (Brake{BrakeProposed, 21, p.Brakes[0].Why}) {
			t.Errorf("activated: %+v", p.Brakes)
		}
		twenty := strings.Join(strings.SplitAfter(moved, "\n")[:20], "") + strings.SplitAfter(crowd(21, "Pemkab Contoh", "example.go.id"), "\n")[20]
		if p := d.plan(head + twenty); len(p.Brakes) != 0 || p.Count(Proposed) != 20 {
			t.Errorf("twenty: %d, %+v", p.Count(Proposed), p.Brakes)
		}
	})
}

// The same plan applied at once by several: one does it, and the others say
// that the roster is no longer what it was.
func TestOnePlanIsAppliedOnce(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		p := d.plan(head + sitis + budis)
		errs := make(chan error, 4)
		for range cap(errs) {
			go func() { errs <- d.ApplyImport(context.Background(), p, nil, console) }()
		}
		done := 0
		for range cap(errs) {
			switch err := <-errs; {
			case err == nil:
				done++
			case !errors.Is(err, ErrPlanOld) && !errors.Is(err, db.ErrConflict):
				t.Error(err)
			}
		}
		if done != 1 || d.count("SELECT count(*) FROM people") != 2 || d.count("SELECT count(*) FROM audit_events WHERE action = 'roster.import'") != 1 {
			t.Errorf("%d times", done)
		}
	})
}
