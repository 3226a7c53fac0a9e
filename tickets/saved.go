package tickets

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// What is refused of texts to people.
var (
	ErrLink        = &Refusal{"a link to a host that is not listed", "Tautan hanya boleh ke alamat layanan ini dan portal. Beri spasi setelah titik."}
	ErrPlaceholder = &Refusal{"no such placeholder", "Kata dalam kurung kurawal tidak dikenal."}
	ErrTitle       = &Refusal{"the title is taken", "Judul ini sudah dipakai balasan lain."}
	ErrNoSaved     = &Refusal{"no such saved reply", "Balasan siap pakai ini sudah tidak ada."}
)

// SavedReply is a text that an agency keeps for its replies. Version is for
// changing it.
type SavedReply struct {
	ID, Title, Text string
	Version         int64
	ChangedAt       db.Time
	ChangedName     string
}

// Placeholders are the words in braces that a saved reply may hold.
var Placeholders = []string{"{nama}", "{nomor}", "{opd}", "{batas}", "{petugas}", "{instansi}"}

// Fill puts what belongs to a ticket in place of the placeholders. Before the
// check the name and the unit are those that were typed (impostor 22), and the
// due time is the one on the person's page.
func (r SavedReply) Fill(t Ticket, by By, p Promise) string {
	return strings.NewReplacer("{nama}", t.Name, "{nomor}", t.Number, "{opd}", t.Unit, "{batas}", p.String(),
		"{petugas}", by.Staff.Name, "{instansi}", t.Agency).Replace(r.Text)
}

// ForMany tells whether the text says nothing that belongs to one request, so
// that many people can read the same.
func (r SavedReply) ForMany() bool {
	return !strings.Contains(strings.NewReplacer("{petugas}", "", "{instansi}", "").Replace(r.Text), "{")
}

// SavedReplies are those of his agency, by title.
func (d *Desk) SavedReplies(ctx context.Context, by By) (all []SavedReply, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanSaved, selectSavedReplies, by.Staff.Agency)
		return err
	})
	return all, err
}

// SavedReply is one of his agency. ErrNoSaved.
func (d *Desk) SavedReply(ctx context.Context, by By, id string) (r SavedReply, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err = savedReply(ctx, tx, by, id)
		return err
	})
	return r, err
}

func savedReply(ctx context.Context, tx *db.Tx, by By, id string) (SavedReply, error) {
	r, err := scanSaved(tx.Row(ctx, selectSavedReply, id, by.Staff.Agency))
	if errors.Is(err, db.ErrNotFound) {
		return r, ErrNoSaved
	}
	return r, err
}

// SaveReply keeps a text, a new one where it has no id. Every agent of the
// agency will send it, so a supervisor writes it. ErrRole, ErrMissing,
// ErrLink, ErrAsksSecret, ErrPlaceholder, ErrTitle, ErrNoSaved.
func (d *Desk) SaveReply(ctx context.Context, by By, r SavedReply) error {
	if !by.Staff.Has(accounts.Supervisor) {
		return ErrRole
	}
	if err := d.TidyReply(&r); err != nil {
		return err
	}
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if r.ID == "" {
			r.ID = db.NewID()
			_, err := tx.Exec(ctx, insertSavedReply, r.ID, by.Staff.Agency, r.Title, r.Text, tx.Now, by.Staff.ID, by.Staff.Name)
			return errors.Join(err, d.savedAudit(ctx, tx, by, audit.ReplySaved, r))
		}
		if _, err := savedReply(ctx, tx, by, r.ID); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, updateSavedReply, r.ID, by.Staff.Agency, r.Version, r.Title, r.Text, tx.Now, by.Staff.ID, by.Staff.Name)
		if err == nil && n != 1 {
			err = ErrChanged
		}
		return errors.Join(err, d.savedAudit(ctx, tx, by, audit.ReplySaved, r))
	})
	if errors.Is(err, db.ErrConflict) {
		return ErrTitle
	}
	return err
}

// EndReply takes a text away. ErrRole, ErrNoSaved.
func (d *Desk) EndReply(ctx context.Context, by By, id string) error {
	if !by.Staff.Has(accounts.Supervisor) {
		return ErrRole
	}
	return d.db.Write(ctx, func(tx *db.Tx) error {
		r, err := savedReply(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := tx.One(ctx, endSavedReply, id, by.Staff.Agency, tx.Now); err != nil {
			return err
		}
		return d.savedAudit(ctx, tx, by, audit.ReplyEnded, r)
	})
}

func (d *Desk) savedAudit(ctx context.Context, tx *db.Tx, by By, what audit.Action, r SavedReply) error {
	return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: what, Object: r.ID,
		Detail: map[string]string{"title": r.Title, "text": r.Text}})
}

// TidyReply trims a text, and refuses one that could not be sent as it is.
// ErrMissing, ErrPlaceholder, ErrLink, ErrAsksSecret.
func (d *Desk) TidyReply(r *SavedReply) error {
	r.Title, r.Text = strings.TrimSpace(r.Title), strings.TrimSpace(r.Text)
	rest := r.Text
	for _, p := range Placeholders {
		rest = strings.ReplaceAll(rest, p, "")
	}
	switch {
	case r.Title == "" || r.Text == "" || utf8.RuneCountInString(r.Title) > 80 || utf8.RuneCountInString(r.Text) > 2000:
		return ErrMissing
	case strings.ContainsAny(rest, "{}"):
		return ErrPlaceholder
	}
	return d.sendable(rest)
}
