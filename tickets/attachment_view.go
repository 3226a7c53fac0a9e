package tickets

import (
	"context"

	"pulih/audit"
	"pulih/db"
	"pulih/tickets/upload"
)

// Shown is a file as a member of staff gets it.
type Shown struct {
	Attachment
	Name  string // to save it under; it names the purpose
	Bytes []byte
}

// ShowAttachment opens a file for staff of the request's agency: a picture
// with the watermark (UP-04), a PDF as it is, with nothing but its name to say
// what it is for. That he looked is audited. ErrNoTicket, ErrOneself, ErrNoFile.
func (d *Desk) ShowAttachment(ctx context.Context, by By, number, id string) (Shown, error) {
	s, plain, err := d.openAttachment(ctx, by, number, id)
	if err != nil {
		return Shown{}, err
	}
	s.Name = "hanya-untuk-pemulihan-akun-" + number + ".pdf"
	if s.Bytes = plain; s.Type == upload.PDF {
		return s, nil
	}
	s.Name = "hanya-untuk-pemulihan-akun-" + number + ".jpg"
	s.Bytes, err = d.pictures.Mark(ctx, plain, d.Watermark(number))
	return s, err
}

// Watermark names purpose, day and request on whatever staff see of a file.
func (d *Desk) Watermark(number string) string {
	return "HANYA UNTUK PEMULIHAN AKUN · " + d.db.Now().Date(d.zone) + " · " + number
}

// openAttachment decrypts a file, after the audit row that tells of it is
// written.
func (d *Desk) openAttachment(ctx context.Context, by By, number, id string) (s Shown, plain []byte, err error) {
	var key, sealed []byte
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		if err != nil {
			return err
		}
		if s.Attachment, err = attachment(ctx, tx, r.ID, id); err != nil {
			return err
		}
		if err := tx.Row(ctx, selectContent, id).Scan(&key, &sealed); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.AttachmentRead, Person: r.Person, Object: r.ID,
			Detail: map[string]string{"number": r.Number, "file": id}})
	})
	if err != nil {
		return s, nil, err
	}
	plain, err = d.keys.OpenFile(attachmentPlace(id), key, sealed)
	return s, plain, err
}
