package accounts

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
)

const (
	rina = secret.NIP("198003152005012004")
	tono = secret.NIP("198802292010011004")
)

func TestSetupCodeHas128BitAndOneHour_ST03(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		code := d.add(siti, Admin)
		if len(code)*5 < 128 {
			t.Errorf("%d bit", len(code)*5)
		}
		clock.Advance(setupLife)
		if _, err := d.BeginStaffSetup(t.Context(), SetupForm{code, staffPass}, anybody); !errors.Is(err, ErrSetup) {
			t.Errorf("after an hour: %v", err)
		}
	})
}

func TestSetupCodeIsSpentByTheSetup(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		code := d.add(siti, Admin)
		s := d.begin(code)
		f := here
		f.OTP = otp.Code(s.Secret, otp.Step(clock.Now()))
		if done, err := d.FinishStaffSetup(t.Context(), s.Browser, f, anybody); err != nil || done.Result != StaffOK {
			t.Fatal(done, err)
		}
		if _, err := d.BeginStaffSetup(t.Context(), SetupForm{code, staffPass}, anybody); !errors.Is(err, ErrSetup) {
			t.Errorf("the code again: %v", err)
		}
		if _, err := d.FinishStaffSetup(t.Context(), s.Browser, f, anybody); !errors.Is(err, ErrSetup) {
			t.Errorf("the cookie again: %v", err)
		}
		if _, err := d.StaffSetup(t.Context(), s.Browser); !errors.Is(err, ErrSetup) {
			t.Errorf("the secret is shown after enrolment (SC-04): %v", err)
		}
	})
}

func TestBadSetups(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		code := d.add(siti, Admin)
		for _, wrong := range []secret.Code{"", "0", code[:25], secret.NewCode(setupChars)} {
			if _, err := d.BeginStaffSetup(t.Context(), SetupForm{wrong, staffPass}, anybody); !errors.Is(err, ErrSetup) {
				t.Errorf("code of %d: %v", len(wrong), err)
			}
		}
		for _, weak := range []secret.Password{"", "pendek", secret.Password(siti) + "Aa!", "Petugas-1986-aja"} {
			if s, err := d.BeginStaffSetup(t.Context(), SetupForm{code, weak}, anybody); err != nil || len(s.Problems) == 0 || s.Browser != "" {
				t.Errorf("weak password: %+v, %v", s, err)
			}
		}
		if _, err := d.FinishStaffSetup(t.Context(), "", here, anybody); !errors.Is(err, ErrSetup) {
			t.Errorf("second step first: %v", err)
		}
		s := d.begin(code)
		for _, typed := range []string{"", "000000", "abc", otp.Code(s.Secret, otp.Step(clock.Now())+9)} {
			f := here
			f.OTP = typed
			if done, err := d.FinishStaffSetup(t.Context(), s.Browser, f, anybody); err != nil || done.Result != StaffWrong {
				t.Errorf("code %q: %+v, %v", typed, done, err)
			}
		}
		if d.count("SELECT count(*) FROM staff WHERE enrolled_at > 0 OR password <> ''") != 0 {
			t.Error("a set-up that was never proven holds")
		}
	})
}

// Somebody who begins with the same code elsewhere takes the set-up over; the
// first browser cannot finish what is no longer its own.
func TestOnlyTheLastBrowserFinishes(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		code := d.add(siti, Admin)
		first, second := d.begin(code), d.begin(code)
		f := here
		f.OTP = otp.Code(first.Secret, otp.Step(clock.Now()))
		if _, err := d.FinishStaffSetup(t.Context(), first.Browser, f, anybody); !errors.Is(err, ErrSetup) {
			t.Errorf("first: %v", err)
		}
		f.OTP = otp.Code(second.Secret, otp.Step(clock.Now()))
		if done, err := d.FinishStaffSetup(t.Context(), second.Browser, f, anybody); err != nil || done.Result != StaffOK {
			t.Errorf("second: %+v, %v", done, err)
		}
	})
}

func TestCodeOfTheSetupDoesNotSignInAgain_TV02(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		if in := o.tries(staffPass, o.now(), "10.1.1.0"); in.Result != StaffWrong {
			t.Errorf("%+v", in)
		}
	})
}

func TestFirstTwoApproversApproveAtOnceLaterOnesWait_impostor17(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		first := d.enrol(clock, siti, Agent, Approver)
		second := d.enrol(clock, budi, Approver)
		if err := d.DisableStaff(t.Context(), siti, console); err != nil {
			t.Fatal(err)
		}
		third := d.enrol(clock, rina, Approver)
		agent := d.enrol(clock, tono, Agent)
		for name, want := range map[string]struct {
			o    *officer
			wait time.Duration
			none bool
		}{"second": {second, 0, false}, "third": {third, 72 * time.Hour, false}, "agent": {agent, 0, true}} {
			enrolled := d.db.Now()
			s, _ := want.o.signsIn()
			if want.none != (s.ApprovesFrom == 0) || !want.none && s.ApprovesFrom.Sub(enrolled) > want.wait || s.ApprovesFrom.Sub(enrolled) < want.wait-time.Hour && !want.none {
				t.Errorf("%s approves from %d", name, s.ApprovesFrom)
			}
		}
		_ = first
	})
}

