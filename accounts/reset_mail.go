package accounts

import (
	"context"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// mailCode makes the code and the link of a row that is due, and queues the
// mail with both. Former addresses hear of the attempt, without either.
func (a *Accounts) mailCode(ctx context.Context, tx *db.Tx, d due, p Person) error {
	code, link, disown := secret.NewCode(CodeLength), secret.NewToken(), secret.NewToken()
	until := tx.Now.Add(codeLife)
	asked := Notification{What: d.purpose.asked(), Object: d.reset}
	id, err := a.outbox.Enqueue(ctx, tx, mail.ResetCode(a.site(), mail.ResetCodeMail{To: p.Email, Person: p.ID, For: d.purpose.asked(), Code: code,
		Link: a.site().Link(d.purpose.Path() + "/kode/" + string(link)), Disown: a.disownLink(disown), Until: until}))
	if err == nil {
		err = tx.One(ctx, goLive, d.id, p.ID, a.codeHash(d.purpose, d.reset, code), a.linkHash(d.purpose, link), until, id)
	}
	if err == nil {
		err = a.addNotice(ctx, tx, disown, p.ID, id, asked)
	}
	if err != nil {
		return err
	}
	others, err := a.otherMailboxes(ctx, tx, p.ID)
	if err == nil {
		_, err = a.tell(ctx, tx, p, others, asked)
	}
	return err
}

// mailInstead makes no code and tells the owner why, where he is to know, at
// the address that was typed and is on file. Whose code it was is kept where
// only a budget stood in the way, for CodeFunnel.
func (a *Accounts) mailInstead(ctx context.Context, tx *db.Tx, d due, p Person, why string) error {
	owner, what := "", insteadOf[why]
	if why == overSpent || why == tooMany {
		owner = p.ID
	}
	if err := tx.One(ctx, voidCode, d.id, owner); err != nil || what == "" {
		return err
	}
	_, err := a.tell(ctx, tx, p, []mailbox{{address: p.Email, old: oldEnough(p.EmailSince, tx.Now)}}, Notification{What: what, Object: d.reset})
	return err
}

// A code is worth nothing outside its flow, nor for another purpose (RC-03,
// RC-08).
func (a *Accounts) codeHash(purpose ResetPurpose, reset string, c secret.Code) []byte {
	return a.keys.Sum("reset.code", string(purpose), reset, string(c))
}

func (a *Accounts) linkHash(purpose ResetPurpose, t secret.Token) []byte {
	return a.keys.Sum("reset.link", string(purpose), string(t))
}
