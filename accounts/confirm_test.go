package accounts

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// signedIn is Sari in her account, with her device at hand.
type signedIn struct {
	*world
	key     otp.Secret
	token   secret.Token
	spare   string // another device
	address string // another address
}

func (w *world) signedIn() *signedIn {
	w.t.Helper()
	key := ready(w)
	w.clock.Advance(time.Minute)
	s := w.enter(sariNIP, sariPass, w.code(key, 0), network)
	if s.Result != SignInOK {
		w.t.Fatal(s)
	}
	return &signedIn{world: w, key: key, token: s.Token}
}

// owning gives her a spare device and a further address.
func (o *signedIn) owning() {
	o.t.Helper()
	_, o.spare = o.device(o.sari.ID)
	o.address = o.addressOf(o.sari.ID, "satu@example.go.id")
}

func (w *world) addressOf(person string, email secret.Email) (id string) {
	w.t.Helper()
	id = db.NewID()
	w.exec(`INSERT INTO notice_emails (id, person, email, state, code_hash, tries, asked_at, code_until, ended_at)
		VALUES ($1, $2, $3, 'active', $4, 0, 1, 1, 0)`, id, person, email, []byte(id))
	return id
}

// confirms is what Sari types now, with a fresh code.
func (o *signedIn) confirms() Confirmation {
	o.t.Helper()
	o.clock.Advance(30 * time.Second)
	s, err := o.Session(o.ctx, AccountSession, o.token)
	if err != nil {
		o.t.Fatal(err)
	}
	return Confirmation{Person: o.sari.ID, Session: s.ID, Password: sariPass, OTP: o.code(o.key, 0)}
}

// goesOn takes the new cookie of an act.
func (o *signedIn) goesOn(done Acted) {
	o.t.Helper()
	if !done.OK() || done.Token == "" {
		o.t.Fatalf("%+v", done)
	}
	if o.holds(AccountSession, o.token) || !o.holds(AccountSession, done.Token) {
		o.t.Error("the old cookie still opens, or the new one does not")
	}
	o.token = done.Token
}

var owners = audit.Actor{Kind: audit.Person, Network: network}

// ownerActs is everything that wants a Confirmation, for the attacks below.
var ownerActs = map[string]struct {
	act    func(o *signedIn, c Confirmation) (Acted, error)
	logged audit.Action
}{
	"backup codes": {func(o *signedIn, c Confirmation) (Acted, error) {
		made, err := o.MakeBackupCodes(o.ctx, c, owners)
		return made.Acted, err
	}, audit.BackupMade},
	"another device": {func(o *signedIn, c Confirmation) (Acted, error) {
		s, err := o.BeginSecondDevice(o.ctx, c, owners)
		return s.Acted, err
	}, ""},
	"a device less": {func(o *signedIn, c Confirmation) (Acted, error) {
		return o.RemoveDevice(o.ctx, c, o.spare, owners)
	}, audit.DeviceEnded},
	"another password": {func(o *signedIn, c Confirmation) (Acted, error) {
		done, err := o.ChangePassword(o.ctx, c, newPass, owners)
		return done.Acted, err
	}, audit.PasswordChanged},
	"another address": {func(o *signedIn, c Confirmation) (Acted, error) {
		return o.AskAddress(o.ctx, c, "dua@example.go.id", owners)
	}, audit.AddressAsked},
	"an address less": {func(o *signedIn, c Confirmation) (Acted, error) {
		return o.RemoveAddress(o.ctx, c, o.address, owners)
	}, audit.AddressRemoved},
}

// done counts how often an act was done; an enrolment is logged when a device
// has proven itself.
func (o *signedIn) done(logged audit.Action) int {
	o.t.Helper()
	if logged == "" {
		return o.count(`SELECT count(*) FROM enrolments`)
	}
	return o.audited(logged, audit.OK)
}

// Without, with a wrong or with a replayed proof nothing changes (impostor
// 14), and the session keeps its cookie.
func TestEachActWantsPasswordAndOTP_impostor14(t *testing.T) {
	for name, a := range ownerActs {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(w *world) {
				o := w.signedIn()
				o.owning()
				forgeries := o.forgeries()
				before := o.done(a.logged)
				for wrong, c := range forgeries {
					done, err := a.act(o, c)
					if done.OK() || done.Token != "" || o.done(a.logged) != before {
						w.t.Errorf("%s: %+v %v", wrong, done, err)
					}
					if !w.holds(AccountSession, o.token) {
						w.t.Fatal("the session is gone:", wrong)
					}
				}
				w.clock.Advance(15 * time.Minute) // pauses end
				right := o.again()
				done, err := a.act(o, right)
				if err != nil || o.done(a.logged) == before {
					w.t.Fatalf("the right proof: %+v %v", done, err)
				}
				after := o.done(a.logged)
				if again, _ := a.act(o, right); again.OK() || o.done(a.logged) != after {
					w.t.Error("the same code twice")
				}
			})
		})
	}
}

