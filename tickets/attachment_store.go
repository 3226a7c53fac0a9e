package tickets

import (
	"context"
	"slices"

	"pulih/db"
)

// sealedFile is a file as it is stored.
type sealedFile struct {
	Attachment
	key, content []byte
}

// holder is what files belong to: a request, or the draft of one.
type holder struct{ ticket, draft string }

// sealFiles encrypts files before a transaction begins. ErrMissing for a kind
// that is none of ours.
func (d *Desk) sealFiles(files []NewAttachment) ([]sealedFile, error) {
	var all []sealedFile
	for _, f := range files {
		if !slices.Contains(AttachmentKinds, f.Kind) || len(f.File.Bytes) == 0 {
			return nil, ErrMissing
		}
		s := sealedFile{Attachment: Attachment{ID: db.NewID(), Kind: f.Kind, Type: f.File.Kind, Size: int64(len(f.File.Bytes))}}
		s.key, s.content = d.keys.SealFile(attachmentPlace(s.ID), f.File.Bytes)
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, ErrMissing
	}
	return all, nil
}

// attachmentPlace binds a file's key and content to its row (TV-12).
func attachmentPlace(id string) string { return "attachments|key|" + id }

// store writes files, if there is room for them.
func store(ctx context.Context, tx *db.Tx, h holder, files []sealedFile) error {
	var n int
	if err := tx.Row(ctx, countAttachments, h.ticket, h.draft).Scan(&n); err != nil {
		return err
	}
	if n+len(files) > maxAttachments {
		return ErrFiles
	}
	for _, f := range files {
		if _, err := tx.Exec(ctx, insertAttachment, f.ID, h.ticket, h.draft, f.Kind, f.Type, f.Size, f.key, tx.Now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertContent, f.ID, f.content); err != nil {
			return err
		}
	}
	return nil
}
