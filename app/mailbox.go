package app

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/mail/mailbox"
	"pulih/views"
)

const mailboxPath = "/demo/kotak-surat"

// mailbox lists what the demo's own SMTP server has received.
func (a *App) mailbox(c echo.Context) error {
	var page views.MailboxPage
	for _, m := range a.Box.Messages() {
		page.Mails = append(page.Mails, a.mailboxMail(m))
	}
	return a.render(c, http.StatusOK, views.Mailbox(a.page(c, "Kotak surat demo"), page))
}

// mailboxLetter shows one mail. A mail that was sent twice under one
// Message-ID is one mail.
func (a *App) mailboxLetter(c echo.Context) error {
	for _, m := range a.Box.Messages() {
		if mailboxID(m) != c.Param("id") {
			continue
		}
		page := a.page(c, m.Subject)
		page.Back = mailboxPath
		return a.render(c, http.StatusOK, views.MailboxLetter(page, a.mailboxMail(m)))
	}
	return db.ErrNotFound
}

func (a *App) mailboxMail(m mailbox.Received) views.MailboxMail {
	return views.MailboxMail{
		Href: mailboxPath + "/" + url.PathEscape(mailboxID(m)), When: a.shortTime(m.At),
		From: m.From, To: m.To, Subject: m.Subject, Text: m.Text,
	}
}

func mailboxID(m mailbox.Received) string {
	id, _, _ := strings.Cut(m.MessageID, "@")
	return id
}
