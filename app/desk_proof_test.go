package app

import (
	"net/http"
	"testing"

	"pulih/tickets"
)

func TestUnreadableFieldCostsNoTry_impostor22(t *testing.T) {
	x := newStaffed(t)
	number := x.rina.counter()
	for range 4 {
		p := x.rina.act(number, "bukti", "ktp-nama", asn.Name, "ktp-lahir", "26 Septembre 1986", "ktp-nomor", "1")
		p.mustSay(t, http.StatusUnprocessableEntity, "Ketik tanggal lahir seperti 19-06-1976.")
		if p.Find("#ktp-lahir-error").Length() != 1 {
			t.Fatal("the mistake is not at its field")
		}
	}
	form := x.rina.open(number).Find("#sk_pns form")
	short := formValues(form, "sk_pns-nama", asn.Name, "sk_pns-nip", "1234", "sk_pns-nomor", "1")
	if p := x.rina.post(form.AttrOr("action", ""), short); p.status != http.StatusUnprocessableEntity || p.Find("#sk_pns-nip-error").Length() != 1 {
		t.Fatalf("a short NIP: %d\n%s", p.status, p.text())
	}
	x.rina.wrongCard(number).mustSay(t, http.StatusUnprocessableEntity, "Sisa percobaan: 2.")
}

// wrongCard compares a card of somebody else.
func (g *clerk) wrongCard(number string) page {
	g.x.t.Helper()
	return g.act(number, "bukti", "ktp-nama", "Orang Lain", "ktp-lahir", "1 Januari 1970", "ktp-nomor", "1")
}

func TestNoMatchStandsAtTheFormAndNotAtAField_impostor22(t *testing.T) {
	x := newStaffed(t)
	p := x.rina.wrongCard(x.rina.counter())
	if p.Find("#ktp-error").Length() != 1 || p.Find("#ktp .field.bad").Length() != 0 {
		t.Errorf("the answer points at a field:\n%s", p.text())
	}
}

func TestSpentDocumentNamesAnotherOnlyWhileOneServes(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.MFA).Number
	x.rina.mustGo(number, "pengambilan")
	spend := func(kind string) (last page) {
		for range 3 {
			form := x.rina.open(number).Find("#" + kind + " form")
			last = x.rina.post(form.AttrOr("action", ""), formValues(form, kind+"-cara", "video",
				kind+"-nama", "Orang Lain", kind+"-lahir", "01011970", kind+"-nomor", "1"))
		}
		return last
	}
	first := spend("ktp")
	first.mustSay(t, http.StatusUnprocessableEntity, "Pakai dokumen lain, atau layani di loket.")
	if first.Find("#ktp form").Length() != 0 {
		t.Error("the form of a spent document is still there")
	}
	spend("karpeg").mustSay(t, http.StatusUnprocessableEntity, "Percobaan habis: layani di loket dengan dokumen asli.")
}
