package main

import (
	"time"

	"pulih/db"
	"pulih/mail"
	"pulih/views"
)

func mailboxScenes(site views.Site) []scene {
	p := views.Page{Title: "Kotak surat demo", Path: "/demo/kotak-surat", Site: site, Demo: true}
	code := sampleCode()
	letter := views.MailboxMail{Href: "/mailbox-letter", When: "23-11-2026 10.00 WITA", From: "BKPSDM Contoh <pemulihan@contoh.test>",
		To: "budi@contoh.test", Subject: code.Subject, Text: code.Text}
	open := p
	open.Title, open.Back = letter.Subject, "/mailbox"
	return []scene{
		{"mailbox-empty", views.Mailbox(p, views.MailboxPage{})},
		{"mailbox", views.Mailbox(p, views.MailboxPage{Mails: []views.MailboxMail{letter, letter, letter}})},
		{"mailbox-letter", views.MailboxLetter(open, letter)},
	}
}

func sampleCode() mail.Message {
	site := mail.Site{Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
		BaseURL: "https://pemulihan.example.go.id", Hours: "Senin–Jumat, 08.00–16.00 WITA", Phone: "(0401) 555 0100",
		Address: "Jl. Contoh No. 1, Kabupaten Contoh", Zone: db.WITA, Sender: "pemulihan@contoh.test"}
	return mail.ResetCode(site, mail.ResetCodeMail{To: "budi@contoh.test", Code: "7K3M9QXD", Link: site.Link("/pulihkan/tautan/x"),
		Disown: site.Link("/bukan-saya/x"), Until: db.At(time.Date(2026, 11, 23, 2, 30, 0, 0, time.UTC))})
}
