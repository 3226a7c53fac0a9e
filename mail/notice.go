package mail

import (
	"time"

	"pulih/db"
	"pulih/secret"
)

// What is the thing a notice tells of.
type What string

// Everything that people are told of their own accounts (NO-01).
const (
	ResetAsked       What = "reset.asked"
	PasswordChanged  What = "password.changed"
	RequestFiled     What = "request.filed"
	RequestApproved  What = "request.approved"
	PassIssued       What = "pass.issued"
	DeviceAdded      What = "device.added"
	RequestRefused   What = "request.refused"
	RequestCancelled What = "request.cancelled"
	ReplyArrived     What = "reply.arrived"
	AccountFrozen    What = "account.frozen"
	OTPFailed3       What = "otp.failed"
	OTPStopped       What = "otp.stopped" // a hundred wrong codes in a row (TV-05)
)

// DisownChange is how long "Bukan saya" works on a change notice (impostor 2).
const DisownChange = 240 * time.Hour

// Change says that w tells of something done, where "Bukan saya" suspends the
// new credential. All others tell of an attempt, where it stops only that
// attempt (impostor 2).
func (w What) Change() bool { return w == PasswordChanged || w == DeviceAdded }

// NoticeMail says what happened and when. Number is the request's, where
// there is one. Link is the "Bukan saya" link; without it the mail has no
// such button. Until, where it is set, is the last moment at which the link
// still stops what was approved or issued.
type NoticeMail struct {
	To     secret.Email
	Person string
	What   What
	At     db.Time
	Number string
	Link   string
	Until  db.Time
}

// Notice writes the mail of one notice.
func Notice(s Site, m NoticeMail) Message {
	w := m.What.wording(s)
	l := letter{Site: s, Subject: w.subject, Lines: w.lines, Button: w.button,
		Facts: []fact{{"Waktu", m.At.Long(s.Zone)}}}
	if m.Number != "" {
		l.Facts = append(l.Facts, fact{"Nomor permohonan", m.Number})
	}
	if m.What != ReplyArrived {
		l.Disown = button{w.disown, "Bukan saya", m.Link, m.until(s)}
	}
	return l.message(Message{Kind: "notice." + string(m.What), Person: m.Person, To: m.To})
}

func (m NoticeMail) until(s Site) string {
	until := m.Until
	if m.What.Change() {
		until = m.At.Add(DisownChange)
	}
	if until == 0 {
		return "Tautan membuka halaman dengan satu tombol."
	}
	return "Tautan membuka halaman dengan satu tombol. Berlaku sampai " + until.Long(s.Zone) + "."
}
