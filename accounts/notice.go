package accounts

import (
	"context"
	"fmt"
	"strings"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Notification is one thing that a person is told of his account. Object is
// what it is about, so that "Bukan saya" finds it: a request, a reset, a
// device; without one the notice is about itself. Number is the request's, for the mail. Until, where it is set, is
// the last moment at which "Bukan saya" still stops what was approved. Next
// is where the mail to the address on file leads; others do not have it.
type Notification struct {
	What   mail.What
	Object string
	Number string
	Until  db.Time
	Next   string
	AtDesk bool // nobody holds a receipt
}

// Told says what was queued: the outbox's ids of all mails, and in Old those
// to an address that has been on file for 30 days. A wait begins when one of
// Old was accepted (impostor 3); OldAddress is false where none exists.
type Told struct {
	Mails      []string
	Old        []string
	OldAddress bool
}

// mailbox is an address that notices go to.
type mailbox struct {
	address secret.Email
	old     bool
	onFile  bool
}

// oldMails are the ids in Old as they are kept in a column.
func (t Told) oldMails() string { return strings.Join(t.Old, " ") }

// Notify tells a person of n at every address we know of: the one on file,
// those he added, and former ones for 30 days (impostor 5, NO-02). Each mail
// has a "Bukan saya" link of its own. It is outside every budget and never
// dropped (impostor 3).
func (a *Accounts) Notify(ctx context.Context, tx *db.Tx, p Person, n Notification) (Told, error) {
	boxes, err := a.otherMailboxes(ctx, tx, p.ID)
	if err != nil {
		return Told{}, err
	}
	if p.Email != "" {
		boxes = append(boxes, mailbox{address: p.Email, old: oldEnough(p.EmailSince, tx.Now), onFile: true})
	}
	return a.tell(ctx, tx, p, boxes, n)
}

func (a *Accounts) otherMailboxes(ctx context.Context, tx *db.Tx, person string) ([]mailbox, error) {
	scan := func(row db.Scanner) (m mailbox, err error) {
		var since db.Time
		err = row.Scan(&m.address, &since)
		m.old = oldEnough(since, tx.Now)
		return m, err
	}
	boxes, err := db.All(ctx, tx, scan, selectFormerEmails, person, tx.Now)
	if err != nil {
		return nil, fmt.Errorf("accounts: former addresses: %w", err)
	}
	added, err := a.addedMailboxes(ctx, tx, person)
	return append(boxes, added...), err
}

// addedMailboxes are those that the person added himself. They start no wait,
// however old: what he adds, somebody in his place could have added.
func (a *Accounts) addedMailboxes(ctx context.Context, tx *db.Tx, person string) ([]mailbox, error) {
	scan := func(row db.Scanner) (m mailbox, err error) {
		err = row.Scan(&m.address)
		return m, err
	}
	boxes, err := db.All(ctx, tx, scan, selectToldEmails, person, tx.Now.Add(-Old))
	if err != nil {
		return nil, fmt.Errorf("accounts: added addresses: %w", err)
	}
	return boxes, nil
}

func oldEnough(since, now db.Time) bool { return since <= now.Add(-Old) }

func (a *Accounts) tell(ctx context.Context, tx *db.Tx, p Person, boxes []mailbox, n Notification) (told Told, err error) {
	if n.Object == "" {
		n.Object = db.NewID() // or pressing an older one would press this one too
	}
	for _, box := range boxes {
		id, err := a.tellOne(ctx, tx, p, box, n)
		if err != nil {
			return Told{}, fmt.Errorf("accounts: notify: %w", err)
		}
		told.Mails = append(told.Mails, id)
		if box.old {
			told.Old, told.OldAddress = append(told.Old, id), true
		}
	}
	return told, nil
}

func (a *Accounts) tellOne(ctx context.Context, tx *db.Tx, p Person, to mailbox, n Notification) (string, error) {
	m := mail.NoticeMail{To: to.address, Person: p.ID, What: n.What, At: tx.Now, Number: n.Number, Until: n.Until, AtDesk: n.AtDesk}
	if n.What == mail.ReplyArrived {
		return a.outbox.Enqueue(ctx, tx, mail.Notice(a.site(), m))
	}
	if to.onFile { // the others are told and open nothing (impostor 14)
		m.Next = n.Next
	}
	token := secret.NewToken()
	m.Link = a.disownLink(token)
	id, err := a.outbox.Enqueue(ctx, tx, mail.Notice(a.site(), m))
	if err != nil {
		return "", err
	}
	return id, a.addNotice(ctx, tx, token, p.ID, id, n)
}

func (a *Accounts) disownLink(token secret.Token) string {
	return a.site().Link("/bukan-saya/" + string(token))
}

// addNotice keeps what the "Bukan saya" link of one mail is about.
func (a *Accounts) addNotice(ctx context.Context, tx *db.Tx, token secret.Token, person, mailID string, n Notification) error {
	_, err := tx.Exec(ctx, insertNotice, db.NewID(), token.Hash(), person, kindOfNotice(n.What), n.What, n.What.Proven(),
		n.Object, n.Number, mailID, tx.Now, tx.Now.Add(mail.DisownChange))
	return err
}
