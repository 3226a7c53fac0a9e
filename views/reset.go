package views

// ResetFlow says what the mailed code of these pages is for. Path is where
// its pages stand; the words are those of Path.
type ResetFlow struct {
	Path string
}

// ResetNIPPage is the first step of a flow: whose account.
type ResetNIPPage struct {
	Flow ResetFlow
	NIP  string // as typed
}

// ResetEmailPage asks for the registered address. NIP is grouped; Warning says
// what is odd about it. Again is set where a code was asked for before: from
// when a further one may be.
type ResetEmailPage struct {
	Flow    ResetFlow
	NIP     string
	Warning string
	Email   string
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
	NIP      string
	Phrase   string
	NeedsOTP bool
}

// flowWords is what differs between the flows on the pages they share.
type flowWords struct {
	lead  string // what will happen
	steps string // how many there are
	link  string // what the mailed link's button does
	not   string // what stays as it is when it was not the person
}

var resetWords = map[string]flowWords{
	"/pulihkan": {"Kami kirim kode ke email Anda. Dengan kode itu Anda membuat kata sandi baru.", "4",
		"Tekan tombol ini untuk membuat kata sandi baru di sini.", "Kata sandi Anda tidak berubah."},
	"/pulihkan-mfa": {"", "4",
		"Tekan tombol ini untuk mengganti autentikator di sini.", "Autentikator Anda tidak berubah."},
}

func (f ResetFlow) words() flowWords { return resetWords[f.Path] }

func (f ResetEmailPage) button() string {
	if f.Again {
		return "Kirim kode baru"
	}
	return "Kirim kode"
}

func resetEmailField(typed string) Field {
	f := EmailField("email", "Email yang terdaftar", typed)
	f.Hint = "Alamat di data kepegawaian Anda. Kode hanya dikirim ke alamat itu."
	return f
}
