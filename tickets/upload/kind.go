package upload

import (
	"bytes"
	"mime"
	"path"
	"slices"
	"strings"
)

// endings are those of the names that each kind may have.
var endings = map[Kind][]string{
	JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
	PNG:  {".png"},
	WebP: {".webp"},
	PDF:  {".pdf"},
}

// check says what a file is by its first bytes, and that its name says the
// same (UP-02).
func check(raw Raw) (Kind, error) {
	kind := sniff(raw.Bytes)
	switch {
	case len(raw.Bytes) == 0:
		return "", ErrEmpty
	case len(raw.Bytes) > MaxBytes:
		return "", ErrLarge
	case kind == "":
		return "", ErrType
	case !agrees(kind, raw):
		return "", ErrEnding
	}
	return kind, nil
}

// sniff reads the kind from where it must stand: at the first byte.
func sniff(b []byte) Kind {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case len(b) > 16 && string(b[:4]) == "RIFF" && string(b[8:15]) == "WEBPVP8":
		return WebP
	case bytes.HasPrefix(b, []byte("%PDF-")):
		return PDF
	}
	return ""
}

// agrees holds the name's ending against the content. Some phones name a
// picture without one: then the type that the browser sends must fit.
func agrees(kind Kind, raw Raw) bool {
	if ending := strings.ToLower(path.Ext(raw.Name)); ending != "" {
		return slices.Contains(endings[kind], ending)
	}
	said, _, err := mime.ParseMediaType(raw.Type)
	return err == nil && Kind(said) == kind
}
