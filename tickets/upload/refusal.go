package upload

import "errors"

// Refusal is why a file is not taken, with the sentence that people read.
// The variables below are its only values.
type Refusal struct{ name, Text string }

// Error names it for the log.
func (r *Refusal) Error() string { return "upload: " + r.name }

// Why is the sentence of the refusal in err, "" where err is none.
func Why(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Text
	}
	return ""
}

// What is refused, and why.
var (
	ErrEmpty   = &Refusal{"empty", "Berkas ini kosong. Pilih berkas lain."}
	ErrLarge   = &Refusal{"too large", "Berkas ini lebih dari 5 MB. Foto ulang dengan ukuran lebih kecil."}
	ErrType    = &Refusal{"not a kind that is taken", "Jenis berkas ini tidak bisa kami terima. Kirim foto JPG, PNG, WebP, atau PDF."}
	ErrEnding  = &Refusal{"name and content differ", "Akhiran nama berkas tidak cocok dengan isinya. Kirim foto aslinya."}
	ErrPixels  = &Refusal{"too many pixels", "Foto ini terlalu besar, lebih dari 25 megapiksel. Foto ulang dengan ukuran lebih kecil."}
	ErrDamaged = &Refusal{"does not decode", "Berkas ini rusak dan tidak bisa dibaca. Foto ulang, lalu kirim lagi."}
	ErrActive  = &Refusal{"a PDF that acts", "PDF ini berisi skrip, lampiran, atau sandi. Kirim foto dokumennya."}
	ErrBusy    = &Refusal{"busy", "Layanan sedang sibuk. Tunggu sebentar, lalu kirim lagi."}
)
