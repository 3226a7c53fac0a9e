package tickets

import (
	"context"
	"slices"
	"strings"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets/upload"
)

// AttachmentKind is what a person says that a file shows: a document of
// DocumentKinds, or one of those below.
type AttachmentKind string

// The kinds besides the documents.
const (
	OfficialLetter AttachmentKind = "surat"
	Screenshot     AttachmentKind = "layar"
	OtherPaper     AttachmentKind = "lain"
)

// AttachmentKinds lists them in the order of the form.
var AttachmentKinds = append(documentAttachments(), OfficialLetter, Screenshot, OtherPaper)

func documentAttachments() (kinds []AttachmentKind) {
	for _, k := range DocumentKinds {
		kinds = append(kinds, AttachmentKind(k))
	}
	return kinds
}

// Label names a kind on screen.
func (k AttachmentKind) Label() string {
	switch k {
	case OfficialLetter:
		return "Surat dinas"
	case Screenshot:
		return "Tangkapan layar"
	case OtherPaper:
		return "Dokumen lain"
	}
	return ProofKind(k).Label()
}

// Document is the document that a file shows, "" where it shows none.
func (k AttachmentKind) Document() ProofKind {
	if slices.Contains(DocumentKinds, ProofKind(k)) {
		return ProofKind(k)
	}
	return ""
}

// Attachment is a file of a request, without its content.
type Attachment struct {
	ID    string
	Kind  AttachmentKind
	Type  upload.Kind
	Size  int64 // bytes
	At    db.Time
	Ended db.Time // 0 while its content is kept
	Why   string  // how it ended; Indonesian
}

// NewAttachment is a file that a person sends, already cleaned.
type NewAttachment struct {
	Kind AttachmentKind
	File upload.File
}

// maxAttachments is how many files a request holds at once.
const maxAttachments = 12

// CleanUpload checks a file and makes of it what may be kept, outside any
// transaction. An *upload.Refusal says why not.
func (d *Desk) CleanUpload(ctx context.Context, raw upload.Raw) (upload.File, error) {
	return d.pictures.Clean(ctx, raw)
}

// Attach adds files to a request. While the desk waits for the person, they
// are his answer. ErrFiles.
func (d *Desk) Attach(ctx context.Context, number string, s secret.Code, files []NewAttachment, actor audit.Actor) error {
	sealed, err := d.sealFiles(files)
	if err != nil {
		return err
	}
	return d.byPerson(ctx, number, s, personStep(VerbAttach, actor), func(tx *db.Tx, p *passage) error {
		p.note, p.LastAt, p.LastFrom = labels(files), tx.Now, FromPerson
		return store(ctx, tx, holder{ticket: p.ID}, sealed)
	})
}

// Detach takes a file back and deletes its content at once. From checked to
// ready it voids the check, and always the items that were compared with it.
// ErrNoFile.
func (d *Desk) Detach(ctx context.Context, number string, s secret.Code, id string, actor audit.Actor) error {
	return d.byPerson(ctx, number, s, personStep(VerbDetach, actor), func(tx *db.Tx, p *passage) error {
		file, err := attachment(ctx, tx, p.ID, id)
		if err != nil {
			return err
		}
		p.note = file.Kind.Label()
		if _, err := tx.Exec(ctx, voidProofsOf, p.ID, file.ID, tx.Now); err != nil {
			return err
		}
		return end(ctx, tx, ending{file: file.ID, ticket: p.Ticket, why: endedByPerson, actor: p.actor})
	})
}

func labels(files []NewAttachment) string {
	var all []string
	for _, f := range files {
		all = append(all, f.Kind.Label())
	}
	return strings.Join(all, ", ")
}
