package views

// AlonePage is the first form of somebody who enrols a new authenticator
// without staff. Wait is what this browser holds of a wait, if anything.
type AlonePage struct {
	NIP     string // as typed
	Takes   string // how long the wait is: "24 jam"
	Wait    AloneWaitPage
	Help    Link // what helps with what went wrong; zero draws none
	Notices []Notice
}

// AloneWaitPage is a wait as it stands. All times carry their zone.
type AloneWaitPage struct {
	Until string // when the wait is over; "" while the notice has not gone out
	Ready string // set when it is over: until when one may go on
	Ended string // set when it ended: why
	Next  Link   // and what to do then
	Here  bool   // this browser may go on; another needs the mailed link
}

// live tells whether there is something to go on with.
func (w AloneWaitPage) live() bool {
	return w.Ended == "" && (w.Until != "" || w.Ready != "" || w.Here)
}

// AloneBarredPage says why one cannot enrol alone. Second says that a backup
// code or another device would do. The rest is filled into the request; it is
// the person's own, and he has given his password.
type AloneBarredPage struct {
	Why     []string
	Second  bool
	Counter bool
	NIP     string
}

func aloneBackup() Field {
	f := BackupField("cadangan")
	f.Optional = true
	return f
}

func aloneOTP() Field {
	f := OTPField("otp", "Kode OTP dari perangkat lain")
	f.Hint = "6 angka dari HP atau komputer lain yang pernah Anda daftarkan."
	f.Optional = true
	return f
}
