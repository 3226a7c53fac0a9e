package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Notice is what somebody was told, as its "Bukan saya" page shows it.
type Notice struct {
	Person   string
	Kind     NoticeKind
	What     mail.What
	Object   string
	Number   string
	At       db.Time
	Disowned bool
	Undoes   Undone // what its button suspends

	disownedAt db.Time
}

// Notice shows what a "Bukan saya" link is about. It changes nothing: mail
// scanners open links (NO-04). ErrNoNotice.
func (a *Accounts) Notice(ctx context.Context, token secret.Token) (n Notice, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		n, err = a.notice(ctx, tx, token)
		return err
	})
	return n, err
}

func (a *Accounts) notice(ctx context.Context, tx *db.Tx, token secret.Token) (Notice, error) {
	n, err := scanNotice(tx.Row(ctx, selectNotice, token.Hash(), tx.Now))
	if errors.Is(err, db.ErrNotFound) {
		return Notice{}, ErrNoNotice
	}
	if err != nil {
		return Notice{}, fmt.Errorf("accounts: notice: %w", err)
	}
	n.Disowned = n.disownedAt != 0
	n.Undoes, err = a.undoes(ctx, tx, n)
	return n, err
}
