package accounts

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/otp"
	"pulih/secret"
)

// second enrols one more device and returns its secret.
func (o *signedIn) second(name string) (otp.Secret, error) {
	o.t.Helper()
	s, err := o.BeginSecondDevice(o.ctx, o.confirms(), owners)
	if err != nil {
		return nil, err
	}
	o.goesOn(s.Acted)
	var key otp.Secret
	err = o.d.Write(o.ctx, func(tx *db.Tx) error {
		pending, err := o.Pending(o.ctx, tx, s.Enrolment)
		if err != nil {
			return err
		}
		key = pending.Secret
		_, err = o.ConfirmDevice(o.ctx, tx, ConfirmForm{Token: s.Enrolment, Code: o.code(key, 0), Name: name}, owners)
		return err
	})
	return key, err
}

func TestASecondDeviceBesideTheFirst_SE04_NO01(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		codes := w.backup(w.sari.ID)
		other := w.session(AccountSession, w.sari.ID)
		key, err := o.second("Tablet")
		if err != nil {
			t.Fatal(err)
		}
		if w.holds(AccountSession, other) || !w.holds(AccountSession, o.token) {
			t.Error("another session lives on, or one's own ended")
		}
		if w.last("notice.device.second").disown() == "" || w.backupLeft(w.sari.ID) != len(codes) {
			t.Error("not told, or the backup codes died")
		}
		w.clock.Advance(time.Minute)
		for _, k := range []otp.Secret{o.key, key} {
			if s := w.enter(sariNIP, sariPass, w.code(k, 0), network); s.Result != SignInOK {
				t.Errorf("%+v", s)
			}
		}
	})
}

func TestFiveDevicesAtMost(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	for _, name := range []string{"Dua", "Tiga", "Empat", "Lima"} {
		if _, err := o.second(name); err != nil {
			t.Fatal(err)
		}
	}
	c := o.confirms()
	if _, err := w.BeginSecondDevice(w.ctx, c, owners); !errors.Is(err, ErrDevices) || !w.holds(AccountSession, o.token) {
		t.Error(err)
	}
}

func TestADeviceNameIsItsOwn_ET13(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		if _, err := o.second("Tablet"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.second(" Tablet "); !errors.Is(err, ErrDeviceTaken) {
			t.Error(err)
		}
		if _, err := o.second("Tablet dua"); err != nil {
			t.Error("the enrolment is gone:", err)
		}
	})
}

// "Bukan saya" ends sessions, and with the session the enrolment it began.
func TestAnEnrolmentEndsWithItsSession_impostor2(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	s, err := w.BeginSecondDevice(w.ctx, o.confirms(), owners)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SignOutEverywhere(w.ctx, w.sari.ID, owners); err != nil {
		t.Fatal(err)
	}
	err = w.d.Write(w.ctx, func(tx *db.Tx) error {
		pending, err := w.Pending(w.ctx, tx, s.Enrolment)
		if err == nil {
			_, err = w.ConfirmDevice(w.ctx, tx, ConfirmForm{Token: s.Enrolment, Code: w.code(pending.Secret, 0), Name: "HP orang"}, owners)
		}
		return err
	})
	if !errors.Is(err, ErrNoEnrolment) || w.count(`SELECT count(*) FROM devices`) != 1 {
		t.Error(err)
	}
}

func TestTheLastDeviceStays(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		first := w.count(`SELECT count(*) FROM devices`)
		var only, stopped string
		w.scan(`SELECT id FROM devices`, nil, &only)
		_, stopped = w.device(w.sari.ID)
		w.exec(`UPDATE devices SET state = 'suspended' WHERE id = $1`, stopped)
		if _, err := w.RemoveDevice(w.ctx, o.confirms(), only, owners); !errors.Is(err, ErrLastDevice) {
			t.Error("beside a suspended one:", err)
		}
		done, err := w.RemoveDevice(w.ctx, o.confirms(), stopped, owners)
		if err != nil || !done.OK() || w.count(`SELECT count(*) FROM devices WHERE state <> 'ended'`) != first {
			t.Error(done, err)
		}
	})
}

// Two devices, each removed by a code of the other at the same moment: one
// stays.
func TestTwoRemovalsLeaveOneDevice(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		spare, second := w.device(w.sari.ID)
		var first string
		w.scan(`SELECT id FROM devices WHERE id <> $1`, []any{second}, &first)
		c := o.confirms()
		by := []Confirmation{c, c}
		by[1].OTP = w.code(spare, 0)
		together(t, 2, func(i int) (bool, error) {
			_, err := w.RemoveDevice(w.ctx, by[i], []string{second, first}[i], owners)
			if errors.Is(err, ErrLastDevice) {
				err = nil
			}
			return true, err
		})
		if n := w.count(`SELECT count(*) FROM devices WHERE state = 'active'`); n != 1 {
			t.Errorf("%d devices are left", n)
		}
	})
}

