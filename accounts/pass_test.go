package accounts

import (
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
)

// enrol gets Sari a pass after two people's check, and uses it with a new
// password. It returns the "Bukan saya" link of the notice about that.
func (w *world) enrol(p secret.Password) secret.Token {
	w.t.Helper()
	var code secret.Code
	w.write(func(tx *db.Tx) (err error) {
		_, code, err = w.IssuePass(w.ctx, tx, NewPass{Person: w.sari.ID, Ticket: "t", Basis: ByOriginals, Until: tx.Now.Add(time.Hour)}, somebody)
		return err
	})
	prepared, err := w.PreparePass(w.ctx, PassForm{NIP: sariNIP, Pass: code, Password: p})
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *db.Tx) error {
		opened, err := w.OpenPass(w.ctx, tx, prepared, somebody)
		if err != nil {
			return err
		}
		pending, err := w.Pending(w.ctx, tx, opened.Token)
		if err != nil {
			return err
		}
		done, err := w.ConfirmDevice(w.ctx, tx, ConfirmForm{opened.Token, w.code(pending.Secret, 0), "HP", "PUL-1"}, somebody)
		if err == nil && !done.OK {
			w.t.Fatal("the new code was refused")
		}
		return err
	})
	return w.last("notice.password.changed").disown()
}

// Each enrolment's notice is about its own password: pressing one leaves the
// other's button alive.
func TestAnOldEnrolmentDisownedLeavesTheNewOnesButton_impostor2(t *testing.T) {
	w := oneWorld(t)
	old := w.enrol("Serai-wangi-kolam-33")
	w.clock.Advance(time.Hour)
	young := w.enrol("Bambu-teduh-perahu-52")
	if d := w.press(old); d.Already || !d.Blocked || w.account(w.sari.ID).SuspendedAt != 0 {
		t.Fatalf("the old one: %+v", d)
	}
	if d := w.press(young); d.Already || w.account(w.sari.ID).SuspendedAt == 0 {
		t.Errorf("the new one: %+v", d)
	}
}
