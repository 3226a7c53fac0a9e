package app

import (
	"context"
	"net/http"
	"testing"

	"pulih/db"
	"pulih/mail"
)

func TestTheDemoShowsItsMails(t *testing.T) {
	x := newTest(t)
	x.Demo, x.Box = true, x.box
	b := x.browser()
	b.get("/demo/kotak-surat").mustSay(t, http.StatusOK, "Belum ada email")
	err := x.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := x.Outbox.Enqueue(context.Background(), tx, mail.Notice(x.Outbox.Site(), mail.NoticeMail{
			To: "budi@contoh.test", What: mail.RequestFiled, At: tx.Now, Link: x.Outbox.Site().Link("/bukan-saya/x")}))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	x.mailTo("budi@contoh.test", "Permohonan")
	list := b.get("/demo/kotak-surat")
	list.mustSay(t, http.StatusOK, "Permohonan pemulihan akun diterima")
	letter := b.get(list.Find("tbody a").AttrOr("href", ""))
	letter.mustSay(t, http.StatusOK, "23 November 2026, 10.00 WITA")
	if got := letter.Find(`main a[href="` + x.url + `/bukan-saya/x"]`).Length(); got != 1 {
		t.Errorf("%d links", got)
	}
	b.get("/demo/kotak-surat/tidak-ada").mustSay(t, http.StatusNotFound, "tidak ditemukan")
}

func TestOnlyTheDemoShowsMails_impostor20(t *testing.T) {
	x := newTest(t)
	x.Box = x.box
	x.browser().get("/demo/kotak-surat").mustSay(t, http.StatusNotFound, "tidak ditemukan")
}
