package main

import (
	"fmt"
	"strings"

	"pulih/otp"
)

// ownAccount does all that the account's page offers, each with password and
// a fresh code, and signs in with a backup code at the end.
func ownAccount(w *world, open func() *tab, who part) {
	b := open()
	w.signIn(b, who, who.Password)
	first, second := who.Secret, w.secondDevice(b, who)
	code := w.newBackup(b, who)
	b.open("/akun/sandi")
	w.confirms(b, who)
	b.fill("sandi-baru", freshPassword)
	b.press("Simpan kata sandi")
	who.Password = freshPassword
	w.secondAddress(b, who)
	who.Secret = second
	b.open("/akun")
	b.open(b.link("/akun/autentikator/"))
	w.confirms(b, who)
	b.press("Hapus autentikator")
	if who.Secret = first; w.entersBy(open(), who, "otp", w.code(first)) {
		b.fail("the removed authenticator still signs in")
	}
	if !w.entersBy(open(), who, "cadangan", code) {
		b.fail("the backup code does not sign in")
	}
}

// confirms types password and code into the form that acts (impostor 14).
func (w *world) confirms(b *tab, who part) {
	b.t.Helper()
	b.fill("sandi", who.Password)
	b.fill("otp", w.code(who.Secret))
}

func (w *world) secondDevice(b *tab, who part) otp.Secret {
	b.t.Helper()
	b.press("Tambah autentikator")
	w.confirms(b, who)
	b.press("Lanjutkan")
	return w.device(b)
}

func (w *world) newBackup(b *tab, who part) (code string) {
	b.t.Helper()
	b.open("/akun/kode-cadangan")
	w.confirms(b, who)
	b.press("Buat 10 kode")
	b.shot("kode-cadangan")
	code = b.read(".codes code")
	b.press("Sudah saya simpan")
	return code
}

// secondAddress adds an address for notices, and takes it away again.
func (w *world) secondAddress(b *tab, who part) {
	b.t.Helper()
	address := fmt.Sprintf("pribadi%d@example.test", w.newcomers)
	b.open("/akun/email")
	b.fill("email", address)
	w.confirms(b, who)
	b.press("Kirim kode")
	b.fill("kode", findCode.FindString(w.mail(address, "kode Anda")))
	b.press("Tambahkan email")
	b.open(b.link("/akun/email/"))
	w.confirms(b, who)
	b.press("Hapus email")
}

// entersBy signs in with one of the two kinds of code.
func (w *world) entersBy(b *tab, who part, field, code string) bool {
	b.t.Helper()
	b.open("/masuk")
	b.fill("nip", who.NIP)
	b.fill("sandi", who.Password)
	b.fill(field, code)
	b.press("Masuk")
	return strings.HasSuffix(b.where(), "/akun")
}

// link is where the first link to a path leads.
func (b *tab) link(path string) string {
	b.t.Helper()
	return strings.TrimPrefix(b.attribute(`main a[href^="`+path+`"]`, "href"), b.base)
}
