package tickets

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// How long a draft is kept: a day, so that a dropped line costs nothing; and
// half an hour without an act before it is locked, because the next person may
// sit at the same computer (impostor 25).
const (
	DraftLife  = 24 * time.Hour
	draftIdle  = 30 * time.Minute
	draftTries = 5
)

// Draft is a request that is being filled in. Its zero value is none.
type Draft struct {
	Answers map[string]string // by field; nil for none
	Gated   bool              // the gate was passed
	Files   []Attachment      // never shown again, only counted
	Locked  bool              // Resume opens it; nothing else is filled in then
}

// None tells whether there is no draft.
func (f Draft) None() bool { return f.Answers == nil && !f.Locked }

// draft is one as it is stored.
type draft struct {
	Draft
	id    string
	saved db.Time
	tries int64
}

// DraftOf reads the draft of the browser that holds token.
func (d *Desk) DraftOf(ctx context.Context, token secret.Token) (Draft, error) {
	var f draft
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		f, err = d.draft(ctx, tx, token)
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

// SaveDraft adds answers to a draft, and begins one where there is none. It
// returns the token that holds it from now on. What somebody types before he
// sends it is not audited.
func (d *Desk) SaveDraft(ctx context.Context, token secret.Token, answers map[string]string, gated bool) (secret.Token, error) {
	fresh, used := secret.NewToken(), token
	err := d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		if used = token; errors.Is(err, db.ErrNotFound) || err == nil && f.Locked {
			used = fresh
			return d.beginDraft(ctx, tx, fresh, draft{Draft: Draft{Answers: answers, Gated: gated}})
		}
		if err != nil {
			return err
		}
		maps.Copy(f.Answers, answers)
		return d.saveDraft(ctx, tx, f, gated)
	})
	return used, err
}

func (d *Desk) beginDraft(ctx context.Context, tx *db.Tx, token secret.Token, f draft) error {
	id := db.NewID()
	_, err := tx.Exec(ctx, insertDraft, id, token.Hash(), d.sealAnswers(id, f.Answers), f.Gated, tx.Now)
	return err
}

func (d *Desk) saveDraft(ctx context.Context, tx *db.Tx, f draft, gated bool) error {
	return tx.One(ctx, updateDraft, f.id, d.sealAnswers(f.id, f.Answers), f.Gated || gated, tx.Now)
}

// ResumeDraft opens a locked draft to who types the number that stands in it,
// without the files that were sent for it. Five wrong ones end it.
func (d *Desk) ResumeDraft(ctx context.Context, token secret.Token, nip secret.NIP, actor audit.Actor) (ok bool, err error) {
	err = d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		if err != nil || !f.Locked {
			ok = err == nil
			return err
		}
		if err := dropFiles(ctx, tx, f.id, actor); err != nil {
			return err
		}
		if ok = f.Answers["nip"] != "" && sameNIP(f.Answers["nip"], nip); ok {
			return d.saveDraft(ctx, tx, f, false)
		}
		if f.tries+1 >= draftTries {
			return tx.One(ctx, deleteDraft, f.id)
		}
		return tx.One(ctx, tryDraft, f.id, f.tries)
	})
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	return ok, err
}

// ForgetDraft deletes a draft with everything in it.
func (d *Desk) ForgetDraft(ctx context.Context, token secret.Token, actor audit.Actor) error {
	err := d.write(ctx, func(tx *db.Tx) error {
		f, err := d.draft(ctx, tx, token)
		if err != nil {
			return err
		}
		if err := dropFiles(ctx, tx, f.id, actor); err != nil {
			return err
		}
		return tx.One(ctx, deleteDraft, f.id)
	})
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}

// draft reads one that is not a day old. db.ErrNotFound.
func (d *Desk) draft(ctx context.Context, tx *db.Tx, token secret.Token) (f draft, err error) {
	if token == "" {
		return f, db.ErrNotFound
	}
	var sealed []byte
	err = tx.Row(ctx, selectDraft, token.Hash(), tx.Now.Add(-DraftLife)).Scan(&f.id, &sealed, &f.Gated, &f.tries, &f.saved)
	if err != nil {
		return f, err
	}
	plain, err := d.keys.Open(draftPlace(f.id), sealed)
	if err == nil {
		err = json.Unmarshal(plain, &f.Answers)
	}
	if err != nil {
		return f, err
	}
	f.Locked = tx.Now.Sub(f.saved) >= draftIdle
	f.Files, err = db.All(ctx, tx, scanAttachment, selectDraftFiles, f.id)
	return f, err
}

func (d *Desk) sealAnswers(id string, answers map[string]string) []byte {
	plain, _ := json.Marshal(answers) // a map of strings has no other form
	return d.keys.Seal(draftPlace(id), plain)
}

func draftPlace(id string) string { return "drafts|answers|" + id }

// adopt hands the files of a draft to the request that it became, and ends
// the draft: it is sent once. ErrNoDraft.
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
	if _, err := tx.Exec(ctx, adoptFiles, f.id, ticket); err != nil {
		return err
	}
	return tx.One(ctx, deleteDraft, f.id)
}

// PruneDrafts deletes drafts of yesterday, and the files of those that lie
// idle. The app runs it each minute.
func (d *Desk) PruneDrafts(ctx context.Context) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		idle, err := db.All(ctx, tx, scanID, selectIdleFiles, tx.Now.Add(-draftIdle))
		for _, id := range idle {
			err = errors.Join(err, dropFiles(ctx, tx, id, audit.Actor{Kind: audit.Clock}))
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, deleteDrafts, tx.Now.Add(-DraftLife))
		return err
	})
}

// dropFiles deletes the files of a draft, rows and all: there is no request
// yet that could tell of them.
func dropFiles(ctx context.Context, tx *db.Tx, draft string, actor audit.Actor) error {
	if _, err := tx.Exec(ctx, deleteDraftContents, draft); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, deleteDraftFiles, draft)
	if err != nil || n == 0 {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AttachmentEnded, Object: draft, Result: "draf"})
}
