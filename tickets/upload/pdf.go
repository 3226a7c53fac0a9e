package upload

import (
	"bytes"
	"compress/zlib"
	"io"
	"slices"
)

// A PDF is kept as it came or not at all: a decree carries an electronic
// signature that any change would break. It is never drawn here and reaches
// staff as an attachment only (UP-06), and one that can act is refused.

// acting are the names by which a PDF runs, starts, sends or hides something,
// or cannot be looked into.
var acting = []string{"JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm", "ImportData",
	"GoToE", "GoToR", "GoTo3DView", "Rendition", "Movie", "Sound", "SetOCGState", "Encrypt"}

// odd are the filters that objects are packed with only to hide them.
var odd = []string{"ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "Crypt"}

// maxObjects is what the packed objects of a PDF may unpack to, in bytes.
const maxObjects = 16 << 20

// passive refuses a PDF that acts, or that is something else besides.
func passive(b []byte) error {
	end := bytes.LastIndex(b, []byte("%%EOF"))
	switch {
	case end < 0:
		return ErrDamaged
	case len(bytes.Trim(b[end+len("%%EOF"):], "\r\n\t \x00")) > 0:
		return ErrDamaged // something else begins behind it
	case names(b, acting...):
		return ErrActive
	}
	return packed(b)
}

// packed looks into the object streams, where names may hide compressed.
func packed(b []byte) error {
	room := int64(maxObjects)
	for {
		before, rest, found := bytes.Cut(b, []byte("stream"))
		if !found {
			return nil
		}
		if b = rest; !holdsObjects(before) {
			continue
		}
		objects, err := inflate(bytes.TrimLeft(rest, "\r\n"), room)
		if err != nil || names(before, odd...) || names(objects, acting...) {
			return ErrActive
		}
		room -= int64(len(objects))
	}
}

// holdsObjects tells whether what stands before a stream makes it one of
// objects: by its type, or by what a reader needs who does not look at that.
func holdsObjects(before []byte) bool {
	dictionary := before[bytes.LastIndex(before, []byte("obj"))+1:]
	return names(before, "ObjStm") || names(dictionary, "First") && names(dictionary, "N")
}

// inflate unpacks as much as there is room for. A bomb is one object too many.
func inflate(b []byte, room int64) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // it reads from memory
	plain, err := io.ReadAll(io.LimitReader(r, room+1))
	if int64(len(plain)) > room {
		return nil, ErrActive
	}
	return plain, err
}

// names tells whether one of the names stands in b, written "/JavaScript" or
// "/J#61vaScript".
func names(b []byte, wanted ...string) bool {
	for at := range b {
		if b[at] == '/' && slices.Contains(wanted, name(b[at+1:])) {
			return true
		}
	}
	return false
}

// name reads a PDF name up to its delimiter. None of ours is longer than 32.
func name(b []byte) string {
	var text []byte
	for i := 0; i < len(b) && len(text) < 32 && !bytes.ContainsRune([]byte("\x00\t\n\f\r ()<>[]{}/%"), rune(b[i])); i++ {
		if b[i] == '#' && i+2 < len(b) && isHex(b[i+1]) && isHex(b[i+2]) {
			text = append(text, unhex(b[i+1])<<4|unhex(b[i+2]))
			i += 2
			continue
		}
		text = append(text, b[i])
	}
	return string(text)
}

func isHex(c byte) bool { return bytes.IndexByte([]byte("0123456789abcdefABCDEF"), c) >= 0 }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
