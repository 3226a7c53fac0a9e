package otp

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// quiet is the white margin in modules that a scanner needs; it also saves the code on a dark page.
const quiet = 4

// QR draws text as an SVG, black on its own white ground, and returns it as a data: address for an <img>. It comes from
// no other server and is never stored: the text usually holds a secret.
func QR(text string) (src string, err error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("otp: draw QR: %w", err)
	}
	side := code.Bounds().Dx() + 2*quiet
	svg := fmt.Sprintf("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' shape-rendering='crispEdges'>"+
		"<path fill='#fff' d='M0 0h%dv%dH0z'/><path stroke='#000' d='%s'/></svg>", side, side, side, side, strokes(code))
	return "data:image/svg+xml," + inAddress.Replace(svg), nil
}

// inAddress escapes what ends a data: address early; the rest stays readable and compresses well.
var inAddress = strings.NewReplacer("<", "%3C", ">", "%3E", "#", "%23")

// strokes draws each run of dark modules as one horizontal line: half the bytes of squares.
func strokes(code barcode.Barcode) string {
	var path strings.Builder
	size := code.Bounds().Dx()
	for y := range size {
		for x := 0; x < size; {
			n := run(code, x, y)
			if n > 0 {
				fmt.Fprintf(&path, "M%d %d.5h%d", x+quiet, y+quiet, n)
			}
			x += n + 1
		}
	}
	return path.String()
}

func run(code barcode.Barcode, x, y int) int {
	n := 0
	for x+n < code.Bounds().Dx() && code.At(x+n, y) == color.Black {
		n++
	}
	return n
}
