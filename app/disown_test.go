package app

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"pulih/mail/mailbox"
)

// changed walks through a reset and returns the code mail's and the change
// notice's "Bukan saya" links.
func (x *test) changed(e employee) (attempt, change string) {
	x.t.Helper()
	b := x.browser()
	wait := b.askCode(string(e.NIP), string(e.Email))
	code, _, attempt := x.codeMail(e)
	set := b.follow(b.submit(wait, "kode", code))
	b.follow(b.submit(set, "sandi", newPassword))
	m := x.mailTo(string(e.Email), "Kata sandi akun telah diganti")
	return attempt, disownInMail.FindString(m.Text)
}

// mailBut waits for a code's mail other than the one that holds text.
func (x *test) mailBut(address, text string) mailbox.Received {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return must(x.box.Wait(ctx, func(m mailbox.Received) bool {
		return m.To == address && strings.Contains(m.Subject, "Kode untuk") && !strings.Contains(m.Text, text)
	}))(x.t)
}

func TestBukanSayaActsOnItsButtonOnly_NO04(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	_, change := x.changed(e)
	b := x.browser()
	for range 3 {
		b.get(change).mustSay(t, http.StatusOK, "Kata sandi akun Anda diganti.")
	}
	if x.countRows(`SELECT count(*) FROM accounts WHERE suspended_at <> 0`) != 0 {
		t.Fatal("looking acted")
	}
	done := b.submit(b.get(change))
	for _, want := range []string{"Kata sandi baru itu tidak bisa dipakai lagi.", "Semua sesi akun Anda sudah berakhir.", "tahan selama 7 hari", "kode OTP"} {
		done.mustSay(t, http.StatusOK, want)
	}
	x.browser().enter(sitiNIP, newPassword, x.otp(e.device)).mustSay(t, http.StatusUnprocessableEntity, "dibekukan sementara")
	b.follow(b.post(change, nil)).mustSay(t, http.StatusOK, "Laporan ini sudah kami terima")
}

// After it the mailbox alone is not enough; with the authenticator it is
// (impostor 2).
func TestAfterBukanSayaTheResetAsksForAnOTP_impostor2(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	attempt, change := x.changed(e)
	x.browser().post(change, nil)
	b := x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	code := codeInMail.FindString(x.mailBut(string(e.Email), attempt).Text)
	set := b.follow(b.submit(wait, "kode", code))
	set.mustSay(t, http.StatusOK, "kami juga memerlukan kode OTP")
	b.submit(set, "sandi", "Serai-wangi-kolam-33", "otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP tidak cocok")
	in := b.follow(b.submit(set, "sandi", "Serai-wangi-kolam-33", "otp", x.otp(e.device)))
	in.mustSay(t, http.StatusOK, "Kata sandi baru tersimpan")
}

func TestAnAttemptDisownedLeavesTheAccount_impostor2(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	code, link, attempt := x.codeMail(e)
	owner := x.browser()
	owner.submit(owner.get(attempt)).mustSay(t, http.StatusOK, "Kata sandi dan autentikator Anda tidak berubah.")
	b.submit(wait, "kode", code).mustSay(t, http.StatusUnprocessableEntity, "Kode tidak cocok")
	b.submit(b.follow(b.get(link))).mustSay(t, http.StatusConflict, "tidak berlaku")
	owner.follow(owner.enter(sitiNIP, employeePassword, x.otp(e.device))).mustSay(t, http.StatusOK, "“Bukan saya” ditekan")
}

func TestADeadLinkSaysSo(t *testing.T) {
	b := newTest(t).browser()
	for _, p := range []page{b.get("/bukan-saya/nothing"), b.post("/bukan-saya/nothing", nil)} {
		p.mustSay(t, http.StatusNotFound, "Tautan “Bukan saya” berlaku 10 hari.")
	}
}
