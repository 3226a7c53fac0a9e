package views

// SignInPage is what was typed at /masuk. Renewed is set right after a new
// password was saved, Unlocked right after a code ended a pause; Help names
// the pages that help with what went wrong. Backup keeps the field for a
// backup code open.
type SignInPage struct {
	NIP      string
	Renewed  bool
	Unlocked bool
	Backup   bool
	Help     []Link
	Notices  []Notice
}

func signInOTP() Field {
	f := OTPField("otp", "Kode OTP")
	f.OneOf = true
	return f
}

func signInBackup() Field {
	f := BackupField("cadangan")
	f.OneOf = true
	return f
}
