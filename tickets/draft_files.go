package tickets

import (
	"context"
	"errors"
	"strconv"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// AttachToDraft keeps files for a request that is not sent yet, once the gate
// was passed (UP-05), and gives the draft its next token: files go with what
// the browser sends that sent them. They can be taken back and counted, and
// read by nobody before. ErrNoDraft, ErrFiles.
func (d *Desk) AttachToDraft(ctx context.Context, token secret.Token, files []NewAttachment, actor audit.Actor) (next secret.Token, err error) {
	sealed, err := d.sealFiles(files)
	if err != nil {
		return "", err
	}
	err = d.onDraft(ctx, token, func(tx *db.Tx, f draft) error {
		if !f.Gated {
			return ErrNoDraft
		}
		if next, err = nextToken(ctx, tx, f); err != nil {
			return err
		}
		if err := store(ctx, tx, holder{draft: f.id}, sealed); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.DraftAttached, Object: f.id,
			Detail: map[string]string{"files": strconv.Itoa(len(files))}})
	})
	return next, err
}

// DetachFromDraft takes one of them back. ErrNoDraft, ErrNoFile.
func (d *Desk) DetachFromDraft(ctx context.Context, token secret.Token, id string, actor audit.Actor) error {
	return d.onDraft(ctx, token, func(tx *db.Tx, f draft) error {
		if err := d.saveDraft(ctx, tx, f, nil); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, deleteDraftContent, id, f.id)
		if err == nil && n == 0 {
			return ErrNoFile
		}
		if err != nil {
			return err
		}
		if err := tx.One(ctx, deleteDraftFile, id, f.id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AttachmentEnded, Object: f.id, Result: endedByPerson})
	})
}

// onDraft changes a draft that is open. change first writes its row, by which
// it is held against every other tab. ErrNoDraft.
func (d *Desk) onDraft(ctx context.Context, token secret.Token, change func(*db.Tx, draft) error) error {
	return d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		if errors.Is(err, db.ErrNotFound) || err == nil && f.Locked {
			return ErrNoDraft
		}
		if err != nil {
			return err
		}
		return change(tx, f)
	})
}
