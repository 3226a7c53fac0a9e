package tickets

import (
	"context"
	"errors"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// ForgetDraft deletes a draft with everything in it. A token that was replaced
// only forgets where it led.
func (d *Desk) ForgetDraft(ctx context.Context, token secret.Token, actor audit.Actor) error {
	err := d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		if err != nil || f.replaced {
			return err
		}
		return endDraft(ctx, tx, f, actor)
	})
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}

// adopt hands the files of a draft to the request that it became, and ends
// the draft: it is sent once. The draft goes first, so that a file from
// another window is either here already or is refused. ErrNoDraft.
func (d *Desk) adopt(ctx context.Context, tx *db.Tx, token secret.Token, ticket string) error {
	if token == "" {
		return nil
	}
	f, err := d.draft(ctx, tx, token)
	if errors.Is(err, db.ErrNotFound) || err == nil && f.Locked {
		return ErrNoDraft
	}
	if err != nil {
		return err
	}
	if err := deleteHeld(ctx, tx, f); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, adoptFiles, f.id, ticket)
	return err
}

// endDraft deletes a draft that is still held by who was read, and its files.
func endDraft(ctx context.Context, tx *db.Tx, f draft, actor audit.Actor) error {
	if err := deleteHeld(ctx, tx, f); err != nil {
		return err
	}
	_, err := dropFiles(ctx, tx, f.id, actor)
	return err
}

func deleteHeld(ctx context.Context, tx *db.Tx, f draft) error {
	if err := tx.One(ctx, deleteDraft, f.id, f.hash); err != nil || f.copyOf == "" {
		return err
	}
	_, err := tx.Exec(ctx, deleteOriginal, f.copyOf)
	return err
}

// dropFiles deletes the files of a draft, rows and all, and says how many:
// there is no request yet that could tell of them.
func dropFiles(ctx context.Context, tx *db.Tx, draft string, actor audit.Actor) (int, error) {
	if _, err := tx.Exec(ctx, lockDraft, draft); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, deleteDraftContents, draft); err != nil {
		return 0, err
	}
	n, err := tx.Exec(ctx, deleteDraftFiles, draft)
	if err != nil || n == 0 {
		return 0, err
	}
	return int(n), audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AttachmentEnded, Object: draft, Result: "draf"})
}