// What is another person's is nobody else's to end (CVE-2020-5240).
func TestOnlyWhatIsOnesOwn_CVE20205240(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		o.owning()
		other := w.add("199408172022211003", "lain@example.go.id")
		_, device := w.device(other.ID)
		address := w.addressOf(other.ID, "lain2@example.go.id")
		w.session(AccountSession, other.ID)
		var session string
		w.scan(`SELECT id FROM sessions WHERE owner = $1`, []any{other.ID}, &session)
		for _, id := range []string{device, address, session, "", "x"} {
			if _, err := w.RemoveDevice(w.ctx, o.confirms(), id, owners); !errors.Is(err, db.ErrNotFound) {
				t.Error("device:", err)
			}
			if _, err := w.RemoveAddress(w.ctx, o.confirms(), id, owners); !errors.Is(err, db.ErrNotFound) {
				t.Error("address:", err)
			}
			if err := w.EndSessionOf(w.ctx, w.sari.ID, id, owners); !errors.Is(err, db.ErrNotFound) {
				t.Error("session:", err)
			}
		}
		for what, left := range map[string]int{
			`SELECT count(*) FROM devices WHERE state = 'active' AND person = $1`:       1,
			`SELECT count(*) FROM notice_emails WHERE state = 'active' AND person = $1`: 1,
			`SELECT count(*) FROM sessions WHERE ended_at = 0 AND owner = $1`:           1,
		} {
			if n := w.count(what, other.ID); n != left {
				t.Errorf("%s: %d", what, n)
			}
		}
	})
}

func TestAPasswordChangedByItsOwner_PW08_SE04(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		other := w.session(AccountSession, w.sari.ID)
		for weak, c := range map[secret.Password]Confirmation{sariPass: o.confirms(), "kurang": o.confirms()} {
			if done, err := w.ChangePassword(w.ctx, c, weak, owners); err != nil || len(done.Reasons) == 0 || done.OK() {
				t.Errorf("%s: %+v %v", string(weak), done, err)
			}
		}
		wrong := o.confirms()
		wrong.Password = "Salah-tebak-11"
		if done, err := w.ChangePassword(w.ctx, wrong, sariPass, owners); err != nil || len(done.Reasons) != 0 || done.Result != SignInWrong {
			t.Errorf("a wrong password is told what is wrong with the new one: %+v %v", done, err)
		}
		done, err := w.ChangePassword(w.ctx, o.confirms(), newPass, owners)
		if err != nil {
			t.Fatal(err)
		}
		o.goesOn(done.Acted)
		acc := w.account(w.sari.ID)
		if acc.PasswordVia != ViaOwner || acc.PasswordAt != w.d.Now() || w.holds(AccountSession, other) {
			t.Errorf("%+v", acc)
		}
		if w.last("notice.password.changed").disown() == "" || w.audited(audit.PasswordChanged, audit.OK) != 1 {
			t.Error("not told, or not in the log")
		}
		if got := w.show(newPass, "", w.d.Now()); got != NoFactor {
			t.Errorf("a fresh password is a factor: %q (impostor 1)", got)
		}
	})
}

func TestAnOwnPasswordDisowned_impostor2(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	if _, err := w.ChangePassword(w.ctx, o.confirms(), newPass, owners); err != nil {
		t.Fatal(err)
	}
	if d := w.press(w.last("notice.password.changed").disown()); !d.Blocked || !d.Undone.Password {
		t.Fatalf("%+v", d)
	}
	w.clock.Advance(time.Minute)
	if s := w.enter(sariNIP, newPass, w.code(o.key, 0), network); s.Result != SignInSuspended {
		t.Errorf("%+v", s)
	}
}

// proves asks for an address and types the code that was mailed there.
func (o *signedIn) proves(email secret.Email) error {
	o.t.Helper()
	done, err := o.AskAddress(o.ctx, o.confirms(), email, owners)
	if err != nil {
		return err
	}
	o.goesOn(done)
	tried, err := o.ProveAddress(o.ctx, o.sari.ID, o.last("address.code").code(), owners)
	if err == nil && !tried.OK {
		o.t.Error("the mailed code is refused")
	}
	return err
}

