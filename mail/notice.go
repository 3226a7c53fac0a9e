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

	ActivationAsked  What = "activation.asked"  // a code for the first activation
	MFAAsked         What = "mfa.asked"         // a code for enrolling alone
	MFAWaiting       What = "mfa.waiting"       // the 24 hours before enrolling alone
	MFAReady         What = "mfa.ready"         // they are over
	UnlockAsked      What = "unlock.asked"      // a code for ending a pause
	NotActivated     What = "activation.needed" // a reset was asked for, and there is nothing to reset
	AlreadyActive    What = "activation.done"   // an activation was asked for, and it is done
	AccountActivated What = "account.activated" // the first password and device
	DeviceSecond     What = "device.second"     // one more device, the others stay
	DeviceRemoved    What = "device.removed"    //
	BackupMade       What = "backup.made"       // new backup codes
	BackupUsed       What = "backup.used"       //
	AddressAdded     What = "address.added"     // a second address for notices
	AddressRemoved   What = "address.removed"   //
	EmailChanged     What = "email.changed"     // another address on file
	BlockLifted      What = "block.lifted"      // two of the staff ended what "Bukan saya" had begun
	DataAsked        What = "data.asked"        // staff wrote down that he wants to know what is kept of him
	DataGiven        What = "data.given"        // it was handed over at the counter
	SignInTold       What = "signin.told"       // after a recovery, or after five wrong codes (TV-08)
)

// DisownChange is how long "Bukan saya" works on a change notice (impostor 2).
const DisownChange = 240 * time.Hour

// Change says that w tells of something done, where "Bukan saya" suspends the
// new credential. All others tell of an attempt, where it stops only that
// attempt (impostor 2).
func (w What) Change() bool {
	switch w {
	case PasswordChanged, DeviceAdded, AccountActivated, DeviceSecond, DeviceRemoved, BackupMade, BackupUsed, AddressAdded,
		AddressRemoved, EmailChanged, BlockLifted, SignInTold:
		return true
	}
	return false
}

// Proven says that whoever caused the notice had shown something that only
// the owner has: the password, or what staff checked. All other attempts are
// anybody's who knows a number and an address, so they add up to nothing.
func (w What) Proven() bool {
	switch w {
	case MFAAsked, MFAWaiting, MFAReady, RequestApproved, PassIssued, OTPFailed3:
		return true
	}
	return w.Change()
}

// AsksCode says that w tells of a code that was asked for.
func (w What) AsksCode() bool { return codeFor[w].subject != "" }

// Alone says that w is about somebody who wants a new authenticator without
// staff: nobody comes so far without the password.
func (w What) Alone() bool { return w == MFAAsked || w == MFAWaiting || w == MFAReady }

// NoticeMail says what happened and when. Number is the request's, where
// there is one. Link is the "Bukan saya" link; without it the mail has no
// such button. Until, where it is set, is the last moment at which the link
// still stops what was approved, issued or waits.
type NoticeMail struct {
	To     secret.Email
	Person string
	What   What
	At     db.Time
	Number string
	Link   string
	Until  db.Time
	Next   string // where MFAReady leads

	// AtDesk says that nobody holds a receipt: the request goes on at the
	// counter, so the mail asks for no key.
	AtDesk bool
}

// Notice writes the mail of one notice.
func Notice(s Site, m NoticeMail) Message {
	w := m.What.wording(s)
	if m.AtDesk {
		w.lines, w.button = append(w.lines, atDesk), button{}
	}
	l := letter{Site: s, Subject: w.subject, Lines: w.lines, Button: w.button,
		Facts: []fact{{"Waktu", m.At.Long(s.Zone)}}}
	if m.Next != "" {
		l.Button = button{"Lanjutkan dengan kata sandi Anda.", "Lanjutkan", m.Next, ""}
	}
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
