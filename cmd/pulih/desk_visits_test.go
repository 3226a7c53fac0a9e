package main

import (
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// filePages sends a photo and a PDF, and looks at both as an agent does.
func filePages(w *world, open func() *tab, who part) {
	b := open()
	number := w.file(b, who)
	for kind, path := range map[string]string{"ktp": photo(b), "layar": paper(b)} {
		b.open("/tiket/" + number + "/berkas")
		b.choose("jenis", kind)
		b.do(chromedp.SetUploadFiles(chromedp.CSS("#berkas"), []string{path}))
		b.press("Kirim berkas")
	}
	b.open("/tiket/" + number + "/berkas")
	agent := w.staffTab(open(), "petugas", number)
	for n := range 2 {
		agent.open("/petugas/tiket/" + number)
		agent.evaluate(fmt.Sprintf(`document.querySelectorAll('main a[href*="/berkas/"]')[%d].setAttribute("data-n", "") ?? ""`, n))
		agent.open(agent.attribute(`[data-n]`, "href"))
	}
}

// photo is a picture of nothing.
func photo(b *tab) string {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), "KTP.jpg")
	f, err := os.Create(path)
	if err == nil {
		err = jpeg.Encode(f, image.NewGray(image.Rect(0, 0, 900, 600)), nil)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		b.fail("%v", err)
	}
	return path
}

func paper(b *tab) string {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), "Surat.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.4\n%%EOF"), 0o600); err != nil {
		b.fail("%v", err)
	}
	return path
}
