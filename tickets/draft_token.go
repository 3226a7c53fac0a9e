package tickets

import (
	"context"
	"errors"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// A draft gets a new token when it passes the gate, when it takes files and
// when it is opened again: who copied the one before, at a computer that many
// use, neither reads what follows nor sends it (impostor 9, 25).
//
// On a slow line the answer with the new token may never arrive. So the one
// before it opens, until the new one is used, the page that asks for the
// number, as after a pause: the person types his NIP, keeps his answers and
// sends his files again. Nothing else opens with it: a time of grace would be
// one for the copy as well.

// GateDraft says that the gate was passed, and gives a draft its next token.
// A send belongs to that one. ErrNoDraft for one that is nobody's yet.
func (d *Desk) GateDraft(ctx context.Context, token secret.Token) (next secret.Token, err error) {
	err = d.onDraft(ctx, token, func(tx *db.Tx, f draft) error {
		if !f.Named {
			return ErrNoDraft
		}
		next, err = nextToken(ctx, tx, f)
		return err
	})
	return next, err
}

// nextToken replaces the token of a draft that passed the gate.
func nextToken(ctx context.Context, tx *db.Tx, f draft) (secret.Token, error) {
	next := secret.NewToken()
	if err := tx.One(ctx, reissueDraft, f.id, f.hash, next.Hash(), tx.Now); err != nil {
		return "", err
	}
	_, err := tx.Exec(ctx, deleteOriginal, f.copyOf)
	return next, err
}

// ResumeDraft opens a locked draft to who types the number that it is about,
// without the files that were sent for it and before the gate, and gives it
// its next token; "" for a wrong number. Five wrong ones end it.
func (d *Desk) ResumeDraft(ctx context.Context, token secret.Token, nip secret.NIP, actor audit.Actor) (next secret.Token, err error) {
	err = d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		if next = ""; err != nil {
			return err
		}
		if !f.Locked {
			next = token
			return nil
		}
		next, err = resume(ctx, tx, f, resumption{token, nip, actor})
		return err
	})
	if errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return next, err
}

// resumption is a try to open a locked draft.
type resumption struct {
	token secret.Token
	nip   secret.NIP
	actor audit.Actor
}

// resume takes the try before it looks, so that no two at once count as one.
// A wrong one is a result: an error would give the try back.
func resume(ctx context.Context, tx *db.Tx, f draft, r resumption) (secret.Token, error) {
	var tries int
	if err := tx.Row(ctx, tryDraft, f.id, draftTries).Scan(&tries); err != nil {
		return "", err
	}
	if f.nip != draftNIP(map[string]string{"nip": string(r.nip)}) {
		return "", spentTry(ctx, tx, f, tries, r.actor)
	}
	if _, err := dropFiles(ctx, tx, f.id, r.actor); err != nil {
		return "", err
	}
	next := secret.NewToken()
	return next, tx.One(ctx, resumeDraft, f.id, r.token.Hash(), next.Hash(), tx.Now)
}

// spentTry ends what the last wrong number was typed for: the draft, or only
// the token that was replaced.
func spentTry(ctx context.Context, tx *db.Tx, f draft, tries int, actor audit.Actor) error {
	switch {
	case tries < draftTries:
		return nil
	case f.replaced:
		return tx.One(ctx, forgetToken, f.id)
	}
	return endDraft(ctx, tx, f, actor)
}
