package accounts

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// backup gives a person ten codes.
func (w *world) backup(person string) []secret.Code {
	w.t.Helper()
	b, err := w.newBackupBatch(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *db.Tx) error { return w.storeBackup(w.ctx, tx, person, b) })
	return b.codes
}

// spend tries a backup code of a person from a network.
func (w *world) spend(person, typed, from string) bool {
	w.t.Helper()
	used, err := w.trySpend(person, typed, from)
	if err != nil {
		w.t.Fatal(err)
	}
	return used
}

func (w *world) trySpend(person, typed, from string) (used bool, err error) {
	c, err := w.CheckBackup(w.ctx, person, typed)
	if err != nil {
		return false, err
	}
	err = w.d.Write(w.ctx, func(tx *db.Tx) error {
		used, err = w.useBackup(w.ctx, tx, c, audit.Actor{Kind: audit.Anonymous, Network: from})
		return err
	})
	return used, err
}

func (w *world) backupLeft(person string) (left int) {
	w.t.Helper()
	w.write(func(tx *db.Tx) (err error) {
		left, err = w.BackupLeft(w.ctx, tx, person)
		return err
	})
	return left
}

func TestABackupCodeWorksOnce_ET16(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.device(w.sari.ID)
		codes := w.backup(w.sari.ID)
		if len(codes) != backupCodes || w.backupLeft(w.sari.ID) != backupCodes || len(codes[0]) != 16 {
			t.Fatalf("%d codes of %d", w.backupLeft(w.sari.ID), len(codes))
		}
		for _, typed := range []string{"", string(codes[0])[1:], strings.ToLower(codes[0].Grouped()) + "0", string(another(codes[0]))} {
			if w.spend(w.sari.ID, typed, network) {
				t.Errorf("%q is a code", typed)
			}
		}
		if !w.spend(w.sari.ID, strings.ToLower(codes[0].Grouped()), network) || w.backupLeft(w.sari.ID) != backupCodes-1 {
			t.Error("a right code is refused")
		}
		if w.spend(w.sari.ID, codes[0].Grouped(), network) {
			t.Error("a code works twice")
		}
		if w.audited(audit.BackupUsed, audit.OK) != 1 {
			t.Error("not in the log")
		}
	})
}

func TestFiftyUseOneBackupCode_ET16(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.device(w.sari.ID)
		checked, err := w.CheckBackup(w.ctx, w.sari.ID, string(w.backup(w.sari.ID)[0]))
		if err != nil {
			t.Fatal(err)
		}
		in := together(t, 50, func(int) (used bool, err error) {
			err = w.d.Write(w.ctx, func(tx *db.Tx) error {
				used, err = w.useBackup(w.ctx, tx, checked, audit.Actor{Kind: audit.Anonymous, Network: network})
				return err
			})
			return used, err
		})
		if in != 1 || w.backupLeft(w.sari.ID) != backupCodes-1 {
			t.Errorf("%d used one code, %d are left", in, w.backupLeft(w.sari.ID))
		}
	})
}

// A code of the attacker's own account opens no other's (CVE-2025-64175),
// not even where its row is copied under the victim's name.
func TestABackupCodeIsItsOwnersOnly_ET15(t *testing.T) {
	eachWorld(t, func(w *world) {
		other := w.add("199408172022211003", "lain@example.go.id")
		w.device(other.ID)
		w.device(w.sari.ID)
		own := w.backup(other.ID)
		if w.spend(w.sari.ID, string(own[0]), network) {
			t.Error("before the victim has codes")
		}
		w.backup(w.sari.ID)
		if w.spend(w.sari.ID, string(own[0]), network) || w.spend("", string(own[0]), network) {
			t.Error("another account's code")
		}
		w.exec(`INSERT INTO backup_codes (batch, person, hash, used_at)
			SELECT (SELECT id FROM backup_batches WHERE person = $1), $1, hash, 0 FROM backup_codes WHERE person = $2`, w.sari.ID, other.ID)
		if w.spend(w.sari.ID, string(own[0]), network) {
			t.Error("a copied row")
		}
		if !w.spend(other.ID, string(own[0]), network) {
			t.Error("its owner's own code")
		}
	})
}

