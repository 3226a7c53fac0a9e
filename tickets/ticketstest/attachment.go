package ticketstest

import (
	"bytes"
	"image"
	"image/jpeg"

	"pulih/tickets"
	"pulih/tickets/upload"
)

// Photo is a small picture as a phone takes it.
func Photo() []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 320, 200)), nil)
	return b.Bytes()
}

// Attach has the person send photos of documents.
func (s *Story) Attach(kinds ...tickets.ProofKind) error {
	s.Helper()
	var files []tickets.NewAttachment
	for _, k := range kinds {
		f, err := s.Desk.CleanUpload(s.Context(), upload.Raw{Name: "foto.jpg", Bytes: Photo()})
		if err != nil {
			s.Fatal(err)
		}
		files = append(files, tickets.NewAttachment{Kind: tickets.AttachmentKind(k), File: f})
	}
	return s.Desk.Attach(s.Context(), s.Number, s.Secret, files, Stranger)
}

// FirstFile is the oldest file that the request still holds, "" for none.
func (s *Story) FirstFile() string {
	for _, f := range s.Status().Files {
		return f.ID
	}
	return ""
}
