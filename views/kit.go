package views

import (
	"strings"

	"github.com/a-h/templ"
)

// Look is the weight of a button. One LookPrimary a page.
type Look string

// The looks of a button.
const (
	LookPrimary   Look = "primary"
	LookSecondary Look = "secondary"
	LookDanger    Look = "danger"
	LookQuiet     Look = "quiet"
)

// Tone is what a panel, a tag or a moment means. Each tone has an icon of its
// own, so that colour is never the only sign.
type Tone string

// The tones.
const (
	ToneNeutral Tone = "neutral"
	ToneInfo    Tone = "info"
	ToneSuccess Tone = "success"
	ToneWarn    Tone = "warn"
	ToneDanger  Tone = "danger"
	ToneWait    Tone = "wait" // somebody else's turn, or a clock running
)

var toneIcons = map[Tone]string{
	ToneNeutral: "dot", ToneInfo: "info", ToneSuccess: "check",
	ToneWarn: "warn", ToneDanger: "stop", ToneWait: "clock",
}

func (t Tone) icon() string { return toneIcons[t] }

// Post is a form that changes something. GET forms use FilterForm.
type Post struct {
	Action string
	ID     string // when a button elsewhere names it
	Files  bool   // multipart/form-data
	Pow    Pow    // zero asks for no proof of work
}

// Pow is a puzzle the script "pow.js" solves while the person types: a decimal
// nonce so that SHA-256(Challenge + ":" + nonce) starts with Bits zero bits.
// The answer travels in the field "pow"; without JavaScript it stays empty and
// the captcha inside PowHide decides.
type Pow struct {
	Challenge string
	Bits      int
}

func (f Post) attrs() templ.Attributes {
	a := templ.Attributes{}
	if f.ID != "" {
		a["id"] = f.ID
	}
	if f.Files {
		a["enctype"] = "multipart/form-data"
	}
	if f.Pow.Challenge != "" {
		a["data-pow-challenge"] = f.Pow.Challenge
		a["data-pow-bits"] = f.Pow.Bits
	}
	return a
}

// Countdown is an instant the person waits for. Shown is enough without
// JavaScript; "countdown.js" counts Left down, not the phone's clock, because
// a wrong clock is why people come here.
type Countdown struct {
	Until string // RFC 3339
	Left  int    // seconds from now
	Shown string // "10.28.10 WITA"
	Done  string // announced at zero: "Anda dapat meminta kode baru."
}

// Clock is the hour of one zone, for comparing with a phone.
type Clock struct {
	Zone string // "WITA"
	Time string // "10.27"
	Date string // "Senin, 23 November 2026"
}

// fours cuts a key where the eye needs a pause.
func fours(value string) []string {
	var groups []string
	for len(value) > 4 {
		groups, value = append(groups, value[:4]), value[4:]
	}
	return append(groups, value)
}

// otpauth lets through the one scheme that templ's own list of schemes lacks.
func otpauth(uri string) templ.SafeURL {
	if strings.HasPrefix(uri, "otpauth://totp/") {
		return templ.SafeURL(uri)
	}
	return templ.FailedSanitizationURL
}
