package upload

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"io"
	"strings"
)

const (
	// maxStreams is how many compressed streams a PDF may have.
	maxStreams = 5000
	// maxObjects is what packed objects may unpack to, and maxUnpacked what is
	// unpacked to see whether there are any; in bytes, of all streams.
	maxObjects  = 16 << 20
	maxUnpacked = 32 << 20
)

// unpacker looks into every compressed stream of a PDF: what its dictionary
// says is not believed, because a reader may see another one.
type unpacker struct {
	b       []byte
	packed  map[int]bool // streams that are said to hold objects
	line    int          // where the next line begins
	streams int
	objects int64 // bytes left
	plain   *bufio.Reader
	limit   *io.LimitedReader // under plain; bytes left
	zlib    io.ReadCloser
}

func newUnpacker(b []byte, packed map[int]bool) *unpacker {
	limit := &io.LimitedReader{N: maxUnpacked}
	return &unpacker{b: b, packed: packed, objects: maxObjects, limit: limit, plain: bufio.NewReaderSize(limit, 512)}
}

// all looks behind each "stream". Its bytes begin there or, for a reader who
// forgives what stands on that line, on the next.
func (u *unpacker) all() error {
	for at := 0; ; {
		i := bytes.Index(u.b[at:], []byte("stream"))
		if i < 0 {
			return nil
		}
		at += i + len("stream")
		if u.line <= at {
			u.line = at + behind(u.b[at:], "\r\n")
		}
		odd := len(bytes.Trim(u.b[at:u.line], blanks)) > 0
		if !u.look(u.b[at:], u.packed[at]) || odd && !u.look(u.b[u.line:], false) {
			return ErrActive
		}
	}
}

// look tells whether a stream is harmless. What is said to hold objects must
// unpack whole.
func (u *unpacker) look(b []byte, said bool) bool {
	b = bytes.TrimLeft(b, blanks)
	if !u.open(b) {
		return !said
	}
	if u.streams++; u.streams > maxStreams {
		return false
	}
	if !said && !u.numbers() {
		return u.limit.N > 0
	}
	objects, err := io.ReadAll(io.LimitReader(u.plain, u.objects+1))
	u.objects -= int64(len(objects))
	return u.objects >= 0 && u.limit.N > 0 && (err == nil || !said) && !names(objects, script) && !names(objects, acting...)
}

// open makes ready to unpack b, and tells whether that is compressed at all.
func (u *unpacker) open(b []byte) (ok bool) {
	if len(b) == 0 || b[0]&0x0f != 8 {
		return false
	}
	var err error
	if u.zlib == nil {
		u.zlib, err = zlib.NewReader(bytes.NewReader(b))
	} else {
		err = u.zlib.(zlib.Resetter).Reset(bytes.NewReader(b), nil)
	}
	u.limit.R = u.zlib
	u.plain.Reset(u.limit)
	return err == nil
}

// numbers tells whether a stream begins as objects do: with the number of one
// and where that begins.
func (u *unpacker) numbers() bool {
	first := u.number()
	return first && u.number()
}

// number passes blanks and comments and then a number, false where none is.
func (u *unpacker) number() (is bool) {
	for u.passAny(blanks) || u.passComment() {
	}
	for u.passAny("0123456789+-.") {
		is = true
	}
	return is
}

// passAny passes one of the bytes, if it comes next.
func (u *unpacker) passAny(of string) bool {
	c, err := u.plain.Peek(1)
	if err != nil || strings.IndexByte(of, c[0]) < 0 {
		return false
	}
	u.plain.Discard(1) //nolint:errcheck // it was looked at
	return true
}

// passComment passes a comment up to the end of its line.
func (u *unpacker) passComment() bool {
	if !u.passAny("%") {
		return false
	}
	for c, err := u.plain.ReadByte(); err == nil && c != '\r' && c != '\n'; c, err = u.plain.ReadByte() {
	}
	return true
}
