package tickets

import (
	"context"
	"errors"
	"maps"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// How long a draft is kept: a day, so that a dropped line costs nothing. It is
// locked half an hour after the last act, because the next person may sit at
// the same computer (impostor 25), and in any case two hours after its number
// was typed, because whoever copied the token could act for ever.
const (
	DraftLife  = 24 * time.Hour
	draftIdle  = 30 * time.Minute
	draftOpen  = 2 * time.Hour
	draftTries = 5
)

// Draft is a request that is being filled in. Its zero value is none.
type Draft struct {
	Answers map[string]string // by field; nil for none
	Named   bool              // the number that it is about was typed
	Gated   bool              // the gate was passed by who holds it
	Files   []Attachment      // never shown again, only counted
	Locked  bool              // ResumeDraft opens it; nothing else is filled in then
}

// None tells whether there is no draft.
func (f Draft) None() bool { return f.Answers == nil && !f.Locked }

// Open tells whether it may be filled in.
func (f Draft) Open() bool { return f.Answers != nil && !f.Locked }

// DraftOf reads the draft of the browser that holds token.
func (d *Desk) DraftOf(ctx context.Context, token secret.Token) (Draft, error) {
	var f draft
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		if f, err = d.draft(ctx, tx, token); err == nil {
			f.Files, err = db.All(ctx, tx, scanAttachment, selectDraftFiles, f.id)
		}
		return err
	})
	if errors.Is(err, db.ErrNotFound) {
		return Draft{}, nil
	}
	if f.Locked {
		return Draft{Locked: true}, err
	}
	return f.Draft, err
}

// SaveDraft adds answers to a draft, and begins one where there is none that
// is open. It returns the token that holds it from now on. What somebody
// types before he sends it is not audited.
//
// Until its number is typed a draft is never changed, only copied under a new
// token: who left his in the browser of the next person learns nothing by it,
// and a line that breaks before the new one arrives costs one page. Of a
// draft whose number changes nothing is copied.
func (d *Desk) SaveDraft(ctx context.Context, token secret.Token, answers map[string]string, actor audit.Actor) (used secret.Token, err error) {
	err = d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		switch {
		case errors.Is(err, db.ErrNotFound), err == nil && f.Locked:
			used, err = d.beginDraft(ctx, tx, answers, "")
		case err != nil:
		case !f.Named:
			used, err = d.copyDraft(ctx, tx, f, answers)
		case f.another(answers):
			if err = endDraft(ctx, tx, f, actor); err == nil {
				used, err = d.beginDraft(ctx, tx, answers, "")
			}
		default:
			used, err = token, d.saveDraft(ctx, tx, f, answers)
		}
		return err
	})
	return used, err
}

// copyDraft leaves a draft as it is until the token of its copy was used.
func (d *Desk) copyDraft(ctx context.Context, tx *db.Tx, f draft, answers map[string]string) (secret.Token, error) {
	if _, err := tx.Exec(ctx, deleteOriginal, f.copyOf); err != nil {
		return "", err
	}
	return d.beginDraft(ctx, tx, f.with(answers), f.id)
}

func (d *Desk) beginDraft(ctx context.Context, tx *db.Tx, answers map[string]string, copyOf string) (secret.Token, error) {
	id, token := db.NewID(), secret.NewToken()
	sealed := d.sealDraft(id, draftContent{Answers: answers, NIP: draftNIP(answers)})
	_, err := tx.Exec(ctx, insertDraft, id, copyOf, token.Hash(), sealed, tx.Now)
	return token, err
}

// saveDraft keeps answers in an open draft, which ends the token before this
// one: this one has arrived.
func (d *Desk) saveDraft(ctx context.Context, tx *db.Tx, f draft, answers map[string]string) error {
	sealed := d.sealDraft(f.id, draftContent{Answers: f.with(answers), NIP: f.nip})
	if err := tx.One(ctx, updateDraft, f.id, f.hash, sealed, tx.Now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, deleteOriginal, f.copyOf)
	return err
}

// with is the answers of a draft after some were typed anew.
func (f draft) with(answers map[string]string) map[string]string {
	all := maps.Clone(f.Answers)
	maps.Copy(all, answers)
	return all
}

// another tells whether answers name another number than the draft is about.
func (f draft) another(answers map[string]string) bool {
	typed := draftNIP(answers)
	return typed != "" && typed != f.nip
}

// draftNIP is the number in answers, "" where none can be one.
func draftNIP(answers map[string]string) string {
	nip, _, err := accounts.ParseNIP(answers["nip"])
	if err != nil {
		return ""
	}
	return string(nip)
}
