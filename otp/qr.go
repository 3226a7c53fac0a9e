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

// QR draws text as an inline SVG, black on its own white ground. The picture is hidden from screen readers: the page
// names it and offers the key as text. The result holds nothing that needs escaping.
func QR(text string) (svg string, err error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("otp: draw QR: %w", err)
	}
	side := code.Bounds().Dx() + 2*quiet
	return fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" shape-rendering="crispEdges" aria-hidden="true">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path stroke="#000" d="%s"/></svg>`, side, side, side, side, strokes(code)), nil
}

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
