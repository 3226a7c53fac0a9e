package upload_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// corner is a picture that is red at its top left and blue elsewhere, so that
// a turn shows.
func corner(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{0, 0, 255, 255}
			if x < w/4 && y < h/4 {
				c = color.RGBA{255, 0, 0, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(m image.Image) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, nil)
	return b.Bytes()
}

func pngOf(m image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, m)
	return b.Bytes()
}

// exif is the metadata of a camera: a turn, and where the house stands.
func exif(turn int, order binary.ByteOrder) []byte {
	head := map[binary.ByteOrder]string{binary.LittleEndian: "II*\x00", binary.BigEndian: "MM\x00*"}[order]
	b := append([]byte(head), make([]byte, 18)...)
	order.PutUint32(b[4:], 8)
	order.PutUint16(b[8:], 1)
	order.PutUint16(b[10:], 0x0112)
	order.PutUint16(b[12:], 3)
	order.PutUint32(b[14:], 1)
	order.PutUint16(b[18:], uint16(turn))
	return append(b, "\x00\x00GPS -5.1477,119.4327 Samsung"...)
}

// withExif puts metadata behind the first marker of a JPEG.
func withExif(picture, tiff []byte) []byte {
	body := append([]byte("Exif\x00\x00"), tiff...)
	app1 := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return bytes.Join([][]byte{picture[:2], app1, body, picture[2:]}, nil)
}

// larger is a JPEG whose head names another size than it holds.
func larger(picture []byte, w, h uint16) []byte {
	b, at := bytes.Clone(picture), 2
	for b[at+1] != 0xc0 && b[at+1] != 0xc2 {
		at += 2 + int(binary.BigEndian.Uint16(b[at+2:]))
	}
	binary.BigEndian.PutUint16(b[at+5:], h)
	binary.BigEndian.PutUint16(b[at+7:], w)
	return b
}

// chunk is a part of a PNG.
func chunk(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// withChunk puts a part behind the head of a PNG.
func withChunk(picture, part []byte) []byte {
	const head = 8 + 25
	return bytes.Join([][]byte{picture[:head], part, picture[head:]}, nil)
}

// pngSaying is a PNG whose head names a size that it does not hold.
func pngSaying(w, h uint32, depth, kind byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	head = append(head, depth, kind, 0, 0, 0)
	return bytes.Join([][]byte{[]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head), chunk("IDAT", deflated(nil)), chunk("IEND", nil)}, nil)
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

// webpOf is a whole lossless WebP of one colour in some thirty bytes: each of
// its five codes has one symbol, so its pixels take no bits at all.
func webpOf(w, h int, c color.RGBA) []byte {
	bits := bitWriter{}
	bits.put(uint32(w-1), 14)
	bits.put(uint32(h-1), 14)
	bits.put(0, 1+3) // no alpha, version 0
	bits.put(0, 1)   // no transform
	bits.put(0, 1)   // no colour cache
	bits.put(0, 1)   // one set of codes
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A, 0} {
		bits.put(1, 1) // a simple code
		bits.put(0, 1) // of one symbol
		bits.put(1, 1) // of eight bits
		bits.put(uint32(symbol), 8)
	}
	return riff(riffPart("VP8L", append([]byte{0x2f}, bits.bytes()...)))
}

func riff(parts ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(parts, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffPart(kind string, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	b = append(b, body...)
	return append(b, make([]byte, len(body)%2)...)
}

type bitWriter struct {
	all []byte
	n   int
}

func (b *bitWriter) put(value uint32, bits int) {
	for i := range bits {
		if b.n%8 == 0 {
			b.all = append(b.all, 0)
		}
		b.all[b.n/8] |= byte(value>>i&1) << (b.n % 8)
		b.n++
	}
}

func (b *bitWriter) bytes() []byte { return append(b.all, 0, 0, 0, 0) }

// pdf is a small PDF with an object more.
func pdf(object string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" +
		"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + object + "\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
}

// pdfPacked hides objects in a compressed stream.
func pdfPacked(dictionary string, objects []byte) []byte {
	packed := deflated(objects)
	return pdf(fmt.Sprintf("3 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj", dictionary, len(packed), packed))
}

// scan is what a phone makes of a photo: the page's content and the table of
// objects are compressed, one of them with a predictor, and so is a picture
// that is larger than any objects may be.
func scan() []byte {
	picture := jpegOf(corner(600, 800))
	return pdf(streamOf("/Subtype /Image /Filter /DCTDecode", picture) +
		streamOf("/Filter /FlateDecode", deflated([]byte("1 0 0 1 0 0 cm\nq 595 0 0 842 0 0 cm /Im0 Do Q"))) +
		streamOf("/Subtype /Image /Filter /FlateDecode", deflated(bytes.Repeat([]byte{0xff}, 40<<20))) +
		streamOf("/Type /XRef /N 3 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Columns 4 /Predictor 12 >>", deflated(make([]byte, 50))) +
		streamOf("/N 3 /Alternate /DeviceRGB /Filter /FlateDecode", deflated([]byte("a profile of colours"))))
}

func streamOf(dictionary string, b []byte) string {
	return fmt.Sprintf("7 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n", dictionary, len(b), b)
}
