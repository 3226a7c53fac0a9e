package tickets

import (
	"bytes"
	"context"
	"encoding/json"

	"pulih/db"
	"pulih/secret"
)

// draft is one as it is stored.
type draft struct {
	Draft
	id, nip       string
	copyOf        string // the draft without a number that it was copied from
	hash          []byte // of the token that holds it
	replaced      bool   // the token of who asks was, by another
	opened, saved db.Time
}

// draftContent is what is sealed. NIP is the number that the draft is about,
// whatever is typed over it and mistyped.
type draftContent struct {
	Answers map[string]string
	NIP     string
}

// draft reads one that is not a day old. A token that was replaced finds it
// locked. One that nobody's number can open is none. db.ErrNotFound.
func (d *Desk) draft(ctx context.Context, tx *db.Tx, token secret.Token) (f draft, err error) {
	if token == "" {
		return f, db.ErrNotFound
	}
	var sealed []byte
	err = tx.Row(ctx, selectDraft, token.Hash(), tx.Now.Add(-DraftLife)).Scan(&f.id, &f.copyOf, &f.hash, &sealed, &f.Gated, &f.opened, &f.saved)
	if err != nil {
		return draft{}, err
	}
	if err := d.openDraft(&f, sealed); err != nil {
		return f, err
	}
	f.replaced = !bytes.Equal(f.hash, token.Hash())
	f.Locked = f.replaced || tx.Now.Sub(f.saved) >= draftIdle || tx.Now.Sub(f.opened) >= draftOpen
	if f.Locked && !f.Named {
		return draft{}, db.ErrNotFound
	}
	return f, nil
}

func (d *Desk) openDraft(f *draft, sealed []byte) error {
	plain, err := d.keys.Open(draftPlace(f.id), sealed)
	if err != nil {
		return err
	}
	var content draftContent
	err = json.Unmarshal(plain, &content)
	f.Answers, f.nip, f.Named = content.Answers, content.NIP, content.NIP != ""
	return err
}

func (d *Desk) sealDraft(id string, content draftContent) []byte {
	plain, _ := json.Marshal(content) // texts have no other form
	return d.keys.Seal(draftPlace(id), plain)
}

func draftPlace(id string) string { return "drafts|answers|" + id }