func TestOldBackupCodesDie_ET14(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.device(w.sari.ID)
		old := w.backup(w.sari.ID)
		fresh := w.backup(w.sari.ID)
		if w.spend(w.sari.ID, string(old[0]), network) || w.backupLeft(w.sari.ID) != backupCodes {
			t.Error("a code of the batch before")
		}
		w.write(func(tx *db.Tx) error { return w.endBackup(w.ctx, tx, w.sari.ID) })
		if w.spend(w.sari.ID, string(fresh[0]), network) || w.backupLeft(w.sari.ID) != 0 {
			t.Error("a code of a batch that ended")
		}
	})
}

func TestNoBackupCodesWithoutADevice_ET14(t *testing.T) {
	eachWorld(t, func(w *world) {
		for name, change := range map[string]string{"none": "", "suspended": "suspended", "ended": "ended"} {
			if _, id := w.device(w.sari.ID); change == "" {
				w.exec(`DELETE FROM devices WHERE id = $1`, id)
			} else {
				w.exec(`UPDATE devices SET state = $2 WHERE id = $1`, id, change)
			}
			b, err := w.newBackupBatch(w.ctx)
			if err != nil {
				t.Fatal(err)
			}
			err = w.d.Write(w.ctx, func(tx *db.Tx) error { return w.storeBackup(w.ctx, tx, w.sari.ID, b) })
			if !errors.Is(err, db.ErrConflict) || w.backupLeft(w.sari.ID) != 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Whether a person has codes, or is one, costs nothing more (EN-03, EN-05).
func TestABackupCodeCostsTheSameForEverybody_EN03(t *testing.T) {
	w := oneWorld(t)
	w.device(w.sari.ID)
	w.backup(w.sari.ID)
	none := w.add("199408172022211003", "lain@example.go.id")
	counts := map[int64]int{}
	for _, person := range []string{w.sari.ID, none.ID, "", "nobody"} {
		for _, typed := range []string{"0000-0000-0000-0000", "", "bukan kode"} {
			before := w.d.Statements()
			if _, err := w.CheckBackup(w.ctx, person, typed); err != nil {
				t.Fatal(err)
			}
			counts[w.d.Statements()-before]++
		}
	}
	if len(counts) != 1 {
		t.Error(counts)
	}
}

// Strangers spend twenty guesses; ten are kept for the owner (impostor 12).
func TestBackupGuessesAreBounded_ET16_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.device(w.sari.ID)
		codes := w.backup(w.sari.ID)
		guess := func(n int, from string) {
			for range n {
				w.spend(w.sari.ID, "0000000000000000", from)
			}
		}
		guess(backupTries, "198.51.100.0/24")
		if w.spend(w.sari.ID, string(codes[0]), "198.51.100.0/24") {
			t.Fatal("guessing has no end")
		}
		w.session(AccountSession, w.sari.ID)
		if !w.spend(w.sari.ID, string(codes[0]), network) {
			t.Error("a stranger spent the owner's guesses")
		}
		guess(backupTriesOwn, network)
		if w.spend(w.sari.ID, string(codes[1]), network) {
			t.Error("guessing from a known network has no end")
		}
		w.clock.Advance(24 * time.Hour)
		if !w.spend(w.sari.ID, string(codes[1]), network) {
			t.Error("still closed on the next day")
		}
	})
}

func TestABackupCodeIsAFactor_impostor1(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.setPassword(w.sari.ID, sariPass, ViaSeed)
		w.device(w.sari.ID)
		codes := w.backup(w.sari.ID)
		show := func(p secret.Password, code secret.Code) (f Factor) {
			checked, err := w.CheckFactor(w.ctx, FactorForm{Person: w.sari.ID, Password: p, Backup: string(code), Before: w.d.Now()})
			if err != nil {
				t.Fatal(err)
			}
			w.write(func(tx *db.Tx) (err error) { f, err = w.UseFactor(w.ctx, tx, checked, somebody); return err })
			return f
		}
		if got := show("", codes[0]); got != BackupFactor {
			t.Errorf("a code: %q", got)
		}
		if got := show("", codes[0]); got != NoFactor {
			t.Errorf("the same code again: %q", got)
		}
		if got := show("Salah-tebak-11", codes[1]); got != BackupFactor {
			t.Errorf("a code beside a wrong password: %q", got)
		}
		w.clock.Advance(settled)
		if got := show(sariPass, codes[2]); got != PasswordFactor || w.backupLeft(w.sari.ID) != backupCodes-2 {
			t.Errorf("%q spends a code", got)
		}
		w.exec(`UPDATE accounts SET disabled_at = 1`)
		if got := show("", codes[3]); got != NoFactor {
			t.Errorf("of a closed account: %q", got)
		}
	})
}

