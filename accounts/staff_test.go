package accounts

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
)

const staffPass = secret.Password("Pelangi-4-warna-ungu")

var (
	anybody = audit.Actor{Kind: audit.Anonymous, Network: "10.1.1.0"}
	here    = StaffForm{Network: "10.1.1.0", Agent: "browser"}
)

// officer is a member of staff with his phone.
type officer struct {
	directory
	clock *dbtest.Clock
	nip   secret.NIP
	key   otp.Secret
}

func (d directory) add(nip secret.NIP, roles ...Role) secret.Code {
	d.t.Helper()
	code, err := d.AddStaff(d.t.Context(), NewStaff{NIP: nip, Name: "Petugas " + string(nip[:4]), Email: secret.Email("p" + string(nip[:8]) + "@example.go.id"), Roles: roles}, console)
	if err != nil {
		d.t.Fatal(err)
	}
	return code
}

// begin types the set-up code and a password.
func (d directory) begin(code secret.Code) Setup {
	d.t.Helper()
	s, err := d.BeginStaffSetup(d.t.Context(), SetupForm{code, staffPass}, anybody)
	if err != nil || len(s.Problems) > 0 {
		d.t.Fatal(err, s.Problems)
	}
	return s
}

func (d directory) enrol(clock *dbtest.Clock, nip secret.NIP, roles ...Role) *officer {
	d.t.Helper()
	s := d.begin(d.add(nip, roles...))
	o := &officer{d, clock, nip, s.Secret}
	f := here
	f.OTP = o.now()
	done, err := d.FinishStaffSetup(d.t.Context(), s.Browser, f, anybody)
	if err != nil || done.Result != StaffOK || done.Token == "" {
		d.t.Fatal(done, err)
	}
	return o
}

// now is the code on the phone; next waits for the one after.
func (o *officer) now() string { return otp.Code(o.key, otp.Step(o.clock.Now())) }
func (o *officer) next() string {
	o.clock.Advance(30 * time.Second)
	return o.now()
}

func (o *officer) tries(password secret.Password, code, network string) StaffSignedIn {
	o.t.Helper()
	s, err := o.StaffSignIn(o.t.Context(), StaffForm{string(o.nip), password, code, network, "browser"}, anybody)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

// signsIn gives his session.
func (o *officer) signsIn() (Staff, secret.Token) {
	o.t.Helper()
	in := o.tries(staffPass, o.next(), "10.1.1.0")
	if in.Result != StaffOK {
		o.t.Fatalf("sign-in: %s", in.Result)
	}
	s, err := o.StaffBySession(o.t.Context(), in.Token)
	if err != nil {
		o.t.Fatal(err)
	}
	return s, in.Token
}

func TestStaffSignInWantsNumberPasswordAndCode_ST01(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		for name, s := range map[string]StaffSignedIn{
			"no code":        o.tries(staffPass, "", "10.0.1.0"),
			"wrong code":     o.tries(staffPass, "000000", "10.0.1.0"),
			"wrong password": o.tries("Salah-9-sekali-ya", o.next(), "10.0.2.0"),
			"no password":    o.tries("", o.now(), "10.0.3.0"),
			"used code":      func() StaffSignedIn { o.signsIn(); return o.tries(staffPass, o.now(), "10.0.4.0") }(),
		} {
			if (s != StaffSignedIn{Result: StaffWrong}) {
				t.Errorf("%s: %+v, want the one refusal without a hint", name, s)
			}
		}
		s, _ := o.signsIn()
		if s.NIP != siti || s.Agency != "Pemkab Contoh" || !s.Has(Agent) || s.Has(Approver) || s.Session == "" {
			t.Errorf("%+v", s)
		}
	})
}

