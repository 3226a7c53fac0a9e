package views

import "pulih/guide"

// ClockPage is the start of the clock check: the browser measures at once, the
// practice entry measures the app, the big clocks need nothing.
type ClockPage struct {
	Computer     bool   // the browser does not run on a phone
	Unsure       bool   // our own clock is off: nothing is judged
	Green, Amber string // milliseconds a clock may be slow and fast for that light, for the script
	Now          string // "10.27 WITA"
	Clocks       []Clock
	Zone         string // chosen zone of the phone
	Typed        string // "10:27", as the person typed it
	Here         string // QR of this page, for the phone; "" on a phone
	Practice     string // address of the practice that this browser has; "" for none
	Step         Link   // the step of the troubleshooter that sent him here
}

// PracticePage is a practice entry under way.
type PracticePage struct {
	Computer bool
	URI      string // otpauth://
	Code     string // its QR
	Key      string // its key, in groups of four
	HandOff  string // QR that goes on with it on the phone
	Halfway  bool   // one code was recognised, the next decides
	Taken    bool   // the phone follows it already
	Left     int    // codes that may still be typed
	Until    Countdown

	Waiting string         // address of the stream that tells of the phone's verdict; "" on a phone
	Result  *guide.Verdict // of any device of this practice
	Full    string         // address of the whole verdict
	Step    Link           // the step of the troubleshooter that sent him here
}

// VerdictPage is what a measurement means and what to do.
type VerdictPage struct {
	guide.Verdict
	Brand  guide.Brand // zero: none chosen yet
	Brands []Link
	Again  string // where to measure again

	Step      Link // the step of the troubleshooter that sent him here; an empty Href draws none
	Elsewhere bool // another device waits for this verdict
}

// again keeps one primary button on the page.
func (v VerdictPage) again() Look {
	if v.Step.Href != "" {
		return LookSecondary
	}
	return LookPrimary
}

func verdictTone(v guide.Verdict) Tone {
	switch {
	case v.Computer && v.Method == guide.ByBrowser:
		return ToneInfo
	case v.Light == guide.Green:
		return ToneSuccess
	case v.Light == guide.Amber:
		return ToneWarn
	}
	return ToneDanger
}

func (c ClockPage) device() string {
	if c.Computer {
		return "Jam komputer ini"
	}
	return "Jam HP ini"
}

func (c ClockPage) zones() []Option {
	return []Option{
		{Value: "WIB", Text: "WIB", Hint: "Jakarta, Medan, Pontianak"},
		{Value: "WITA", Text: "WITA", Hint: "Makassar, Denpasar, Kupang"},
		{Value: "WIT", Text: "WIT", Hint: "Ambon, Jayapura, Sorong"},
	}
}

// practiceField is no one-time code to the browser: it must not offer the account's.
func practiceField() Field {
	f := OTPField("kode", "Kode dari entri LATIHAN")
	f.Hint = "6 angka. Boleh memakai spasi. Kirim begitu selesai mengetik."
	f.Autocomplete = "off"
	return f
}
