package views_test

import (
	"testing"

	"pulih/views"
)

var resetting = views.ResetFlow{Path: "/pulihkan"}

func resetPage(title, path string, wrong ...views.FieldError) views.Page {
	return views.Page{Title: title, Path: path, Back: "/", Site: testSite, Errors: wrong}
}

func TestResetPages(t *testing.T) {
	const nip = "19860926 201505 2 001"
	next := views.Countdown{Until: "2026-11-23T02:42:10Z", Left: 118, Shown: "10.42.10 WITA", Done: "Anda dapat meminta kode baru."}
	golden(t, "reset-nip", views.ResetNIP(resetPage("Berapa NIP atau NI PPPK Anda?", "/pulihkan",
		views.FieldError{Field: "nip", Text: "NIP harus 18 angka. Anda mengetik 17 angka."}), views.ResetNIPPage{Flow: resetting, NIP: "19860926201505100"}))
	golden(t, "reset-email-spelling", views.ResetEmail(resetPage("Apa email yang terdaftar?", "/pulihkan/email"), views.ResetEmailPage{Flow: resetting,
		NIP: "19860926 201505 2 001", Email: "siti@gmial.com", Other: "siti@gmail.com", Kept: "siti@gmial.com", Gate: views.Gate{CaptchaID: "c"}}))
	golden(t, "reset-email", views.ResetEmail(resetPage("Apa email yang terdaftar?", "/pulihkan/email"), views.ResetEmailPage{Flow: resetting,
		NIP: nip, Warning: "Periksa angka ke-13 dan ke-14.", Email: "siti@example.go.id", Again: true, Gate: views.Gate{CaptchaID: "c"}}))
	golden(t, "reset-code", views.ResetCode(resetPage("Periksa email Anda", "/pulihkan/kode"), views.ResetCodePage{Flow: resetting, Email: "siti@example.go.id", Next: next}))
	golden(t, "reset-code-closed", views.ResetCode(resetPage("Periksa email Anda", "/pulihkan/kode"), views.ResetCodePage{Flow: resetting, Email: "siti@example.go.id", Closed: true, Spent: true}))
	golden(t, "reset-password", views.ResetPassword(resetPage("Buat kata sandi baru", "/pulihkan/sandi"), views.ResetPasswordPage{Flow: views.ResetFlow{Path: "/pulihkan"}, NIP: nip, NeedsOTP: true}))
	golden(t, "reset-phrase", views.ResetPassword(resetPage("Buat kata sandi baru", "/pulihkan/sandi"), views.ResetPasswordPage{Flow: views.ResetFlow{Path: "/pulihkan"}, NIP: nip, Phrase: "Kolam-teduh-41"}))
}

func TestSignInAndAccountPages(t *testing.T) {
	golden(t, "signin", views.SignIn(resetPage("Masuk", "/masuk"), views.SignInPage{Renewed: true, Help: []views.Link{{Text: "Periksa jam HP Anda", Href: "/cek-jam"}}}))
	golden(t, "account", views.Account(resetPage("Akun Anda", "/akun"), views.AccountPage{Name: "Siti Contoh", NIP: "1", Unit: "Dinas Contoh",
		Devices:  []views.AccountDevice{{Name: "HP", State: "Aktif", Tone: views.ToneSuccess, Since: "2 Maret 2026"}},
		Sessions: []views.AccountSession{{Here: true, Began: "23 November 2026, 10.40 WITA", Seen: "10.42 WITA", Network: "203.0.113.0/24", Browser: "Chrome di Android"}},
		History:  []views.Moment{{Title: "Masuk", When: "23 November 2026, 10.40 WITA"}}}))
}

func TestDisownPages(t *testing.T) {
	about := views.DisownPage{About: "Kata sandi akun Anda diganti.", When: "Senin", Number: "PUL-1", Will: []string{"Kata sandi baru itu kami hentikan."}}
	golden(t, "disown", views.Disown(resetPage("Apakah ini Anda?", "/bukan-saya/x"), about))
	golden(t, "disowned", views.Disowned(resetPage("Laporan Anda kami terima", "/bukan-saya/x"),
		views.DisownedPage{Done: []string{"Selesai."}, Next: []string{"Lanjut."}, Mail: true, Desk: true}))
}

// A password is never in a page that a person typed one into.
func TestThePasswordIsNeverSentBack_PW09(t *testing.T) {
	page := render(t, views.ResetPassword(resetPage("x", "/"), views.ResetPasswordPage{Flow: views.ResetFlow{Path: "/pulihkan"}, NIP: "1"}))
	field := page.Find(`input[name="sandi"]`)
	if _, has := field.Attr("value"); has || field.AttrOr("type", "") != "password" || field.AttrOr("autocomplete", "") != "new-password" {
		t.Error("the field of the password is wrong")
	}
}
