package upload

import (
	"bytes"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// quality of the JPEGs that we write: small print stays readable.
const quality = 85

// rewrite decodes a picture and writes it anew: upright, on white, no larger
// than anybody needs, and without a byte of what stood around the pixels.
func rewrite(b []byte, f facts) ([]byte, error) {
	decoded, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, ErrDamaged
	}
	return encode(upright(shrunk(decoded), f.turn))
}

func encode(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// shrunk is the picture on white, with no side longer than longest.
func shrunk(m image.Image) *image.RGBA {
	from := m.Bounds()
	w, h := from.Dx(), from.Dy()
	if side := max(w, h); side > longest {
		w, h = max(1, w*longest/side), max(1, h*longest/side)
	}
	made := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(made, made.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(made, made.Bounds(), m, from, draw.Over, nil)
	return made
}

// upright turns a picture as EXIF's orientation says: 1 is upright, 3 upside
// down, 6 and 8 lie on a side, and the even ones of each pair are mirrored.
func upright(m *image.RGBA, turn int) *image.RGBA {
	if turn == 1 {
		return m
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	made := image.NewRGBA(image.Rect(0, 0, w, h))
	if turn >= 5 {
		made = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range made.Bounds().Dy() {
		for x := range made.Bounds().Dx() {
			made.SetRGBA(x, y, m.RGBAAt(source(turn, x, y, w-1, h-1)))
		}
	}
	return made
}

// source is where a pixel of the upright picture stands in the stored one,
// whose last column and row are right and bottom.
func source(turn, x, y, right, bottom int) (int, int) {
	switch turn {
	case 2:
		return right - x, y
	case 3:
		return right - x, bottom - y
	case 4:
		return x, bottom - y
	case 5:
		return y, x
	case 6:
		return y, bottom - x
	case 7:
		return right - y, bottom - x
	}
	return right - y, x
}
