package tickets

import (
	"regexp"
	"strings"
)

// The words of asksSecret.
var (
	secrets = wordSet("sandi katasandi password pasword passwd pass otp totp pin")

	secretPairs = wordSet("kata_sandi kode_autentikator kode_cadangan kode_pendaftaran kode_verifikasi kode_rahasia " +
		"kode_keamanan kode_masuk kode_6 kode_enam kode_email kunci_status")

	// handing are the words with which one person has another hand over.
	handing = wordSet("kirim kirimkan kirimi kirimin kirimlah krim beri berikan berilah beritahu beritahukan sebut sebutkan " +
		"bagikan share balas balaskan infokan informasikan kabari kabarkan lampirkan sertakan cantumkan sampaikan teruskan forward " +
		"bacakan ucapkan diktekan laporkan kasih kasi kasihkan send give tell minta")

	// needing ask only where staff say it of themselves: "kami perlu".
	needing = wordSet("perlu butuh memerlukan membutuhkan meminta tanya menanyakan")

	// typing ask unless it is done on a page: "ketik di halaman masuk".
	typing = wordSet("ketik ketikkan tulis tuliskan isi isikan tolong mohon harap")

	// acting are other things that are done with a secret, and words that
	// begin another thought.
	acting = wordSet("ganti mengganti gantilah diganti ubah mengubah atur mengatur buat membuat reset pulihkan memulihkan lupa " +
		"masukkan memasukkan pakai gunakan coba cek periksa jaga rahasiakan simpan menyimpan ingat pilih buka tekan klik mengetik " +
		"kapan mengapa kenapa apakah bahwa bila jika kalau saat ketika sebelum setelah sesudah sejak karena ulang pesan tentang soal")

	denying    = wordSet("jangan tidak tak tanpa bukan dilarang janganlah never not")
	filling    = wordSet("pernah akan boleh perlu usah dapat bisa sekali kali lagi juga ada memberikan mengirim mengirimkan meminta menanyakan minta menyebut atau kode nomor isi")
	ours       = wordSet("kami saya sudah telah akan sistem aplikasi portal pulih tombol tekan pilih klik")
	staffWords = wordSet("kami saya petugas kita")
	asking     = wordSet("apa berapa apaan brp")
	leading    = wordSet("kode nomor isi")
	passive    = wordSet("dikirim dikirimkan diberikan disebutkan dibalas dilampirkan ditulis disampaikan diberitahukan")
	us         = wordSet("kami saya sini petugas")
	places     = wordSet("halaman portal aplikasi situs menu layar kolom masuk daftar")
	here       = wordSet("sini ini status balasan balas pesan percakapan chat wa whatsapp telepon kami saya")

	disguised   = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "@", "a", "$", "s")
	spelt       = regexp.MustCompile(`\b\pL(?:[ .\-_]+\pL\b){2,}`)
	onlyLetters = strings.NewReplacer(" ", "", ".", "", "-", "", "_", "")
)

// wordSet takes words by spaces; an underscore stands for a space.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[strings.ReplaceAll(word, "_", " ")] = true
	}
	return set
}
