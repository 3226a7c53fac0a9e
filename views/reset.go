package views

// ResetFlow says what the mailed code of these pages is for. Path is where
// its pages stand; the words are those of Path.
type ResetFlow struct {
	Path string
}

// ResetNIPPage is the first step of a flow: whose account.
type ResetNIPPage struct {
	Flow    ResetFlow
	NIP     string // as typed
	Notices []Notice
}

// ResetEmailPage asks for the registered address. NIP is grouped; Warning says
// what is odd about it. Again is set where a code was asked for before: from
// when a further one may be. Other is the address that was perhaps meant,
// Kept the one that was typed so on purpose.
type ResetEmailPage struct {
	Flow    ResetFlow
	NIP     string
	Warning string
	Email   string
	Other   string
	Kept    string
	Again   bool
	Gate    Gate
}

// ResetCodePage waits for the code. Email is what was typed, never what is on
// file. Next is when a further code may be asked for; zero is now. Spent says
// that this flow asks for no more codes, Closed that codes are not taken any
// more and only the mail's link is.
type ResetCodePage struct {
	Flow   ResetFlow
	Email  string
	Next   Countdown
	Spent  bool
	Closed bool
}

// ResetPasswordPage is the last step. NIP goes to the password manager.
// Phrase is a password that was made for the person, "" where he types one.
type ResetPasswordPage struct {
	Flow     ResetFlow
	NIP      string
	Phrase   string
	NeedsOTP bool
}

// flowWords is what differs between the flows on the pages they share.
type flowWords struct {
	lead  string // what will happen
	steps string // how many there are
	other otherWay
	hint  string // which address is meant
	help  string // one more cause why no code came
	link  string // what the mailed link's button does
	stays string // what does not change when it was not the person
	save  string // the buttons for a password typed and for one taken, where
	take  string // the flow has that page
	after string // what comes after it
}

// otherWay is for whom a flow is the wrong one.
type otherWay struct {
	question string
	to       Link
}

const (
	registered = "Alamat di data kepegawaian Anda. Kode hanya dikirim ke alamat itu."
	neverIn    = "Belum pernah masuk? Kami kirim petunjuk aktivasi, bukan kode."
)

var newPassword = Link{Text: "Buat kata sandi baru", Href: "/pulihkan"}

var resetWords = map[string]flowWords{
	"/pulihkan": {
		lead: "Kami kirim kode ke email Anda. Dengan kode itu Anda membuat kata sandi baru.", steps: "4",
		other: otherWay{"Autentikator hilang atau ganti HP?", Link{Text: "Ganti autentikator", Href: "/pulihkan-mfa"}},
		hint:  registered, help: neverIn,
		link: "Tekan tombol ini untuk membuat kata sandi baru di sini.", stays: "Kata sandi Anda tidak berubah.",
		save: "Simpan kata sandi", take: "Simpan kata sandi ini",
		after: "Setelah disimpan, semua sesi lama berakhir. Autentikator Anda tetap sama.",
	},
	"/pulihkan-mfa": {
		steps: "4", hint: registered, help: "Email itu sudah mati? Minta bantuan petugas.",
		link: "Tekan tombol ini untuk mengganti autentikator di sini.", stays: "Autentikator Anda tidak berubah.",
	},
	"/aktivasi": {
		lead: "Untuk Anda yang belum pernah masuk. Kami kirim kode ke email Anda.", steps: "5",
		other: otherWay{"Sudah pernah masuk?", newPassword},
		hint:  "Alamat di data kepegawaian Anda. Untuk PPPK biasanya email saat melamar.",
		help:  "Akun sudah aktif? Kami kirim petunjuk, bukan kode. Email pernah diganti? Minta bantuan petugas.",
		link:  "Tekan tombol ini untuk mengaktifkan akun di sini.", stays: "Akun Anda tidak berubah.",
		save: "Lanjutkan", take: "Pakai kata sandi ini",
		after: "Berikutnya Anda memasang autentikator. Akun aktif setelah kode pertamanya cocok.",
	},
	"/buka-kunci": {
		lead: "Terlalu sering salah kata sandi? Kode dari email membuka kuncinya.", steps: "3",
		other: otherWay{"Lupa kata sandi?", newPassword}, hint: registered, help: neverIn,
		link: "Tekan tombol ini untuk membuka kunci di sini.", stays: "Akun Anda tidak berubah.",
	},
}

func (f ResetFlow) words() flowWords { return resetWords[f.Path] }

func (f ResetEmailPage) button() string {
	if f.Again {
		return "Kirim kode baru"
	}
	return "Kirim kode"
}

func resetEmailField(f ResetEmailPage) Field {
	field := EmailField("email", "Email yang terdaftar", f.Email)
	field.Hint = f.Flow.words().hint
	return field
}
