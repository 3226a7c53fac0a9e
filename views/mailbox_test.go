package views_test

import (
	"testing"

	"pulih/views"
)

func mailboxLetter() views.MailboxMail {
	return views.MailboxMail{Href: "/demo/kotak-surat/1", When: "23-11-2026 10.00", From: "BKPSDM Contoh <pemulihan@contoh.test>",
		To: "budi@contoh.test", Subject: "Kode pemulihan akun – BKPSDM Contoh",
		Text: "7K3M-9QXD adalah kode Anda.\n\nLanjutkan:\nhttps://pulih.example.go.id/x lalu <b>\njavascript:alert(1)\n"}
}

func TestTheMailboxIsAsAgreed(t *testing.T) {
	p := views.Page{Title: "Kotak surat demo", Path: "/demo/kotak-surat", Site: testSite, Demo: true}
	golden(t, "mailbox-empty", views.Mailbox(p, views.MailboxPage{}))
	golden(t, "mailbox", views.Mailbox(p, views.MailboxPage{Mails: []views.MailboxMail{mailboxLetter()}}))
	p.Title, p.Back = mailboxLetter().Subject, p.Path
	golden(t, "mailbox-letter", views.MailboxLetter(p, mailboxLetter()))
}

func TestALongMailboxShows100(t *testing.T) {
	box := views.MailboxPage{Mails: make([]views.MailboxMail, 500)}
	if got := render(t, views.Mailbox(views.Page{}, box)).Find("tbody tr").Length(); got != 100 {
		t.Errorf("%d rows", got)
	}
}
