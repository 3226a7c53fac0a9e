package views

// ResetNIPPage is the first step of a reset: whose account.
type ResetNIPPage struct {
	NIP string // as typed
}

// ResetEmailPage asks for the registered address. NIP is grouped; Warning says
// what is odd about it. Again is set where a code was asked for before: from
// when a further one may be.
type ResetEmailPage struct {
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
