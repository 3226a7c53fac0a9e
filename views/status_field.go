package views

import "github.com/a-h/templ"

// typedCode asks for a code of several groups, copied from paper or a screen.
func typedCode(name, label, hint, value string) Field {
	return Field{
		Name: name, Label: label, Hint: hint, Value: value, Autocomplete: "off", Width: "half", Max: 40,
		More: templ.Attributes{"autocapitalize": "characters", "spellcheck": "false"},
	}
}

func factorPassword() Field {
	f := CurrentPasswordField("sandi")
	f.Label = "Kata sandi (password) Anda"
	f.Hint = "Harus sudah dipakai 7 hari sebelum Anda mengajukan permohonan."
	f.OneOf = true
	return f
}

func factorBackup() Field {
	f := BackupField("cadangan")
	f.Hint += " Pakai kode yang belum pernah dipakai."
	f.OneOf = true
	return f
}

func factorOTP() Field {
	f := OTPField("otp", "Kode OTP dari perangkat lain")
	f.Hint = "6 angka dari HP atau komputer lain yang pernah Anda daftarkan."
	f.OneOf = true
	return f
}
