package upload

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
)

// The watermark runs across the whole picture, so that no cut of it loses the
// purpose, and lets through what it covers.
const (
	markAngle = -math.Pi / 7
	markShade = 0x58 // of 255
	markLines = 7    // over the shorter side
)

// mark draws text over a kept picture.
func mark(picture []byte, text string) ([]byte, error) {
	decoded, err := jpeg.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, err
	}
	made := shrunk(decoded)
	size := made.Bounds().Size()
	band, err := written(text, float64(min(size.X, size.Y))/markLines/3, size.X+size.Y)
	if err != nil {
		return nil, err
	}
	across(made, band)
	return encode(made)
}

// written is the text in white with a dark edge, again and again, as one line
// of the given length: it shows on paper and on a dark table.
func written(text string, height float64, length int) (*image.RGBA, error) {
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: max(height, 8), DPI: 72})
	if err != nil {
		return nil, err
	}
	defer face.Close() //nolint:errcheck // it holds memory only
	line := face.Metrics().Height.Ceil() + 4
	band := image.NewRGBA(image.Rect(0, 0, length, line))
	for _, pass := range []struct {
		at    int
		shade color.Color
	}{{2, color.NRGBA{0, 0, 0, markShade}}, {0, color.NRGBA{255, 255, 255, markShade + 0x30}}} {
		pen := font.Drawer{Dst: band, Src: image.NewUniform(pass.shade), Face: face, Dot: fixed.P(pass.at, pass.at+face.Metrics().Ascent.Ceil())}
		for pen.Dot.X.Ceil() < length {
			pen.DrawString(text + "     ")
		}
	}
	return band, nil
}

// across lays the line over the picture, slanted, line below line, every
// other one shifted.
func across(m *image.RGBA, band *image.RGBA) {
	size, sin, cos := m.Bounds().Size(), math.Sin(markAngle), math.Cos(markAngle)
	step := float64(band.Bounds().Dy()) * 3
	for y, n := 0.0, 0; y < float64(size.Y)+float64(size.X); y, n = y+step, n+1 {
		shift := -float64(n%2) * step * 4
		draw.ApproxBiLinear.Transform(m, f64.Aff3{cos, -sin, cos * shift, sin, cos, y + sin*shift}, band, band.Bounds(), draw.Over, nil)
	}
}
