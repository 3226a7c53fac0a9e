package upload

import "bytes"

// A PDF is kept as it came or not at all: a decree carries an electronic
// signature that any change would break. It is never drawn here and reaches
// staff as an attachment only (UP-06), and one that can act is refused.

// acting are the names by which a PDF runs, starts, sends or hides something,
// or cannot be looked into.
var acting = []string{"JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm", "ImportData",
	"GoToE", "GoToR", "GoTo3DView", "Rendition", "Movie", "Sound", "SetOCGState", "Encrypt"}

// script is looked for among objects only: two letters turn up in the bytes
// of a picture by chance.
const script = "JS"

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
	packed, err := objectStreams(b)
	if err != nil {
		return err
	}
	return newUnpacker(b, packed).all()
}

// objectStreams reads the dictionary behind every "obj" and tells which
// streams, by where their bytes begin, hold objects. Those may be packed in
// the one usual way, by which the unpacker sees what a reader sees.
func objectStreams(b []byte) (map[int]bool, error) {
	found, room := map[int]bool{}, 4*len(b)
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("obj"))
		if i < 0 {
			return found, nil
		}
		at += i + len("obj")
		l := lexer{b: b, at: at}
		d := l.dictionary()
		if room -= l.at - at; room < 0 || d.has(script) || l.stream && d.holdsObjects() && !d.plain() {
			return nil, ErrActive
		}
		if l.stream && d.holdsObjects() {
			found[l.at] = true
		}
	}
}

// holdsObjects goes by the type, or by what a reader needs who does not look
// at that.
func (d dictionary) holdsObjects() bool { return d.has("ObjStm") || d.has("First") && d.has("N") }

// plain tells whether a stream is packed by one filter, said in its
// dictionary itself, and by nothing else.
func (d dictionary) plain() bool {
	if d.count("Filter") != 1 || d.has("DecodeParms") || d.has("DP") || d.has("F") {
		return false
	}
	after := d[d.find("Filter")+1:]
	return after.starts("/FlateDecode") || after.starts("[", "/FlateDecode", "]")
}
