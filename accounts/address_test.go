package accounts

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

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
