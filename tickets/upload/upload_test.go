package upload_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"pulih/tickets/upload"
)

func clean(t *testing.T, name string, b []byte) (upload.File, error) {
	t.Helper()
	return upload.New(1, time.Minute).Clean(context.Background(), upload.Raw{Name: name, Bytes: b})
}

func mustClean(t *testing.T, name string, b []byte) image.Image {
	t.Helper()
	f, err := clean(t, name, b)
	if err != nil || f.Kind != upload.JPEG {
		t.Fatalf("%s: %s %v", name, f.Kind, err)
	}
	m, err := jpeg.Decode(bytes.NewReader(f.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	zip    = "PK\x03\x04\x14\x00 jahat.exe"
	script = "<script>alert(document.cookie)</script>"
)

func TestWhatIsNotTakenIsRefused_UP01(t *testing.T) {
	picture := jpegOf(corner(40, 40))
	for name, v := range map[string]struct {
		file string
		b    []byte
		want error
	}{
		"nothing":                     {"a.jpg", nil, upload.ErrEmpty},
		"5 MiB and a byte":            {"a.jpg", append(bytes.Clone(picture), make([]byte, upload.MaxBytes)...), upload.ErrLarge},
		"HTML":                        {"a.jpg", []byte(script), upload.ErrType},
		"SVG":                         {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), upload.ErrType},
		"GIF":                         {"a.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), upload.ErrType},
		"HEIC":                        {"a.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), upload.ErrType},
		"a program":                   {"a.jpg", []byte("MZ\x90\x00"), upload.ErrType},
		"a zip":                       {"a.pdf", []byte(zip), upload.ErrType},
		"a picture after a word":      {"a.jpg", append([]byte("x"), picture...), upload.ErrType},
		"a JPEG called PNG":           {"a.png", picture, upload.ErrEnding},
		"a PNG called JPEG":           {"a.jpg", pngOf(corner(8, 8)), upload.ErrEnding},
		"a JPEG called PDF":           {"a.pdf", picture, upload.ErrEnding},
		"a PDF called JPEG":           {"a.jpg", pdf(""), upload.ErrEnding},
		"a JPEG called a program":     {"ktp.jpg.exe", picture, upload.ErrEnding},
		"a JPEG called HTML":          {"ktp.html", picture, upload.ErrEnding},
		"no ending and no type":       {"ktp", picture, upload.ErrEnding},
		"a JPEG cut off":              {"a.jpg", picture[:len(picture)/2], upload.ErrDamaged},
		"a JPEG of its head only":     {"a.jpg", picture[:20], upload.ErrDamaged},
		"a PNG cut off":               {"a.png", pngOf(corner(90, 90))[:60], upload.ErrDamaged},
		"a WebP cut off":              {"a.webp", webpOf(9, 9, color.RGBA{})[:22], upload.ErrDamaged},
		"a WebP of no size":           {"a.webp", riff(riffPart("VP8X", make([]byte, 10))), upload.ErrDamaged},
		"a PDF cut off":               {"a.pdf", pdf("")[:60], upload.ErrDamaged},
		"a PNG without a pixel":       {"a.png", pngSaying(0, 0, 8, 2), upload.ErrDamaged},
		"a PNG that lacks its pixels": {"a.png", pngSaying(9, 9, 8, 2), upload.ErrDamaged},
	} {
		if f, err := clean(t, v.file, v.b); !errors.Is(err, v.want) || len(f.Bytes) > 0 && err == nil {
			t.Errorf("%s: %v, want %v", name, err, v.want)
		}
	}
}

func TestNamesWithoutAnEndingGoByTheirType(t *testing.T) {
	raw := upload.Raw{Name: "image:1024", Type: "image/jpeg; x=y", Bytes: jpegOf(corner(8, 8))}
	if _, err := upload.New(1, time.Minute).Clean(context.Background(), raw); err != nil {
		t.Error(err)
	}
}

// A bomb is refused by its head: decoding these would take up to a gigabyte.
func TestBombsAreNotDecoded_UP01(t *testing.T) {
	progressive := bytes.Replace(jpegOf(corner(16, 16)), []byte{0xff, 0xc0}, []byte{0xff, 0xc2}, 1)
	scans := bytes.Repeat([]byte{0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0}, 65)
	for name, b := range map[string][]byte{
		"a.png":              pngSaying(60_000, 60_000, 8, 6),
		"b.png":              pngSaying(1<<31-1, 1, 1, 0),
		"of 16 bit.png":      pngSaying(5800, 4300+500, 16, 6),
		"c.webp":             webpOf(16_383, 16_383, color.RGBA{9, 9, 9, 255}),
		"d.jpg":              larger(jpegOf(corner(16, 16)), 65_500, 65_500),
		"25 MP and more.jpg": larger(jpegOf(corner(16, 16)), 5001, 5000),
		"progressive.jpg":    larger(progressive, 4000, 4000),
		"many scans.jpg":     append(progressive[:len(progressive)-2], scans...),
	} {
		if _, err := clean(t, name, b); !errors.Is(err, upload.ErrPixels) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A small canvas that announces a large picture: the decoder itself refuses.
func TestAWebPThatLiesAboutItsSizeIsRefused(t *testing.T) {
	whole := webpOf(16_383, 16_383, color.RGBA{9, 9, 9, 255})
	if _, err := clean(t, "a.webp", riff(riffPart("VP8X", make([]byte, 10)), whole[12:])); !errors.Is(err, upload.ErrDamaged) {
		t.Error(err)
	}
}

// What is a picture and something else besides comes out as a picture alone.
func TestPolyglotsLoseTheirOtherHalf_UP02(t *testing.T) {
	picture, drawn := jpegOf(corner(40, 40)), pngOf(corner(40, 40))
	comment := append([]byte{0xff, 0xfe, 0, byte(len(script) + 2)}, script...)
	for name, b := range map[string][]byte{
		"a zip behind.jpg":          append(bytes.Clone(picture), zip...),
		"HTML behind.jpg":           append(bytes.Clone(picture), script...),
		"HTML in a comment.jpg":     bytes.Join([][]byte{picture[:2], comment, picture[2:]}, nil),
		"PHP in a text.png":         withChunk(drawn, chunk("tEXt", []byte("Comment\x00<?php system($_GET[0]);"+script))),
		"a zip behind.png":          append(bytes.Clone(drawn), zip...),
		"HTML in a part.webp":       riff(webpOf(40, 40, color.RGBA{9, 99, 9, 255})[12:], riffPart("XMP ", []byte(script))),
		"a PDF in the metadata.jpg": withExif(picture, append(exif(1, binary.LittleEndian), pdf("/JavaScript")...)),
	} {
		f, err := clean(t, name, b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, rest := range []string{zip, script, "php", "PDF", "JavaScript"} {
			if bytes.Contains(f.Bytes, []byte(rest)) {
				t.Errorf("%s keeps %q", name, rest)
			}
		}
	}
}

func TestMetadataIsDropped_UP02(t *testing.T) {
	place := exif(1, binary.BigEndian)
	for name, b := range map[string][]byte{
		"a.jpg":  withExif(jpegOf(corner(40, 40)), place),
		"a.png":  withChunk(pngOf(corner(40, 40)), chunk("eXIf", place)),
		"a.webp": riff(webpOf(40, 40, color.RGBA{9, 99, 9, 255})[12:], riffPart("EXIF", place)),
	} {
		f, err := clean(t, name, b)
		if err != nil || bytes.Contains(f.Bytes, []byte("GPS")) || bytes.Contains(f.Bytes, []byte("Exif")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Dropping the metadata must not leave a card lying on its side.
func TestPicturesStandUpright(t *testing.T) {
	for turn, red := range map[int]image.Point{ // where the stored top left belongs
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1},
	} {
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			m := mustClean(t, "a.jpg", withExif(jpegOf(corner(80, 40)), exif(turn, order)))
			size := m.Bounds().Size()
			if (size == image.Pt(40, 80)) != (turn >= 5) {
				t.Errorf("turn %d: %v", turn, size)
			}
			at := image.Pt(4+red.X*(size.X-9), 4+red.Y*(size.Y-9))
			if r, _, b, _ := m.At(at.X, at.Y).RGBA(); r < b {
				t.Errorf("turn %d: the red corner is not at %v of %v", turn, at, size)
			}
		}
	}
	m := mustClean(t, "a.png", withChunk(pngOf(corner(80, 40)), chunk("eXIf", exif(6, binary.BigEndian))))
	if m.Bounds().Dx() != 40 {
		t.Error("a PNG lies on its side")
	}
	whole := riff(webpOf(80, 40, color.RGBA{9, 99, 9, 255})[12:], riffPart("EXIF", exif(6, binary.BigEndian)))
	if m := mustClean(t, "a.webp", whole); m.Bounds().Dx() != 40 {
		t.Error("a WebP lies on its side")
	}
}

// Hostile metadata is no metadata.
func TestDamagedMetadataIsIgnored(t *testing.T) {
	good := exif(6, binary.LittleEndian)
	far := bytes.Clone(good)
	binary.LittleEndian.PutUint32(far[4:], 0xffffffff)
	many := bytes.Clone(good)
	binary.LittleEndian.PutUint16(many[8:], 0xffff)
	for name, tiff := range map[string][]byte{
		"empty": nil, "a word": []byte("II*\x00"), "far away": far, "endless": many[:10], "turn 9": exif(9, binary.LittleEndian), "turn 0": exif(0, binary.BigEndian),
	} {
		if m := mustClean(t, "a.jpg", withExif(jpegOf(corner(80, 40)), tiff)); m.Bounds().Dx() != 80 {
			t.Errorf("%s turned the picture", name)
		}
	}
}

func TestLargePicturesShrinkAndAllKindsArrive(t *testing.T) {
	if got := mustClean(t, "a.jpg", jpegOf(corner(3000, 1500))).Bounds().Size(); got != image.Pt(2400, 1200) {
		t.Error(got)
	}
	if got := mustClean(t, "a.PNG", pngOf(corner(1, 2500))).Bounds().Size(); got != image.Pt(1, 2400) {
		t.Error(got)
	}
	if _, g, _, _ := mustClean(t, "a.webp", webpOf(30, 20, color.RGBA{0, 200, 0, 255})).At(9, 9).RGBA(); g>>8 < 190 {
		t.Error("the green WebP is not green")
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 20, 20))
	if r, _, _, _ := mustClean(t, "a.png", pngOf(clear)).At(9, 9).RGBA(); r>>8 < 250 {
		t.Error("what is transparent is not white")
	}
}

func TestPDFsThatActAreRefused_UP06(t *testing.T) {
	evil := []byte("4 0 << /S /JavaScript /JS (app.alert(1)) >>")
	for name, b := range map[string][]byte{
		"script":            pdf("3 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"),
		"script, escaped":   pdf("3 0 obj << /S /J#61va#53cript >> endobj"),
		"a rendition":       pdf("3 0 obj << /S /Rendition /JS (app.alert(1)) >> endobj"),
		"another file":      pdf("3 0 obj << /S /GoToR /F (//x.test/a) >> endobj"),
		"a film":            pdf("3 0 obj << /S /Movie >> endobj"),
		"a sound":           pdf("3 0 obj << /S /Sound >> endobj"),
		"a scene":           pdf("3 0 obj << /S /GoTo3DView >> endobj"),
		"hidden layers":     pdf("3 0 obj << /S /SetOCGState >> endobj"),
		"start a program":   pdf("3 0 obj << /S /Launch /F (cmd.exe) >> endobj"),
		"an attachment":     pdf("3 0 obj << /Type /EmbeddedFile >> endobj"),
		"a form that sends": pdf("3 0 obj << /S /SubmitForm /F (http://x.test) >> endobj"),
		"a form of XML":     pdf("3 0 obj << /XFA 4 0 R >> endobj"),
		"a password":        pdf("3 0 obj << /Encrypt 4 0 R >> endobj"),
		"packed":            pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", evil),
		"packed, no type":   pdfPacked("/N 1 /First 4 /Filter /FlateDecode", evil),
		"packed twice":      pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /ASCIIHexDecode]", fmt.Appendf(nil, "%x>", evil)),
		"packed otherwise":  pdf("3 0 obj << /Type /ObjStm /Filter /LZWDecode >> stream\nabc\nendstream endobj"),
		"a bomb":            pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", make([]byte, 17<<20)),
		"many bombs":        bytes.Replace(pdf("X"), []byte("X"), bytes.Repeat(pdfPacked("/Type /ObjStm /Filter /FlateDecode", make([]byte, 9<<20)), 3), 1),
		"damaged object":    pdf("3 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\nabc\nendstream endobj"),
	} {
		if _, err := clean(t, "a.pdf", b); !errors.Is(err, upload.ErrActive) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, b := range map[string][]byte{"a zip": append(pdf(""), zip...), "no end": []byte("%PDF-1.7\nhello")} {
		if _, err := clean(t, "a.pdf", b); !errors.Is(err, upload.ErrDamaged) {
			t.Errorf("%s behind: %v", name, err)
		}
	}
}

// A decree with an electronic signature must stay what was signed.
func TestObjectsAreNotHiddenInAPDF_UP06(t *testing.T) {
	evil := []byte("4 0 << /S /JavaScript /JS (app.alert(1)) >>")
	hexed := fmt.Appendf(nil, "%x>", deflated(evil))
	for name, b := range map[string][]byte{
		"script, no name":   pdf("3 0 obj << /A [<< % /X (\n/JS (x) >>] >> endobj"),
		"not known packing": pdfPacked("/N 1 /First 4 /Filter 8 0 R", evil),
		"packed, foretold":  pdfPacked("/N 1 /First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>", []byte("\x02hidden")),
		"packed, no name":   pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", []byte("4 0 << /JS (x) >>")),
		"packed start":      pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", []byte("4 0 << /S /Launch >>")),
		"no dictionary":     pdfPacked("/N 1 /Type 8 0 R", evil),
		"behind (stream)":   pdfPacked("/N 1 /X (stream) /Type 8 0 R /First 4 /Filter [/FlateDecode]", evil),
		"behind (obj)":      pdfPacked("/N 1 /X (obj) /Type 8 0 R /First 4 /Filter [/FlateDecode]", evil),
		"hexed (stream)":    pdf(streamOf("/N 1 /X (stream) /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", hexed)),
		"hexed (obj)":       pdf(streamOf("/N 1 /X (\\)obj) /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", hexed)),
		"hexed, no end":     bytes.Replace(pdf(streamOf("/N 1 /First 4 /Filter 8 0 R", hexed)), []byte(">>\nstream"), []byte("\nstream"), 1),
		"on the next line":  bytes.Replace(pdfPacked("/N 1 /Type 8 0 R", evil), []byte("stream\n"), []byte("stream %x\n"), 1),
		"behind a comment":  pdfPacked("/N 1", append([]byte("% 4\n"), evil...)),
		"behind blanks":     pdfPacked("/N 1", append(make([]byte, 1<<20), evil...)),
		"too many blanks":   pdfPacked("/N 1", append(make([]byte, 33<<20), evil...)),
		"too many streams":  pdf(strings.Repeat("stream"+string(deflated(nil)), 5001)),
		"bombs by number":   pdf(strings.Repeat("stream"+string(deflated(make([]byte, 1<<20))), 40)),
		"endless brackets":  pdf(strings.Repeat("obj<<", 100_000)),
	} {
		if _, err := clean(t, "a.pdf", b); !errors.Is(err, upload.ErrActive) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHarmlessPDFsAreKeptAsTheyCame(t *testing.T) {
	for name, b := range map[string][]byte{
		"plain":   pdf(""),
		"links":   pdf("3 0 obj << /S /URI /URI (https://bkn.example.go.id) /OpenAction [1 0 R /XYZ null null 0] >> endobj"),
		"signed":  pdf("3 0 obj << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> endobj"),
		"packed":  pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", []byte("4 0 << /Type /Page >>")),
		"a list":  pdfPacked("/Type /ObjStm /N 1 /First 4 /Filter [ /FlateDecode ]", []byte("4 0 << /Type /Page >>")),
		"a scan":  scan(),
		"outline": pdf("3 0 obj << /Type /Outlines /First 4 0 R >> endobj 5 0 obj << /Length 3 >> stream\nabc\nendstream endobj"),
	} {
		f, err := clean(t, "SK.PDF", b)
		if err != nil || f.Kind != upload.PDF || !bytes.Equal(f.Bytes, b) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Many small streams take no longer than their bytes.
func TestAPDFOfStreamsIsReadOnce(t *testing.T) {
	b := pdf(strings.Repeat("stream", 800_000))
	start := time.Now()
	if _, err := clean(t, "a.pdf", b[:min(len(b), upload.MaxBytes)]); err != nil && !errors.Is(err, upload.ErrDamaged) {
		t.Error(err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Error(took)
	}
}

func TestTheWatermarkRunsOverTheWholePicture_UP04(t *testing.T) {
	for _, size := range []image.Point{{1200, 800}, {300, 2000}, {240, 240}} {
		white := image.NewGray(image.Rectangle{Max: size})
		for i := range white.Pix {
			white.Pix[i] = 0xf4
		}
		marked, err := upload.New(1, time.Minute).Mark(context.Background(), jpegOf(white), "HANYA UNTUK PEMULIHAN AKUN ASN")
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(marked))
		if err != nil || m.Bounds().Size() != size {
			t.Fatal(err, m.Bounds())
		}
		for y := 0; y+size.Y/3 <= size.Y; y += size.Y / 3 {
			for x := 0; x+size.X/3 <= size.X; x += size.X / 3 {
				if dark(m, image.Rect(x, y, x+size.X/3, y+size.Y/3)) == 0 {
					t.Errorf("%v: nothing is written at %d,%d", size, x, y)
				}
			}
		}
	}
}

// dark counts the pixels that are written on.
func dark(m image.Image, in image.Rectangle) (n int) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if r, _, _, _ := m.At(x, y).RGBA(); r>>8 < 0xd8 {
				n++
			}
		}
	}
	return n
}

func TestPicturesAreWorkedOnOneByOne(t *testing.T) {
	w := upload.New(1, time.Millisecond)
	large := upload.Raw{Name: "a.png", Bytes: pngOf(corner(3000, 3000))}
	done := make(chan error, 4)
	for range cap(done) {
		go func() { _, err := w.Clean(context.Background(), large); done <- err }()
	}
	busy := 0
	for range cap(done) {
		if errors.Is(<-done, upload.ErrBusy) {
			busy++
		}
	}
	if busy != cap(done)-1 {
		t.Errorf("%d of %d were told to wait", busy, cap(done))
	}
	gone, leave := context.WithCancel(context.Background())
	leave()
	if _, err := upload.New(0, time.Minute).Clean(gone, large); !errors.Is(err, context.Canceled) {
		t.Error("who has gone is waited for: ", err)
	}
}

func FuzzCleanNeverFails(f *testing.F) {
	f.Add("a.jpg", withExif(jpegOf(corner(8, 8)), exif(6, binary.BigEndian)))
	f.Add("a.png", pngOf(corner(8, 8)))
	f.Add("a.webp", webpOf(8, 8, color.RGBA{}))
	f.Add("a.pdf", pdfPacked("/Type /ObjStm /Filter /FlateDecode", []byte("x")))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		if _, err := clean(t, name, b); err != nil && upload.Why(err) == "" {
			t.Error(err)
		}
	})
}
