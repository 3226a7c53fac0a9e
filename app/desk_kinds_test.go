package app

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
)

var emailCodeInMail = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`)

// at opens a request of a kind at the counter.
func (g *clerk) at(kind tickets.Kind) string {
	g.x.t.Helper()
	p := g.submit(g.get("/petugas/tiket/baru"), "nip", string(asn.NIP), "nama", asn.Name, "opd", asn.Unit,
		"telepon", "", "masalah", "Datang sendiri.", "jenis", string(kind))
	if p.status != http.StatusSeeOther {
		g.x.t.Fatalf("%s cannot open at the counter: %d\n%s", g.name, p.status, p.text())
	}
	return strings.TrimPrefix(p.header.Get("Location"), "/petugas/tiket/")
}

func (x *test) fileEmail() secret.Email {
	x.t.Helper()
	var p accounts.Person
	must(0, x.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		p, err = x.Accounts.PersonByNIP(context.Background(), tx, asn.NIP)
		return err
	}))(x.t)
	return p.Email
}

func TestAnAddressIsChangedAtTheCounterByTwo_impostor5(t *testing.T) {
	x := newStaffed(t)
	number := x.rina.at(tickets.Email)
	x.rina.act(number, "email", "email-alamat", "bukan alamat").mustSay(t, http.StatusUnprocessableEntity, "Ketik alamat email lengkap")
	x.rina.mustGo(number, "email", "email-alamat", "siti.baru@dinas.test")
	x.rina.seeOriginals(number)
	x.rina.mustGo(number, "pemeriksaan", "pemeriksaan-otp", x.rina.otp())
	x.budi.open(number).mustSay(t, http.StatusOK, "siti.baru@dinas.test")
	x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "sk/12/2015", "persetujuan-otp", x.budi.otp())
	x.tick()
	x.rina.mustGo(number, "kode-email")
	code := emailCodeInMail.FindString(x.mailTo("siti.baru@dinas.test", "Kode untuk email baru").Text)
	x.rina.act(number, "ganti-email", "ganti-email-kode", "x", "ganti-email-otp", "").mustSay(t, http.StatusUnprocessableEntity, "8 huruf dan angka")
	x.rina.act(number, "ganti-email", "ganti-email-kode", code, "ganti-email-otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP tidak cocok")
	x.rina.act(number, "ganti-email", "ganti-email-kode", "0000-0000", "ganti-email-otp", x.rina.otp()).mustSay(t, http.StatusUnprocessableEntity, "Kode tidak cocok")
	x.rina.mustGo(number, "ganti-email", "ganti-email-kode", code, "ganti-email-otp", x.rina.otp())
	if got := x.fileEmail(); got != "siti.baru@dinas.test" {
		t.Error("on file: ", string(got))
	}
	x.rina.open(number).mustSay(t, http.StatusOK, "Email diganti")
	x.mailTo(string(asn.Email), "telah diganti")
}

func TestAnAddressIsChangedOnTheStatusPage_impostor5(t *testing.T) {
	x := newStaffed(t)
	r := x.remote(tickets.Email)
	f := x.reader(r)
	f.page("").mustSay(t, http.StatusOK, "Tulis email baru Anda")
	f.submit(f.page("email"), "email", "bukan alamat").mustSay(t, http.StatusUnprocessableEntity, "Ketik alamat email lengkap")
	f.follow(f.submit(f.page("email"), "email", "siti.baru@dinas.test")).mustSay(t, http.StatusOK, "Alamat email baru Anda tercatat.")
	f.page("email/ganti").mustSay(t, http.StatusOK, "belum sampai")
	x.exec(fmt.Sprintf(`UPDATE tickets SET state = 'ready', ready_at = %d, basis = 'callback', approved_by = 'x', checked_by = 'y'`, x.DB.Now()))
	if p := f.submit(f.page("email/ganti")); p.status != http.StatusConflict {
		t.Errorf("an approval that nobody gave: %d %s", p.status, p.text())
	}
	f.page("").mustSay(t, http.StatusOK, "Permohonan Anda menunggu petugas")
}

func TestALockIsUnlockedAtTheDesk_impostor13(t *testing.T) {
	x := newStaffed(t)
	r := x.remote(tickets.Lock)
	x.rina.mustGo(r.Number, "buka-kunci", "buka-kunci-teks", "Silakan coba lagi.")
	x.reader(r).page("").mustSay(t, http.StatusOK, "Kunci akun sudah dibuka")
	x.rina.open(r.Number).mustSay(t, http.StatusOK, "Kunci sementara dibuka")
}

// blockedASN blocks the person's remote requests, as "Bukan saya" does, and
// opens the case.
func (x *staffed) blockedASN() string {
	x.t.Helper()
	x.exec(fmt.Sprintf(`UPDATE accounts SET reset_needs_otp = TRUE, remote_blocked_until = %d`, x.DB.Now().Add(7*24*time.Hour)))
	r := x.remote(tickets.Other)
	x.exec(`UPDATE tickets SET kind = 'fraud', rank = 0 WHERE number = '` + r.Number + `'`)
	return r.Number
}

func TestTwoOfTheStaffLiftABlockAtTheDesk_impostor2(t *testing.T) {
	x := newStaffed(t)
	number := x.blockedASN()
	x.budi.forge(number, "pembukaan-penahanan", "pembukaan-penahanan-otp", x.budi.otp()).mustSay(t, http.StatusConflict, "Belum ada usulan")
	x.rina.act(number, "usul-pembukaan", "usul-pembukaan-teks", "", "usul-pembukaan-otp", x.rina.otp()).mustSay(t, http.StatusUnprocessableEntity, "Tulis bagaimana")
	x.rina.mustGo(number, "usul-pembukaan", "usul-pembukaan-teks", "KTP dan Karpeg asli di loket.", "usul-pembukaan-otp", x.rina.otp())
	if p := x.rina.forge(number, "pembukaan-penahanan", "pembukaan-penahanan-otp", x.rina.otp()); p.status != http.StatusForbidden {
		t.Errorf("an agent lifted it: %d", p.status)
	}
	x.budi.open(number).mustSay(t, http.StatusOK, "KTP dan Karpeg asli di loket.")
	x.budi.mustGo(number, "pembukaan-penahanan", "pembukaan-penahanan-otp", x.budi.otp())
	x.mailTo(string(asn.Email), "dibuka lagi")
	x.rina.act(number, "usul-pembukaan", "usul-pembukaan-teks", "Lagi.", "usul-pembukaan-otp", x.rina.otp()).mustSay(t, http.StatusConflict, "Tidak ada penahanan")
}

// Two people at one browser are one (impostor 17), whoever of them stays.
func TestALiftWantsAnotherBrowser_impostor17(t *testing.T) {
	x := newStaffed(t)
	number := x.blockedASN()
	x.rina.mustGo(number, "usul-pembukaan", "usul-pembukaan-teks", "KTP asli di loket.", "usul-pembukaan-otp", x.rina.otp())
	borrowed := x.signsInAt(x.budi, x.rina)
	for range 2 {
		borrowed.forge(number, "pembukaan-penahanan", "pembukaan-penahanan-otp", borrowed.otp()).mustSay(t, http.StatusForbidden, "di peramban ini")
		x.clock.Advance(13 * time.Hour) // no rest of twelve hours makes it another
		borrowed = x.signsInAt(x.budi, x.rina)
	}
	x.budi = x.signsInAt(x.budi, x.budi)
	x.budi.mustGo(number, "pembukaan-penahanan", "pembukaan-penahanan-otp", x.budi.otp())
}

func TestAFraudCaseIsWorkedToItsEnd(t *testing.T) {
	x := newStaffed(t)
	number := x.blockedASN()
	x.rina.act(number, "pembekuan", "pembekuan-teks", "", "pembekuan-otp", x.rina.otp()).mustSay(t, http.StatusUnprocessableEntity, "Tulis alasan Anda.")
	x.rina.act(number, "pembekuan", "pembekuan-teks", "Ada yang masuk.", "pembekuan-otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "")
	x.rina.mustGo(number, "pembekuan", "pembekuan-teks", "Ada yang masuk dari kota lain.", "pembekuan-otp", x.rina.otp())
	x.rina.act(number, "penyelesaian", "penyelesaian-cara", "jam").mustSay(t, http.StatusUnprocessableEntity, "")
	x.rina.mustGo(number, "penyelesaian", "penyelesaian-cara", "diamankan")
	x.rina.open(number).mustSay(t, http.StatusOK, "Penyalahgunaan nyata, akun sudah diamankan.")
}

// Each cause of the public form opens its kind, and is served.
func TestCausesOpenTheirKinds(t *testing.T) {
	x := newTest(t)
	for cause, kind := range map[string]string{"hilang": "mfa", "email": "email", "terkunci": "lock", "aktivasi": "activation"} {
		f := x.filed("sebab", cause)
		var got string
		must(0, x.DB.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(context.Background(), `SELECT kind FROM tickets WHERE number = $1`, f.number).Scan(&got)
		}))(t)
		if got != kind {
			t.Errorf("%s opens %q, not %s", cause, got, kind)
		}
	}
}
