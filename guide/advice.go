package guide

// Do names an advice, so that a page can put the right button beside it.
type Do string

// What a person can do about a clock, in the order of clock.md §4.7.
const (
	FreshCode Do = "fresh"     // wait for a new code and type at once
	Automatic Do = "automatic" // let the network set the clock
	Retest    Do = "retest"
	SyncApp   Do = "sync"     // Google Authenticator's own correction
	Practise  Do = "practise" // measure the app instead of the phone
	OnPhone   Do = "phone"    // measure the phone instead of the computer
	Entry     Do = "entry"    // the right, newest entry in the app
	File      Do = "file"     // a ticket
	Forget    Do = "forget"   // delete the practice entry
)

// Advice is one step, in the words of the page.
type Advice struct {
	Do    Do
	Title string
	Text  string
}

// Advice lists what to do, the likeliest help first.
func (v Verdict) Advice() []Advice {
	var list []Advice
	for _, do := range v.plan() {
		list = append(list, Advice{do, titles[do], texts[do]})
	}
	return list
}

func (v Verdict) plan() []Do {
	plan := v.remedy()
	if v.Method == ByCode {
		plan = append(plan, Forget)
	}
	return plan
}

func (v Verdict) remedy() []Do {
	switch {
	case v.Computer && v.Method == ByBrowser:
		return []Do{OnPhone, Practise}
	case v.Cause == Leftover:
		return []Do{SyncApp, Retest, Entry, File}
	case v.Cause == Corrected:
		return []Do{Automatic, SyncApp, Retest, Entry, File}
	case v.Light == Green && v.Method != ByCode:
		return []Do{Practise, Entry, FreshCode, File}
	case v.Light == Green:
		return []Do{Entry, FreshCode, File}
	case v.Method == ByEye:
		return []Do{Automatic, Practise, Entry, File}
	case v.Light == Amber:
		return []Do{FreshCode, Automatic, Retest, SyncApp, Entry, File}
	}
	return []Do{Automatic, Retest, SyncApp, Entry, File}
}

var titles = map[Do]string{
	FreshCode: "Tunggu kode baru, lalu segera ketik",
	Automatic: "Nyalakan tanggal dan waktu otomatis",
	Retest:    "Uji lagi",
	SyncApp:   "Sinkronkan Google Authenticator",
	Practise:  "Uji dengan kode latihan",
	OnPhone:   "Ukur di HP",
	Entry:     "Periksa entri yang Anda pakai",
	File:      "Masih ditolak? Ajukan permohonan",
	Forget:    "Hapus entri LATIHAN",
}

var texts = map[Do]string{
	FreshCode: "Jangan memakai kode yang hampir habis waktunya.",
	Automatic: "Nyalakan juga zona waktu otomatis dan data seluler. Lalu tunggu satu menit.",
	Retest:    "Pastikan jam sekarang cocok.",
	SyncApp: "Hanya untuk Google Authenticator di Android, jika menunya ada. " +
		"Buka Setelan › Koreksi waktu untuk kode › Sinkronkan sekarang.",
	Practise: "Hanya kode latihan yang menguji jam di dalam aplikasi autentikator.",
	OnPhone:  "Buka halaman ini di HP yang berisi aplikasi autentikator.",
	Entry:    "Pilih entri akun ASN yang paling baru. Jangan hapus entri lama sebelum berhasil masuk.",
	File:     "Petugas memeriksa identitas Anda, lalu autentikator didaftarkan ulang.",
	Forget:   "Setelah selesai, hapus entri LATIHAN dari aplikasi. Entri lain jangan dihapus.",
}
