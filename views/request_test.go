package views_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"pulih/views"
)

func testPage(title string, wrong ...views.FieldError) views.Page {
	return views.Page{Title: title, Path: "/tiket", Site: testSite, Errors: wrong}
}

func testRequest() views.RequestForm {
	return views.RequestForm{
		Cause: "hilang", Causes: []views.Option{{Value: "hilang", Text: "HP hilang"}, {Value: "lain", Text: "Masalah lain"}},
		NIP: "19860926 201505 1 001", Name: "<b>Siti</b>", Unit: "Dinas Contoh", Problem: "Satu\nDua",
		Via: "wa", Ways: []views.Option{{Value: "wa", Text: "WhatsApp"}}, HoursList: []views.Option{{Text: "Kapan saja"}},
		Evidence: "nanti", Times: []views.Option{{Value: "nanti", Text: "Nanti"}}, Files: "KTP", Counter: "Jl. Contoh 1.",
		Gate: views.Gate{CaptchaID: "1", Pow: views.Pow{Challenge: "c", Bits: 15}},
	}
}

func TestFilingIsAsAgreed(t *testing.T) {
	wrong := views.FieldError{Field: "nip", Text: "NIP harus 18 angka. Anda mengetik 17 angka."}
	golden(t, "request", views.RequestTasks(testPage("Ajukan permohonan ke petugas"), views.Tasks{
		Begun: true, Next: "/tiket/baru/masalah", Tasks: []views.Task{{Title: "Identitas", Href: "/tiket/baru/identitas", Done: true}, {Title: "Periksa", Later: true}}}))
	for _, key := range []string{"identitas", "masalah", "kontak", "bukti"} {
		golden(t, "request-"+key, views.RequestPart(testPage("Siapa Anda?", wrong), key, testRequest()))
	}
	golden(t, "request-files", views.RequestFiles(testPage("Unggah foto dokumen"), views.Files{
		Action: "/tiket/baru/berkas", Kinds: []views.Option{{Value: "ktp", Text: "KTP"}}, Rows: []views.FileRow{{Title: "KTP", Text: "9 KB", Back: "/x"}}}, "/tiket/baru/periksa"))
	golden(t, "request-check", views.RequestCheck(testPage("Periksa jawaban Anda"), testRequest()))
	golden(t, "request-receipt", views.RequestReceipt(testPage("Permohonan Anda kami terima"), views.Receipt{
		Number: "PUL-7K3M-9QXD", Secret: "7K3M9QXD2PRTA8ZC", Next: []views.Moment{{Title: "Petugas memeriksa", Text: "Paling lambat Senin."}},
		QR: "data:image/svg+xml,x", Site: "https://pulih.example.go.id/tiket", Done: "/tiket/PUL-7K3M-9QXD/disimpan",
	}))
}

func TestStatusIsAsAgreed(t *testing.T) {
	golden(t, "status", views.StatusShow(testPage("Kode pendaftaran Anda siap"), views.Status{
		Number: "PUL-7K3M-9QXD", Tag: "Siap", Tone: views.ToneSuccess, Lead: "Siapkan HP baru.", Until: "Sampai besok.", Updated: "10.42 WITA",
		Next:     []views.StatusNext{{Title: "Giliran Anda", Text: "Ambil.", Button: "Ambil kode pendaftaran", Href: "/x"}, {Title: "Datang ke loket", Text: "Bawa KTP."}},
		Steps:    []views.Moment{{Title: "Diajukan", When: "23 November 2026, 09.00 WITA", Tone: views.ToneSuccess}, {Title: "Selesai", Later: true}},
		Messages: []views.Message{{By: "Petugas", When: "23 November 2026, 09.10 WITA", Text: "<script>x</script>\nBaris dua"}},
		CanReply: true, CanCancel: true,
	}))
	golden(t, "status-take", views.StatusTake(testPage("Ambil kode pendaftaran"), "PUL-7K3M-9QXD", true))
}

func TestEnrolmentIsAsAgreed(t *testing.T) {
	d := views.EnrolDevice{App: "otpauth://totp/x", QR: "data:image/svg+xml,x", Key: "GEZDGNBVGY3TQOJQ", Issuer: "Contoh", Name: "HP pribadi", Until: "10.57 WITA", Phone: true}
	golden(t, "enrol", views.EnrolStart(testPage("Daftarkan autentikator baru"), views.EnrolOpen{NewPassword: true, Phrase: "Perahu-42"}))
	golden(t, "enrol-device", views.EnrolSteps(testPage("Daftarkan autentikator baru"), d))
	golden(t, "enrol-done", views.EnrolFinished(testPage("Autentikator baru sudah aktif"), views.EnrolDone{Device: "HP <pribadi>", Issuer: "Pulih BKPSDM Contoh", Next: views.Link{Text: "Masuk sekarang", Href: "/masuk"}}))
}

// TestThePhoneComesFirstOnAPhone: a QR on the screen that should scan it is no help.
func TestThePhoneComesFirstOnAPhone(t *testing.T) {
	for phone, first := range map[bool]string{true: "otpauth", false: "pindai kode QR"} {
		page := markup(t, views.EnrolSteps(testPage(""), views.EnrolDevice{App: "otpauth://totp/x", Phone: phone}))
		steps, _, _ := strings.Cut(page, "<details")
		if !strings.Contains(steps, first) {
			t.Errorf("on a phone %v, %q is not first", phone, first)
		}
	}
}

// The name of an entry tells nothing: an old one has the name that was set then,
// and another service's may have the same.
func TestNobodyIsToldToDeleteAnEntry(t *testing.T) {
	for name, view := range map[string]templ.Component{
		"finished": views.EnrolFinished(testPage(""), views.EnrolDone{Device: "HP", Issuer: "Pulih Contoh"}),
		"over":     views.EnrolOver(testPage(""), "/pulihkan-mfa"), // perhaps it is finished, and pressed twice
	} {
		page := strings.ToLower(markup(t, view))
		for _, word := range []string{"boleh dihapus", "menghapus"} {
			if strings.Contains(page, word) {
				t.Errorf("%s: an entry is to be deleted (%s)", name, word)
			}
		}
		if !strings.Contains(page, "yang baru anda tambahkan") {
			t.Errorf("%s: nothing says which entry counts", name)
		}
	}
}
