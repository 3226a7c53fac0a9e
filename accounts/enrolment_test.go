package accounts

import (
	"errors"
	"testing"
	"time"

	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// begin starts an enrolment of Sari's and returns its cookie and secret.
func (w *world) begin(via EnrolmentVia) (token secret.Token, key otp.Secret) {
	w.t.Helper()
	source := ""
	if via == ByOwner {
		s, err := w.Session(w.ctx, AccountSession, w.session(AccountSession, w.sari.ID))
		if source = s.ID; err != nil {
			w.t.Fatal(err)
		}
	}
	w.write(func(tx *db.Tx) (err error) {
		token, _, err = w.BeginEnrolment(w.ctx, tx, NewEnrolment{Person: w.sari.ID, Via: via, Source: source})
		if err != nil {
			return err
		}
		p, err := w.Pending(w.ctx, tx, token)
		key = p.Secret
		return err
	})
	return token, key
}

func (w *world) confirm(token secret.Token, code string) (c Confirmed, err error) {
	err = w.d.Write(w.ctx, func(tx *db.Tx) error {
		c, err = w.ConfirmDevice(w.ctx, tx, ConfirmForm{Token: token, Code: code, Name: "HP kedua"}, somebody)
		return err
	})
	return c, err
}

func TestASecondDeviceLeavesTheFirst_ET07(t *testing.T) {
	eachWorld(t, func(w *world) {
		o := w.signedIn()
		second, err := o.second("HP kedua")
		if err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(time.Minute)
		for _, key := range []otp.Secret{o.key, second} {
			if s := w.enter(sariNIP, sariPass, w.code(key, 1), network); s.Result != SignInOK {
				t.Errorf("%+v", s)
			}
		}
		if len(w.letters("notice.device.second")) != 1 || len(w.letters("notice.device.added")) != 0 {
			t.Error("told of something else")
		}
	})
}

func TestEnrollingAloneEndsTheFirst_ET07(t *testing.T) {
	w := oneWorld(t)
	first := ready(w)
	token, second := w.begin(BySelf)
	if s := w.enter(sariNIP, sariPass, w.code(first, 0), network); s.Result != SignInOK {
		t.Fatalf("the old device ended before the new one was proven: %+v", s)
	}
	if c, err := w.confirm(token, w.code(second, 0)); err != nil || !c.OK {
		t.Fatal(c, err)
	}
	if s := w.enter(sariNIP, sariPass, w.code(first, 1), network); s.Result == SignInOK {
		t.Error("the old device still opens")
	}
}

// Whoever had begun to add a device loses it with the password he used.
func TestANewPasswordEndsEnrolmentsUnderWay_SE04(t *testing.T) {
	eachWorld(t, func(w *world) {
		ready(w)
		for _, via := range []EnrolmentVia{ByOwner, BySelf} {
			token, key := w.begin(via)
			w.setPassword(w.sari.ID, newPass, ViaMail)
			if c, err := w.confirm(token, w.code(key, 0)); !errors.Is(err, ErrNoEnrolment) {
				t.Errorf("%s: %+v %v", via, c, err)
			}
		}
	})
}

func TestFiftyConfirmOneDevice_ET02(t *testing.T) {
	eachWorld(t, func(w *world) {
		ready(w)
		token, key := w.begin(ByOwner)
		bound := together(t, 50, func(int) (bool, error) {
			c, err := w.confirm(token, w.code(key, 0))
			if errors.Is(err, ErrNoEnrolment) {
				err = nil
			}
			return c.OK, err
		})
		if n := w.count(`SELECT count(*) FROM devices WHERE state = 'active'`); bound != 1 || n != 2 {
			t.Errorf("%d bound, %d devices", bound, n)
		}
	})
}

func TestAFlowOfAnotherPurposeIsNone_RC08(t *testing.T) {
	w := oneWorld(t)
	browser := w.ask(sariNIP, sariEmail)
	mail := w.last("reset.code")
	for _, purpose := range []ResetPurpose{ForActivation, ForMFA, ForUnlock} {
		other := Flow{purpose, browser}
		if _, err := w.Reset(w.ctx, other); !errors.Is(err, ErrStep) {
			t.Errorf("%s reads it: %v", purpose, err)
		}
		if _, err := w.ProveByCode(w.ctx, other, mail.code(), somebody); !errors.Is(err, ErrStep) {
			t.Errorf("%s takes its code: %v", purpose, err)
		}
		if tried, err := w.ProveByLink(w.ctx, purpose, mail.link(), somebody); err != nil || tried.OK {
			t.Errorf("%s takes its link: %v", purpose, err)
		}
	}
	if !w.tryCode(browser, mail.code()).OK {
		t.Error("its own purpose does not")
	}
}
