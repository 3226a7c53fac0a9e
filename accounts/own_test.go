package accounts

import (
	"errors"
	"testing"
	"time"

	"pulih/db"
	"pulih/otp"
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