// What is stored does not tell the codes, nor is it the same twice.
func TestBackupCodesAreStoredHashed_ET16(t *testing.T) {
	w := oneWorld(t)
	w.device(w.sari.ID)
	codes := w.backup(w.sari.ID)
	for _, c := range codes {
		for _, form := range []string{string(c), c.Grouped()} {
			if n := w.count(`SELECT count(*) FROM backup_codes WHERE hash = $1`, []byte(form)); n != 0 {
				t.Error("a code in clear")
			}
		}
	}
	if n := w.count(`SELECT count(DISTINCT hash) FROM backup_codes`); n != backupCodes {
		t.Errorf("%d hashes", n)
	}
	if a, b := freshParts().String(), freshParts().String(); a == b || len(freshParts().salt) < 4 {
		t.Error("two batches share a salt")
	}
}

// The codes of old devices die with them, and open the pass that ends them.
func TestABackupCodeOpensAPassAndDiesWithTheDevices_ET14(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.device(w.sari.ID)
		codes := w.backup(w.sari.ID)
		pass := w.pass(ByFactor)
		form := PassForm{NIP: sariNIP, Pass: pass, Backup: string(another(codes[0]))}
		if o := w.open(form); o.Result != PassFactorWrong {
			t.Fatalf("a wrong code: %+v", o)
		}
		form.Backup = codes[0].Grouped()
		o := w.open(form)
		if o.Result != PassOpened || w.backupLeft(w.sari.ID) != backupCodes-1 {
			t.Fatalf("a right code: %+v", o)
		}
		w.write(func(tx *db.Tx) error {
			pending, err := w.Pending(w.ctx, tx, o.Token)
			if err == nil {
				_, err = w.ConfirmDevice(w.ctx, tx, ConfirmForm{o.Token, w.code(pending.Secret, 0), "HP baru", "PUL-1"}, somebody)
			}
			return err
		})
		if w.backupLeft(w.sari.ID) != 0 || w.spend(w.sari.ID, string(codes[1]), network) {
			t.Error("a code outlived its devices")
		}
	})
}

func TestAUsedBackupCodeIsTold_ET16_NO01(t *testing.T) {
	w := oneWorld(t)
	w.device(w.sari.ID)
	codes := w.backup(w.sari.ID)
	w.spend(w.sari.ID, string(another(codes[0])), network)
	if n := len(w.letters("notice.backup.used")); n != 0 {
		t.Error("a wrong code is told as a used one")
	}
	w.spend(w.sari.ID, string(codes[0]), network)
	if l := w.last("notice.backup.used"); l.To != string(sariEmail) || l.disown() == "" {
		t.Errorf("%+v", l)
	}
}