func TestAnAddedAddressHearsAndResetsNothing_NO02_impostor14(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		const added = secret.Email("sari.pribadi@example.net")
		if err := o.proves(added); err != nil {
			t.Fatal(err)
		}
		var to []string
		for _, l := range w.letters("notice.address.added") {
			to = append(to, l.To)
		}
		slices.Sort(to)
		if !slices.Equal(to, []string{string(added), string(sariEmail)}) {
			t.Errorf("told to %v", to)
		}
		var told Told
		w.write(func(tx *db.Tx) (err error) {
			told, err = w.Notify(w.ctx, tx, w.sari, Notification{What: mail.RequestFiled, Object: "t"})
			return err
		})
		if len(told.Mails) != 2 || len(told.Old) != 1 {
			t.Errorf("it starts a wait: %+v", told)
		}
		w.clock.Advance(time.Hour)
		w.ask(sariNIP, added)
		if n := len(w.letters("reset.code")); n != 0 {
			t.Errorf("%d codes for a reset", n)
		}
		w.ask(sariNIP, sariEmail)
		for _, l := range w.letters("reset.code") {
			if l.To == string(added) {
				t.Error("the code went to the added address")
			}
		}
		if l := w.last("notice.reset.asked"); l.To != string(added) {
			t.Errorf("the attempt was told to %s only", l.To)
		}
	})
}

func TestTwoAddedAddressesAtMost(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	if err := o.proves(secret.Email("SARI.wulandari@dinas.example.go.id")); !errors.Is(err, ErrAddressKnown) {
		t.Error("the one on file:", err)
	}
	if err := o.proves("satu@example.net"); err != nil {
		t.Fatal(err)
	}
	if err := o.proves("SATU@example.net"); !errors.Is(err, ErrAddressKnown) {
		t.Error("the same again:", err)
	}
	if err := o.proves("dua@example.net"); err != nil {
		t.Fatal(err)
	}
	if err := o.proves("tiga@example.net"); !errors.Is(err, ErrAddresses) {
		t.Error("a third:", err)
	}
}

func TestAnAddressWantsItsCode_RC06(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		other := w.add("199408172022211003", "lain@example.go.id")
		ask := func() secret.Code {
			t.Helper()
			done, err := w.AskAddress(w.ctx, o.confirms(), "satu@example.net", owners)
			if err != nil {
				t.Fatal(err)
			}
			o.goesOn(done)
			return w.last("address.code").code()
		}
		try := func(person string, code secret.Code) bool {
			t.Helper()
			tried, err := w.ProveAddress(w.ctx, person, code, owners)
			if err != nil {
				t.Fatal(err)
			}
			return tried.OK
		}
		old := ask()
		code := ask()
		if try(w.sari.ID, old) || try(other.ID, code) {
			t.Error("a replaced code, or another person")
		}
		if right := together(t, 50, func(int) (bool, error) {
			tried, err := w.ProveAddress(w.ctx, w.sari.ID, code, owners)
			return tried.OK, err
		}); right != 1 {
			t.Errorf("%d of 50 proved it", right)
		}
		w.exec(`DELETE FROM notice_emails`)
		code = ask()
		for range addressTries {
			try(w.sari.ID, another(code))
		}
		if try(w.sari.ID, code) {
			t.Error("guessing has no end")
		}
		code = ask()
		w.clock.Advance(codeLife)
		if try(w.sari.ID, code) {
			t.Error("an old code")
		}
	})
}

func TestAddressesMailedADay(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	for range addressMails.most {
		done, err := w.AskAddress(w.ctx, o.confirms(), "satu@example.net", owners)
		if err != nil {
			t.Fatal(err)
		}
		o.goesOn(done)
	}
	if _, err := w.AskAddress(w.ctx, o.confirms(), "satu@example.net", owners); !errors.Is(err, ErrAddressBudget) {
		t.Error(err)
	}
}

// An address that its owner took away hears of it, and for 30 days more; one
// that was disowned hears of nothing.
func TestARemovedAddressIsTold_impostor5_impostor2(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	o.owning()
	heard := func() bool {
		w.notify(Notification{What: mail.OTPFailed3})
		return slices.ContainsFunc(w.letters("notice.otp.failed"), func(l letter) bool { return l.To == "satu@example.go.id" })
	}
	if done, err := w.RemoveAddress(w.ctx, o.confirms(), o.address, owners); err != nil || !done.OK() {
		t.Fatal(done, err)
	}
	if len(w.letters("notice.address.removed")) != 2 || !heard() {
		t.Error("the removed address heard nothing")
	}
	w.exec(`DELETE FROM outbox`)
	w.clock.Advance(Old)
	if heard() {
		t.Error("still told after 30 days")
	}
	o.again()
	if err := o.proves("dua@example.net"); err != nil {
		t.Fatal(err)
	}
	d := w.press(w.last("notice.address.added").disown())
	if !d.Undone.Address || !d.Blocked || w.holds(AccountSession, o.token) {
		t.Errorf("%+v", d)
	}
	w.exec(`DELETE FROM outbox`)
	w.notify(Notification{What: mail.OTPFailed3})
	if n := len(w.letters("notice.otp.failed")); n != 1 {
		t.Errorf("a disowned address is told: %d mails", n)
	}
}

