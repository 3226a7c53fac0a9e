package app

import (
	"net/url"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// Backup codes are shown once, and neither they nor what was typed to get or
// to use them is anywhere afterwards (LG-03, ET-16).
func TestNoBackupCodeIsKept_LG03(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		s := x.lawSecrets()
		h := x.home(sitiNIP)
		codes := codesOn(h.proves("/akun/kode-cadangan"))
		if len(codes) != 10 {
			t.Fatal(codes)
		}
		for _, code := range codes {
			s.add("a backup code", code)
		}
		used := x.browser().post("/masuk", url.Values{"nip": {sitiNIP}, "sandi": {employeePassword}, "otp": {""}, "cadangan": {codes[0]}})
		if used.header.Get("Location") != "/akun" {
			t.Fatal(used.status, used.Text())
		}
		s.add("the device's key", h.device.Base32())
		x.lawQuiet()
		s.search(t, x)
		s.mustHave(t, "a backup code", "a password", "a token in "+cookieAccount)
	})
}
