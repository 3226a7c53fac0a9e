package app

import (
	"bytes"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"pulih/views"
)

// grainy is a photo of 3,000 × 2,000 points that does not compress well.
func grainy(t *testing.T) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 3000, 2000))
	for i := range m.Pix {
		m.Pix[i] = byte(128 + rand.IntN(48) + i%3000/40)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil || b.Len() < 1<<20 {
		t.Fatal(b.Len(), err)
	}
	path := filepath.Join(t.TempDir(), "KTP.jpg")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A photo shrinks before it travels where scripts run, and arrives as it is
// where they do not.
func TestSendingAPhotoInABrowser(t *testing.T) {
	picture := grainy(t)
	for _, as := range []struct {
		width  int64
		script bool
	}{{360, true}, {1280, false}} {
		x := newTest(t)
		f := x.filed()
		ctx := chromium(t, as.width, as.script)
		see(t, ctx, x.url+views.StatusPath(f.number, "")+"?kunci="+f.key, "h1", "Permohonan Anda menunggu petugas")
		fits(t, ctx)
		press(t, ctx, "Kirim foto dokumen")
		see(t, ctx, "", "h1", "Kirim foto dokumen")
		fits(t, ctx)
		press(t, ctx, "Kirim berkas")
		see(t, ctx, "", ".summary", "Pilih dokumen apa yang Anda kirim.")
		fits(t, ctx)
		click(t, ctx, `[value=ktp]`)
		must(chromedp.Run(ctx, chromedp.SetUploadFiles(chromedp.CSS("#berkas"), []string{picture})))(t)
		if as.script {
			see(t, ctx, "", "[data-shrunk]", "Foto dikecilkan.")
			waitFor(t, ctx, `document.querySelector("#berkas").files[0].size < 1 << 20`)
		}
		press(t, ctx, "Kirim berkas")
		see(t, ctx, "", "main", "Berkas Anda sudah kami terima.")
		fits(t, ctx)
	}
}