// Each notice of a change takes back what it brought, ends sessions, and from
// then a reset by mail wants an OTP (impostor 2).
func TestWhatAnOwnChangeBroughtIsUndone_impostor2(t *testing.T) {
	for name, c := range map[string]struct {
		change func(o *signedIn)
		kind   string
		undone Undone
		frozen bool
	}{
		"a second device": {func(o *signedIn) {
			if _, err := o.second("HP orang"); err != nil {
				o.t.Fatal(err)
			}
		}, "device.second", Undone{Device: true}, false},
		"backup codes": {func(o *signedIn) {
			made, err := o.MakeBackupCodes(o.ctx, o.confirms(), owners)
			if err != nil {
				o.t.Fatal(err)
			}
			o.goesOn(made.Acted)
		}, "backup.made", Undone{Backup: true}, false},
		"a used backup code": {func(o *signedIn) {
			o.spend(o.sari.ID, string(o.backup(o.sari.ID)[0]), network)
		}, "backup.used", Undone{Backup: true}, false},
		"a device less": {func(o *signedIn) {
			o.owning()
			done, err := o.RemoveDevice(o.ctx, o.confirms(), o.spare, owners)
			if err != nil {
				o.t.Fatal(err)
			}
			o.goesOn(done)
		}, "device.removed", Undone{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := oneWorld(t)
			o := w.signedIn()
			c.change(o)
			d := w.press(w.last("notice." + c.kind).disown())
			if d.Undone != c.undone || !d.Blocked || d.Kind != Change {
				t.Errorf("%+v", d)
			}
			acc := w.account(w.sari.ID)
			if !acc.ResetNeedsOTP || acc.RemoteBlockedUntil == 0 || w.holds(AccountSession, o.token) {
				t.Errorf("%+v", acc)
			}
			if w.backupLeft(w.sari.ID) != 0 || len(w.letters("notice.account.frozen")) != 0 {
				t.Error("codes are left, or the account is said to be frozen")
			}
			w.clock.Advance(time.Hour)
			if s := w.enter(sariNIP, sariPass, w.code(o.key, 0), network); s.Result != SignInOK {
				t.Errorf("her own device: %+v", s)
			}
		})
	}
}

func TestASecondDeviceDisownedOpensNothing_impostor2(t *testing.T) {
	w := oneWorld(t)
	o := w.signedIn()
	key, err := o.second("HP orang")
	if err != nil {
		t.Fatal(err)
	}
	w.press(w.last("notice.device.second").disown())
	w.clock.Advance(time.Minute)
	if s := w.enter(sariNIP, sariPass, w.code(key, 0), network); s.Result == SignInOK {
		t.Errorf("%+v", s)
	}
}

// Two people who saw the originals lift what "Bukan saya" has begun; a pass
// on another basis does not (impostor 2).
func TestTwoStaffLiftTheBlock_impostor2(t *testing.T) {
	for _, basis := range []Basis{ByOriginals, ByCallback} {
		eachWorld(t, func(w *world) {
			w.setPassword(w.sari.ID, sariPass, ViaSeed)
			w.exec(`UPDATE accounts SET reset_needs_otp = TRUE, remote_blocked_until = $1`, w.d.Now().Add(remoteBlock))
			o := w.open(PassForm{NIP: sariNIP, Pass: w.pass(basis), Password: enrolPass})
			w.write(func(tx *db.Tx) error {
				pending, err := w.Pending(w.ctx, tx, o.Token)
				if err == nil {
					_, err = w.ConfirmDevice(w.ctx, tx, ConfirmForm{o.Token, w.code(pending.Secret, 0), "HP", "PUL-1"}, somebody)
				}
				return err
			})
			acc, lifted := w.account(w.sari.ID), basis == ByOriginals
			if acc.ResetNeedsOTP == lifted || (acc.RemoteBlockedUntil == 0) != lifted || w.audited(audit.Unblocked, audit.OK) == 1 != lifted {
				t.Errorf("%s: %+v", basis, acc)
			}
		})
	}
}