func TestApproverWithANewAuthenticatorWaits_impostor17(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Approver)
		_, token := o.signsIn()
		code, err := d.ResetStaffMFA(t.Context(), siti, console)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.StaffBySession(t.Context(), token); !errors.Is(err, ErrNoSession) {
			t.Error("the session outlives the authenticator (SE-04)")
		}
		if in := o.tries(staffPass, o.next(), "10.7.7.0"); in.Result != StaffWrong {
			t.Error("the old authenticator signs in")
		}
		s := d.begin(code)
		again := &officer{d, clock, siti, s.Secret}
		f := here
		f.OTP = again.now()
		if done, err := d.FinishStaffSetup(t.Context(), s.Browser, f, anybody); err != nil || done.Result != StaffOK {
			t.Fatal(done, err)
		}
		in, _ := again.signsIn()
		if in.ApprovesFrom <= d.db.Now() {
			t.Error("whoever got the set-up code approves at once")
		}
	})
}

func TestRaisedApproverWaits_impostor17(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		if err := d.SetRoles(t.Context(), siti, []Role{Agent, Approver}, console); err != nil {
			t.Fatal(err)
		}
		if s, _ := o.signsIn(); s.ApprovesFrom <= d.db.Now() {
			t.Error("a raised approver approves at once")
		}
	})
}

func TestOneStaffAccountForANIP_impostor17(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.add(siti, Agent)
		for _, nip := range []secret.NIP{siti, "19860926 201505 2 001"} {
			n := NewStaff{NIP: nip, Name: "Lain", Email: "lain@example.go.id", Roles: []Role{Approver}}
			if _, err := d.AddStaff(t.Context(), n, console); !errors.Is(err, ErrStaffExists) {
				t.Errorf("%v", err)
			}
		}
		if err := d.DisableStaff(t.Context(), siti, console); err != nil {
			t.Fatal(err)
		}
		d.add(siti, Agent)
		if n := d.count("SELECT count(*) FROM staff"); n != 1 {
			t.Errorf("%d rows for one NIP", n)
		}
	})
}

func TestBadStaffData(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		good := NewStaff{NIP: siti, Name: "Siti", Email: "siti@example.go.id", Roles: []Role{Agent}}
		for name, spoil := range map[string]func(*NewStaff){
			"NIP":        func(n *NewStaff) { n.NIP = "123" },
			"no name":    func(n *NewStaff) { n.Name = " " },
			"email":      func(n *NewStaff) { n.Email = "siti" },
			"no role":    func(n *NewStaff) { n.Roles = nil },
			"role":       func(n *NewStaff) { n.Roles = []Role{"direktur"} },
			"role twice": func(n *NewStaff) { n.Roles = []Role{Agent, Agent} },
		} {
			n := good
			spoil(&n)
			if _, err := d.AddStaff(t.Context(), n, console); !errors.Is(err, ErrStaffForm) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.ResetStaffMFA(t.Context(), budi, console); !errors.Is(err, ErrNoStaff) {
			t.Errorf("nobody's authenticator: %v", err)
		}
	})
}

func TestConsoleChangesAreMailedAndAudited_impostor17(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.enrol(clock, siti, Supervisor)
		mails := func() int { return d.count("SELECT count(*) FROM outbox") }
		steps := []struct {
			action string
			do     func() error
		}{
			{"staff.add", func() error { d.add(budi, Agent); return nil }},
			{"staff.roles", func() error { return d.SetRoles(t.Context(), budi, []Role{Agent, Approver}, console) }},
			{"staff.reset", func() error { _, err := d.ResetStaffMFA(t.Context(), budi, console); return err }},
			{"staff.disable", func() error { return d.DisableStaff(t.Context(), budi, console) }},
		}
		for _, step := range steps {
			before := mails()
			clock.Advance(time.Second)
			if err := step.do(); err != nil {
				t.Fatal(step.action, err)
			}
			if n := mails() - before; n != 2 {
				t.Errorf("%s: %d mails, want the supervisor's and his own", step.action, n)
			}
			if text := d.lastMail(); !strings.Contains(text, "operator") || !strings.Contains(text, "baris perintah") {
				t.Errorf("%s: %s", step.action, text)
			}
			where := fmt.Sprintf("SELECT count(*) FROM audit_events WHERE action = '%s' AND actor_kind = 'console' AND at = $1", step.action)
			if d.count(where, d.db.Now()) != 1 {
				t.Errorf("%s is not in the audit log", step.action)
			}
		}
	})
}

func TestSetupCodeIsInNoMailAndNoRow(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.enrol(clock, siti, Supervisor)
		code := d.add(budi, Agent)
		text := d.lastMail()
		if strings.Contains(text, string(code)) || strings.Contains(text, code.Grouped()) {
			t.Error("the set-up code is mailed")
		}
		if d.count("SELECT count(*) FROM audit_events WHERE detail LIKE $1", "%"+string(code)+"%") != 0 {
			t.Error("the set-up code is in the audit log")
		}
	})
}

// Two consoles at once must not make three who approve at once.
func TestThreeApproversAddedAtOnce(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.add(siti, Approver)
		errs := make(chan error, 2)
		for _, nip := range []secret.NIP{budi, rina} {
			go func() {
				_, err := d.AddStaff(t.Context(), NewStaff{NIP: nip, Name: "P", Email: "p@example.go.id", Roles: []Role{Approver}}, console)
				errs <- err
			}()
		}
		for range 2 {
			if err := <-errs; err != nil {
				t.Log("one of two lost the race, and says so:", err)
			}
		}
		if n := d.count("SELECT count(*) FROM staff WHERE approver_no BETWEEN 1 AND 2"); n > 2 {
			t.Errorf("%d founders", n)
		}
	})
}
