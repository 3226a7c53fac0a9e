package app

import (
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/mail"
)

// What was suspended is never called unchanged, whatever notice was pressed.
func TestBukanSayaSaysWhatItSuspends_impostor2(t *testing.T) {
	for _, what := range []mail.What{mail.RequestFiled, mail.RequestApproved, mail.PassIssued, mail.DeviceAdded, mail.PasswordChanged} {
		for want, u := range map[string]accounts.Undone{
			"Autentikator dan kata sandi baru itu": {Device: true, Password: true},
			"Autentikator baru itu":                {Device: true},
			"Kata sandi baru itu":                  {Password: true},
		} {
			will := willDisown(accounts.Notice{What: what, Undoes: u})
			did := disowned(accounts.Disowned{What: what, Undone: u, Blocked: true})
			for _, said := range [][]string{will, did.Done} {
				suspends := func(s string) bool { return strings.HasPrefix(s, want) }
				if !strings.HasPrefix(said[0], "Akun Anda kami bekukan") || !slices.ContainsFunc(said, suspends) || slices.Contains(said, unchanged) {
					t.Errorf("%s %+v: %q", what, u, said)
				}
			}
			counter := strings.Contains(strings.Join(did.Next, " "), "Dua petugas")
			if !did.Desk || counter != u.Device || did.Mail == u.Device {
				t.Errorf("%s %+v: next %+v", what, u, did)
			}
		}
	}
}

func TestBukanSayaOnAnAttemptSaysNothingChanged_impostor2(t *testing.T) {
	for _, what := range []mail.What{mail.ResetAsked, mail.RequestFiled, mail.RequestApproved, mail.PassIssued} {
		will := willDisown(accounts.Notice{What: what, Kind: accounts.Attempt})
		did := disowned(accounts.Disowned{What: what, Kind: accounts.Attempt})
		if !slices.Contains(will, unchanged) || !slices.Contains(did.Done, unchanged) || did.Desk || did.Mail {
			t.Errorf("%s: %q %+v", what, will, did)
		}
	}
}

// A second authenticator, backup codes and added addresses leave a way in:
// then no freeze is spoken of.
func TestBukanSayaSpeaksOfAFreezeOnlyWhereThereIsOne_impostor2(t *testing.T) {
	for what, u := range map[mail.What]accounts.Undone{
		mail.DeviceSecond: {Device: true}, mail.BackupMade: {Backup: true}, mail.AddressAdded: {Address: true}, mail.DeviceRemoved: {},
	} {
		will := willDisown(accounts.Notice{What: what, Kind: accounts.Change, Undoes: u})
		did := disowned(accounts.Disowned{What: what, Kind: accounts.Change, Undone: u, Blocked: true})
		if said := strings.Join(append(will, did.Done...), " "); strings.Contains(said, "bekukan") {
			t.Errorf("%s: %q", what, said)
		}
	}
}
