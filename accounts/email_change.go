package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// EmailChange gives a person another address on file. Object is what its
// notices are about and Number the request's, for the mail.
type EmailChange struct {
	Person string
	To     secret.Email
	Object string
	Number string
}

// ChangeEmail puts another address on file. It is no evidence for 30 days,
// the one before hears of everything for as long, and what was mailed there
// ends (impostor 5). Where it is on file already, nothing changes: that is
// told to nobody.
func (a *Accounts) ChangeEmail(ctx context.Context, tx *db.Tx, c EmailChange, actor audit.Actor) error {
	if err := tx.One(ctx, lockAccount, c.Person); err != nil {
		return fmt.Errorf("accounts: change email: %w", err)
	}
	p, err := a.Person(ctx, tx, c.Person)
	if err != nil || sameAddress(string(p.Email), string(c.To)) {
		return err
	}
	if err := a.replaceEmail(ctx, tx, p, c.To); err != nil {
		return fmt.Errorf("accounts: change email: %w", err)
	}
	p.Email, p.EmailSince = c.To, tx.Now
	_, err = a.Notify(ctx, tx, p, Notification{What: mail.EmailChanged, Object: c.Object, Number: c.Number})
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.EmailChanged, Person: p.ID, Object: c.Object})
}

func (a *Accounts) replaceEmail(ctx context.Context, tx *db.Tx, p Person, to secret.Email) error {
	if err := tx.One(ctx, updateEmail, p.ID, to, tx.Now, p.Email); err != nil {
		return err
	}
	if p.Email != "" {
		_, err := tx.Exec(ctx, insertFormerEmail, db.NewID(), p.ID, p.Email, p.EmailSince, tx.Now.Add(Old))
		if err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, dropProposals, p.ID, "email", tx.Now); err != nil {
		return err
	}
	return a.endResets(ctx, tx, p.ID)
}

// MailEmailCode mails the code that proves an address which is to be on file.
func (a *Accounts) MailEmailCode(ctx context.Context, tx *db.Tx, to secret.Email, person string, code secret.Code, until db.Time) error {
	_, err := a.outbox.Enqueue(ctx, tx, mail.NewEmailCode(a.site(), to, person, code, until))
	return err
}

// UndoEmail does for an address what "Bukan saya" on its own notice does. For
// who presses the notice of the request after the address was changed, at at.
func (a *Accounts) UndoEmail(ctx context.Context, tx *db.Tx, person, object, number string, at db.Time, actor audit.Actor) (Undone, error) {
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return Undone{}, err
	}
	u := Undone{Email: p.Email != "" && p.EmailSince == at}
	return u, a.undo(ctx, tx, Notice{Person: person, Kind: Change, What: mail.EmailChanged, Object: object,
		Number: number, At: at, Undoes: u}, actor)
}
