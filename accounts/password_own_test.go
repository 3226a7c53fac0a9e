package accounts

import (
	"testing"
	"time"

	"pulih/audit"
	"pulih/secret"
)

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
