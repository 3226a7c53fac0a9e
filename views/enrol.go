package views

// EnrolOpen is what somebody shows to begin: NIP, pass, and the factor that is
// left to him, or the new password when two people saw his papers.
type EnrolOpen struct {
	NIP         string
	Pass        string
	NewPassword bool
	Phrase      string // a password we offer
}

// EnrolDevice is the new authenticator before it has proven itself.
type EnrolDevice struct {
	App    string // address that opens the authenticator, otpauth://
	QR     string
	Key    string // the secret in base32
	Issuer string // how the entry is called in the app
	Name   string // of the device
	Until  string // when this page stops working, with zone
	Phone  bool   // the app can be on the device that shows this page
	Keeps  bool   // the person's other authenticators stay
	Late   bool   // the code was right and the phone's clock is not
}

// EnrolDone tells what changed. Keeps: the other authenticators stay. First:
// there was none, and the account is active with it.
type EnrolDone struct {
	Device string
	Issuer string // how the entry is called in the app
	Keeps  bool
	First  bool
	Next   Link // what to do now
}

// Address is where the form is, and posts to.
func (f EnrolOpen) Address() string {
	if f.NewPassword {
		return "/daftar-mfa?kata-sandi=baru"
	}
	return "/daftar-mfa"
}

func enrolPassword() Field {
	f := NewPasswordField("sandi")
	f.Hint = "Sedikitnya 12 karakter: huruf besar dan kecil, angka, serta simbol."
	return f
}

func enrolCode(issuer string) Field {
	f := OTPField("kode", "Kode 6 angka")
	f.Hint = "Pilih entri “" + issuer + "” yang baru Anda tambahkan. Kode berganti tiap 30 detik."
	return f
}

func enrolName(value string) Field {
	return Field{Name: "perangkat", Label: "Nama perangkat", Value: value, Autocomplete: "off", Width: "half", Max: 40}
}
