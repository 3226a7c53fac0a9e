package views

import "github.com/a-h/templ"

// NIPField asks for the 18 digits. The script "nip.js" regroups them on blur.
func NIPField(value string) Field {
	return Field{
		Name: "nip", Label: "NIP atau NI PPPK", Value: value,
		Hint: "18 angka. Contoh: 19860926 201505 1 001. Boleh memakai spasi.",
		Mode: "numeric", Autocomplete: "username", Width: "nip", Max: 30,
		More: templ.Attributes{"data-nip": true},
	}
}

// EmailField asks for an address of the person.
func EmailField(name, label, value string) Field {
	return Field{
		Name: name, Label: label, Value: value,
		Type: "email", Mode: "email", Autocomplete: "email",
	}
}

// PhoneField asks for a telephone or WhatsApp number.
func PhoneField(name, label, value string) Field {
	return Field{
		Name: name, Label: label, Value: value,
		Hint: "Contoh: 0812 3456 7890",
		Type: "tel", Mode: "tel", Autocomplete: "tel", Width: "half", Max: 24,
	}
}

// OTPField asks for six digits of an authenticator. Spaces may be pasted.
func OTPField(name, label string) Field {
	return Field{
		Name: name, Label: label,
		Hint: "6 angka dari aplikasi autentikator. Boleh memakai spasi.",
		Mode: "numeric", Autocomplete: "one-time-code", Width: "code", Max: 12,
	}
}

// BackupField asks for a backup code of the person's printed sheet.
func BackupField(name string) Field {
	return Field{
		Name: name, Label: "Kode cadangan",
		Hint:         "16 huruf dan angka dari lembar kode cadangan Anda.",
		Autocomplete: "off", Width: "half", Max: 40,
		More: templ.Attributes{"autocapitalize": "characters", "spellcheck": "false"},
	}
}

// freshOTP asks for a code that was not used for the sign-in just before.
func freshOTP() Field {
	f := OTPField("otp", "Kode OTP")
	f.Hint = "6 angka yang baru. Kode yang tadi dipakai masuk tidak berlaku lagi."
	return f
}

// MailedCodeField asks for the code of eight characters that was mailed.
func MailedCodeField(name, label, value string) Field {
	return Field{
		Name: name, Label: label, Value: value,
		Hint:         "8 huruf dan angka. Contoh: 7K3M-9QXD. Huruf besar atau kecil sama saja.",
		Autocomplete: "one-time-code", Width: "code", Max: 120, // a pasted sentence fits
		More: templ.Attributes{"autocapitalize": "characters"},
	}
}

// CurrentPasswordField asks for the password in use.
func CurrentPasswordField(name string) Field {
	return Field{Name: name, Label: "Kata sandi (password)", Autocomplete: "current-password"}
}

// NewPasswordField asks for a new password. It tells password managers the
// portal's rule, so that what they make is accepted.
func NewPasswordField(name string) Field {
	return Field{
		Name: name, Label: "Kata sandi baru", Autocomplete: "new-password",
		More: templ.Attributes{
			"minlength":     12,
			"passwordrules": "minlength: 12; required: lower; required: upper; required: digit; required: [-_.!@#$%*?];",
		},
	}
}
