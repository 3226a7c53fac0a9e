package guide

// Symptom is one trouble as the person meets it, and the way out of it: one step at a time, never one that costs the
// account (domain.md §1.6).
type Symptom struct {
	Key      string    // its address, /bantuan/KEY: kebab-case Indonesian, "otp-tidak-valid"
	No       int       // 1 to 34, domain.md §1.6
	Title    string    // as the person sees it
	Messages []Message // literal messages of the portal
	Typed    []string  // how people word it; only Match reads this
	Causes   []string
	Warning  string // a stop-sign before all steps, "" for none
	Steps    []Step
	Escalate string   // when to hand over, in words
	Kind     string   // the kind of the request it opens: mfa, email, lock, activation, other, fraud
	Portal   bool     // a portal incident explains it: the banner belongs here
	Sources  []string // S0 to S4 for the seed articles, X for research, else a document and its section
}

// Message is a text of the portal, word for word, so that a person recognises it and Match finds it.
type Message struct {
	Text    string
	Lang    string // "en" or "id", for the attribute lang (WCAG 3.1.2)
	Meaning string // in Indonesian
}

// Step is one thing to do, with a way on however it goes.
type Step struct {
	Key                    string
	Title                  string
	Text                   []string // short paragraphs
	Risk                   string   // what the step can break, "" for nothing
	Tool                   Tool     // what stands beside it
	Wait                   int      // minutes to wait, with WaitTool only
	Amber                  bool     // with ClockTool only: a clock that is sometimes refused is good enough to go on
	Says                   Says     // the words on its three buttons
	Worked, Failed, Cannot Way
}

// Measured is the answer that a measured clock gives by itself.
func (s Step) Measured(l Light) Outcome {
	if l == Green || l == Amber && s.Amber {
		return Worked
	}
	return Failed
}

// Says holds the words on a step's buttons. A file names only those that differ from the usual ones.
type Says struct{ Worked, Failed, Cannot string }

var usual = Says{Worked: "Ya, berhasil", Failed: "Belum berhasil", Cannot: "Saya tidak bisa melakukannya"}

// Tool is something of ours that stands beside a step.
type Tool string

// The tools, and where each leads.
const (
	NoTool       Tool = ""
	ClockTool    Tool = "jam"        // the clock check
	BrandTool    Tool = "merek"      // the path to automatic time, by brand
	PasswordTool Tool = "sandi"      // /pulihkan
	MFATool      Tool = "mfa"        // /pulihkan-mfa
	ActivateTool Tool = "aktivasi"   // /aktivasi
	UnlockTool   Tool = "kunci"      // /buka-kunci
	SignInTool   Tool = "masuk"      // signing in; only from here may a walk be solved
	AccountTool  Tool = "akun"       // /akun
	WaitTool     Tool = "tunggu"     // a wait of some minutes
	AskTool      Tool = "pertanyaan" // /bantuan, the first question
	HelperTool   Tool = "pendamping" // /bantuan/pendamping
)

var tools = []Tool{NoTool, ClockTool, BrandTool, PasswordTool, MFATool, ActivateTool, UnlockTool, SignInTool, AccountTool, WaitTool, AskTool, HelperTool}

// Step finds a step by its key.
func (s Symptom) Step(key string) (Step, bool) {
	if i := s.place(key); i >= 0 {
		return s.Steps[i], true
	}
	return Step{}, false
}

// After names the step that "lanjut" leads to from a step; ok is false behind the last one.
func (s Symptom) After(key string) (Step, bool) {
	i := s.place(key)
	if i < 0 || i+1 >= len(s.Steps) {
		return Step{}, false
	}
	return s.Steps[i+1], true
}

// Number is the place of a step among the others, from 1; 0 for one that is not there.
func (s Symptom) Number(key string) int { return s.place(key) + 1 }

func (s Symptom) place(key string) int {
	for i, step := range s.Steps {
		if step.Key == key {
			return i
		}
	}
	return -1
}