func TestUnknownStaffIsRefusedLikeAWrongPassword(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.enrol(clock, siti, Agent)
		for _, nip := range []string{string(budi), "123", "", "bukan NIP"} {
			s, err := d.StaffSignIn(t.Context(), StaffForm{nip, staffPass, "123456", "10.1.1.0", ""}, anybody)
			if err != nil || (s != StaffSignedIn{Result: StaffWrong}) {
				t.Errorf("%q: %+v, %v", nip, s, err)
			}
		}
	})
}

func TestStrangersDelayOnlyTheirOwnNetwork_impostor13(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		paused := false
		for range 200 {
			paused = o.tries("Salah-9-sekali-ya", "123456", "203.0.113.0").Result == StaffPaused || paused
		}
		if !paused {
			t.Error("200 wrong passwords from one network are not delayed")
		}
		o.signsIn()
		if d.count("SELECT count(*) FROM staff WHERE otp_failures > 0") != 0 {
			t.Error("codes behind a wrong password were counted")
		}
	})
}

func TestEachStaffCodeOnce_TV02(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		code := o.next()
		var mu sync.Mutex
		var wg sync.WaitGroup
		won := 0
		for range 8 {
			wg.Go(func() {
				s, err := o.StaffSignIn(t.Context(), StaffForm{string(siti), staffPass, code, "10.1.1.0", ""}, anybody)
				if err != nil && !errors.Is(err, ErrBusy) {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if s.Result == StaffOK {
					won++
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("one code signed in %d times", won)
		}
	})
}

func TestParallelGuessesOfACodeShareOneCounter_TV06(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		s, _ := o.signsIn()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if ok, err := d.StepUp(t.Context(), s, "000000", anybody); ok || err != nil {
					t.Error(ok, err)
				}
			})
		}
		wg.Wait()
		if n := d.count("SELECT otp_failures FROM staff"); n != 5 {
			t.Errorf("%d guesses were compared before the pause, want 5", n)
		}
		if ok, _ := d.StepUp(t.Context(), s, o.next(), anybody); !ok {
			t.Error("the right code after the pause is refused")
		}
	})
}

func TestHundredWrongCodesStopTheAuthenticator_TV05(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		s, _ := o.signsIn()
		d.exec("UPDATE staff SET otp_failures = 100")
		if ok, _ := d.StepUp(t.Context(), s, o.next(), anybody); ok {
			t.Error("the right code still counts after a hundred wrong ones")
		}
	})
}

func TestThreeWrongCodesAreTold_TV08(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		s, _ := o.signsIn()
		before := d.count("SELECT count(*) FROM outbox")
		for range 4 {
			_, _ = d.StepUp(t.Context(), s, "000000", anybody)
		}
		if n := d.count("SELECT count(*) FROM outbox") - before; n != 1 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestEachActSpendsAProofOfItsOwn_impostor17(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		s, _ := o.signsIn()
		spend := func() error {
			return d.db.Write(t.Context(), func(tx *db.Tx) error { return d.SpendProof(t.Context(), tx, s.Session) })
		}
		if err := spend(); !errors.Is(err, ErrNoProof) {
			t.Errorf("the sign-in itself serves as proof: %v", err)
		}
		if ok, err := d.StepUp(t.Context(), s, o.next(), anybody); !ok || err != nil {
			t.Fatal(ok, err)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		spent := 0
		for range 8 {
			wg.Go(func() {
				err := spend()
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					spent++
				}
			})
		}
		wg.Wait()
		if spent != 1 {
			t.Errorf("one proof served %d acts", spent)
		}
		_, _ = d.StepUp(t.Context(), s, o.next(), anybody)
		clock.Advance(proofLife)
		if err := spend(); !errors.Is(err, ErrNoProof) {
			t.Errorf("a proof five minutes old: %v", err)
		}
	})
}

