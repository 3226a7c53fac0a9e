package views

// StaffForm is what somebody typed at the staff sign-in. Password and code
// are never sent back.
type StaffForm struct {
	NIP   string
	Ended bool // his session is over
}

// StaffSetupForm is the first step of a staff account: the two halves of the
// code, which two people hold, and a password.
type StaffSetupForm struct{ Code, Second string }

// StaffDevice is the authenticator of a staff account before it has proven
// itself.
type StaffDevice struct {
	Name   string // whose account it is
	App    string // address that opens the authenticator, otpauth://
	QR     string
	Key    string // the secret in base32
	Issuer string // how the entry is called in the app
}

func staffSetupCode(value string) Field {
	return Field{
		Name: "kode", Label: "Bagian pertama kode aktivasi", Value: value,
		Hint:         "13 huruf dan angka dari yang mengusulkan. Kode utuh dari server: ketik semuanya di sini.",
		Autocomplete: "off", Mode: "text", Max: 60,
	}
}

func staffSetupSecond(value string) Field {
	return Field{
		Name: "kode-kedua", Label: "Bagian kedua kode aktivasi", Value: value,
		Hint:         "13 huruf dan angka dari yang mengonfirmasi. Berlaku 60 menit. Kosong hanya bila kodenya utuh.",
		Autocomplete: "off", Mode: "text", Max: 60,
	}
}

func staffOTP() Field {
	f := OTPField("otp", "Kode OTP")
	f.Hint = "6 angka dari entri petugas di aplikasi autentikator."
	return f
}

func staffPassword() Field {
	f := NewPasswordField("sandi")
	f.Label = "Kata sandi petugas"
	f.Hint = "Sedikitnya 12 karakter: huruf besar dan kecil, angka, serta simbol. Jangan pakai kata sandi akun lain."
	return f
}

func staffCode(issuer string) Field {
	f := OTPField("otp", "Kode 6 angka")
	f.Hint = "Pilih entri “" + issuer + "” yang baru Anda tambahkan. Kode berganti tiap 30 detik."
	return f
}
