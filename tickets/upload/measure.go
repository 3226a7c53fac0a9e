package upload

import (
	"bytes"
	"image"
	"image/color"

	// The decoders that image.Decode chooses from.
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/webp"
)

// facts are what is known of a picture before it is decoded.
type facts struct {
	turn        int // EXIF orientation, 1 to 8
	progressive bool
}

// maxScans is how often a progressive JPEG may go over its picture: ten is
// usual, and each costs as much as decoding it once.
const maxScans = 64

// measure refuses what would take too much to decode, by its header alone: a
// file of 20 bytes can name a picture of a gigabyte.
func measure(kind Kind, b []byte) (facts, error) {
	f := facts{turn: 1}
	switch kind {
	case JPEG:
		seen := readSegments(b)
		if seen.scans > maxScans {
			return f, ErrPixels
		}
		f.progressive, f.turn = seen.progressive, turnOf(seen.exif)
	case PNG:
		f.turn = turnOf(pngExif(b))
	case WebP:
		f.turn = turnOf(webpExif(b))
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return f, ErrDamaged
	}
	if c.Width > MaxPixels/c.Height || c.Width*c.Height*f.memory(c.ColorModel) > maxMemory {
		return f, ErrPixels
	}
	return f, nil
}

// memory is what a pixel takes while it is decoded, in bytes.
func (f facts) memory(m color.Model) int {
	switch {
	case f.progressive:
		return 15 // a coefficient of four bytes and a sample, for three colours
	case m == color.RGBA64Model, m == color.NRGBA64Model:
		return 8
	}
	return 4
}