// again signs in anew, after the session was idle too long.
func (o *signedIn) again() Confirmation {
	o.t.Helper()
	o.token = o.enter(sariNIP, sariPass, o.code(o.key, 0), network).Token
	return o.confirms()
}

// forgeries are proofs that prove nothing.
func (o *signedIn) forgeries() map[string]Confirmation {
	right := o.confirms()
	spent := right
	spent.OTP = o.code(o.key, -1) // the sign-in's own
	wrong := right
	wrong.OTP = o.code(o.key, 40)
	none, noPassword, other := right, right, right
	none.OTP, noPassword.Password, other.Password = "", "", "Salah-tebak-11"
	backup := right
	backup.OTP = string(o.backup(o.sari.ID)[0])
	stranger := o.add("199408172022211003", "lain@example.go.id")
	o.setPassword(stranger.ID, sariPass, ViaSeed)
	key, _ := o.device(stranger.ID)
	theirs := right
	theirs.OTP = o.code(key, 0)
	gone := right
	gone.Session = db.NewID()
	another := right
	another.Session, another.Person = right.Session, stranger.ID
	another.OTP = o.code(key, 0)
	return map[string]Confirmation{"a used code": spent, "a wrong code": wrong, "no code": none, "no password": noPassword,
		"a wrong password": other, "a backup code": backup, "another person's code": theirs,
		"a session that is none": gone, "another person's session": another}
}

// Wrong passwords pause like at the sign-in, and for the sign-in too.
func TestWrongConfirmationsPauseLikeTheSignIn_impostor13(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	c := o.confirms()
	for i := range 5 {
		c.Password = secret.Password(fmt.Sprint("Salah-tebak-", i))
		if done, err := w.MakeBackupCodes(w.ctx, c, owners); err != nil || done.Result != SignInWrong {
			t.Fatalf("%+v %v", done, err)
		}
	}
	c.Password = sariPass
	if done, _ := w.MakeBackupCodes(w.ctx, c, owners); done.Result != SignInPaused || done.Until == 0 {
		t.Errorf("%+v", done)
	}
	if s := w.enter(sariNIP, sariPass, c.OTP, network); s.Result != SignInPaused {
		t.Errorf("the sign-in from there: %+v", s)
	}
	w.clock.Advance(time.Minute)
	for range 5 {
		c.OTP = w.code(o.key, 40)
		w.MakeBackupCodes(w.ctx, c, owners) //nolint:errcheck // counted below
	}
	if s := w.enter(sariNIP, sariPass, w.code(o.key, 0), network); s.Result != SignInLocked {
		t.Errorf("after five wrong codes: %+v", s)
	}
}

func TestFiftyActsOnOneCode_TV02(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		c := o.confirms()
		p, err := w.prepareConfirmation(w.ctx, c, owners)
		if err != nil {
			t.Fatal(err)
		}
		done := together(t, 50, func(int) (bool, error) {
			done, err := w.actWith(w.ctx, c, p, owners, func(*db.Tx) error { return nil })
			return done.OK(), err
		})
		if done != 1 {
			t.Errorf("%d acts with one code", done)
		}
	})
}

func TestAnEndedSessionActsNoMore_SE04(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	c := o.confirms()
	if err := w.SignOutEverywhere(w.ctx, w.sari.ID, owners); err != nil {
		t.Fatal(err)
	}
	if _, err := w.MakeBackupCodes(w.ctx, c, owners); !errors.Is(err, ErrNoSession) || w.backupLeft(w.sari.ID) != 0 {
		t.Error(err)
	}
}

func TestNewBackupCodesEndOtherSessionsAndAreTold_SE04_NO01(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		other := w.session(AccountSession, w.sari.ID)
		made, err := w.MakeBackupCodes(w.ctx, o.confirms(), owners)
		if err != nil || len(made.Codes) != backupCodes || w.holds(AccountSession, other) {
			t.Fatalf("%d codes, %v", len(made.Codes), err)
		}
		o.goesOn(made.Acted)
		if w.last("notice.backup.made").disown() == "" || w.audited(audit.BackupMade, audit.OK) != 1 {
			t.Error("not told, or not in the log")
		}
		if !w.spend(w.sari.ID, string(made.Codes[9]), network) {
			t.Error("a shown code is none")
		}
	})
}
