package accounts

import (
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
)

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