func TestProofOfAnEndedSessionIsNone(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		s, token := o.signsIn()
		_, _ = d.StepUp(t.Context(), s, o.next(), anybody)
		if err := d.EndSession(t.Context(), StaffSession, token, anybody); err != nil {
			t.Fatal(err)
		}
		err := d.db.Write(t.Context(), func(tx *db.Tx) error { return d.SpendProof(t.Context(), tx, s.Session) })
		if !errors.Is(err, ErrNoProof) {
			t.Error(err)
		}
		if _, err := d.StepUp(t.Context(), s, o.next(), anybody); !errors.Is(err, ErrNoSession) {
			t.Errorf("step-up without a session: %v", err)
		}
	})
}

func TestStaffSessionEnds_SE03(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		_, token := o.signsIn()
		for range 60 {
			clock.Advance(9 * time.Minute)
			if _, err := d.StaffBySession(t.Context(), token); err != nil {
				break
			}
		}
		if _, err := d.StaffBySession(t.Context(), token); !errors.Is(err, ErrNoSession) {
			t.Error("a staff session lives longer than eight hours")
		}
		_, token = o.signsIn()
		clock.Advance(15 * time.Minute)
		if _, err := d.StaffBySession(t.Context(), token); !errors.Is(err, ErrNoSession) {
			t.Error("a staff session idles longer than 15 minutes")
		}
	})
}

func TestAccountCookieOpensNoStaffPage(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.enrol(clock, siti, Agent)
		var token secret.Token
		err := d.db.Write(t.Context(), func(tx *db.Tx) (err error) {
			m, err := d.staffMember(t.Context(), tx, selectStaffByNIP, siti)
			if err == nil {
				token, err = d.NewSession(t.Context(), tx, Session{Kind: AccountSession, Owner: m.ID})
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.StaffBySession(t.Context(), token); !errors.Is(err, ErrNoSession) {
			t.Error(err)
		}
	})
}

func TestDisabledStaffIsOutAtHisNextRequest_ST07(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent)
		s, token := o.signsIn()
		if err := d.DisableStaff(t.Context(), siti, console); err != nil {
			t.Fatal(err)
		}
		if _, err := d.StaffBySession(t.Context(), token); !errors.Is(err, ErrNoSession) {
			t.Errorf("session: %v", err)
		}
		if _, err := d.StepUp(t.Context(), s, o.next(), anybody); !errors.Is(err, ErrNoSession) {
			t.Errorf("step-up: %v", err)
		}
		if in := o.tries(staffPass, o.next(), "10.9.9.0"); in.Result != StaffWrong {
			t.Errorf("sign-in: %s", in.Result)
		}
		if err := d.DisableStaff(t.Context(), siti, console); !errors.Is(err, ErrNoStaff) {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestRolesAreReadAnew_ST07(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		o := d.enrol(clock, siti, Agent, Supervisor)
		_, token := o.signsIn()
		d.exec("UPDATE staff SET roles = 'petugas'")
		if s, err := d.StaffBySession(t.Context(), token); err != nil || s.Has(Supervisor) {
			t.Error("a role taken away still holds")
		}
		if err := d.SetRoles(t.Context(), siti, []Role{Supervisor}, console); err != nil {
			t.Fatal(err)
		}
		if _, err := d.StaffBySession(t.Context(), token); !errors.Is(err, ErrNoSession) {
			t.Error("the token survives a change of roles (SE-01)")
		}
		if s, _ := o.signsIn(); s.Has(Agent) || !s.Has(Supervisor) {
			t.Errorf("%v", s.Roles)
		}
	})
}

// The words of a mail that staff get, unsealed.
func (d directory) lastMail() string {
	d.t.Helper()
	var id string
	var sealed []byte
	err := d.db.Read(d.t.Context(), func(tx *db.Tx) error {
		return tx.Row(d.t.Context(), "SELECT id, sealed FROM outbox ORDER BY id DESC LIMIT 1").Scan(&id, &sealed)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	plain, err := d.keys.Open("outbox|sealed|"+id, sealed)
	if err != nil {
		d.t.Fatal(err)
	}
	return strings.ToValidUTF8(string(plain), "")
}
