package views

import "pulih/guide"

// Prose is a text of the catalogue, split where it quotes the portal, so that
// a screen reader says English in English (WCAG 3.1.2).
type Prose []guide.Span

// HelpAround is what stands around every page of the troubleshooter.
type HelpAround struct {
	Incidents []Notice // trouble at the portal that explains what he sees
	Helper    bool     // somebody helps him
}

// Notice is an announcement of trouble at the portal.
type Notice struct {
	Title string
	Text  string
	Until string // as shown, with zone
}

// HelpChoice leads on.
type HelpChoice struct {
	Text  Prose
	Small Prose // what it means; nil draws none
	Href  string
}

// HelpQuestion is one question of the walk. The first one takes a pasted
// message too.
type HelpQuestion struct {
	HelpAround
	Hint    Prose
	Choices []HelpChoice
	Paste   bool
	Typed   string // never in an address
	Asked   bool   // a message was looked for
	Found   []HelpChoice
}

// HelpSymptom is a trouble before its first step.
type HelpSymptom struct {
	HelpAround
	Messages []HelpMessage
	Causes   []Prose
	Warning  Prose
	Steps    []HelpChoice
	Escalate Prose
	HandOver string // address of the page that hands over
	Print    string // address of the page with every step
}

// HelpMessage is what the portal shows, word for word.
type HelpMessage struct {
	Text, Lang string
	Meaning    Prose
}

// HelpStep is one step: what to do, what stands beside it, and three answers.
type HelpStep struct {
	HelpAround
	Symptom Prose
	Back    string // the symptom's address
	Post    string // its own address
	No, Of  int
	Warning Prose // before the first step only
	Text    []Prose
	Risk    Prose
	Says    HelpSays
	Tool    HelpTool
	Brand   string // key, carried with the answer
	Page    string // its whole address, for another device
	QR      string // of that address; "" on a phone
}

// HelpSays are the words on a step's buttons.
type HelpSays struct{ Worked, Failed, Cannot Prose }

// answerLook keeps one primary button: what is to be done stands above the
// answers.
func (s HelpStep) answerLook() Look {
	if s.Tool.Tool == guide.ClockTool || s.Tool.Link.Href != "" {
		return LookSecondary
	}
	return LookPrimary
}

// HelpTool is something of ours that stands beside a step.
type HelpTool struct {
	Tool     guide.Tool
	Link     Link           // a page of ours; an empty Href draws none
	Clock    *guide.Verdict // measured already
	Measured guide.Outcome  // the answer it gives by itself, "" where it is to be measured again
	ClockAt  string
	Brand    guide.Brand
	Brands   []Link
	Wait     HelpWait
}

// HelpWait is how long to wait, as times of day: "10.27 WITA".
type HelpWait struct {
	Now, Until string
	Over       bool
	Lock       bool // each try before the end makes it longer
}

// HelpEnd is where a walk ends without success.
type HelpEnd struct {
	HelpAround
	Why     Prose
	Request string // address of the form, with the cause chosen
	Carried []Row  // what goes along
}

// HelpHelper is the switch for those who help somebody.
type HelpHelper struct{ On bool }

// GuideIndex lists the guide's pages and the questions people ask.
type GuideIndex struct {
	HelpAround
	Pages []Link
	FAQ   []GuideFAQ
}

// GuideFAQ is a question with its answer.
type GuideFAQ struct {
	Question Prose
	Answer   []Prose
	Symptom  Link
}

// GuidePage is one page to follow on a second screen or on paper.
type GuidePage struct {
	HelpAround
	Intro []Prose
	Tool  Link // our own page that does the same; an empty Href draws none
	Steps []GuideStep
	Page  string
	QR    string
}

// GuideStep is one thing to do, and where to go when it fails.
type GuideStep struct {
	Title   string
	Text    []Prose
	Symptom Link
}
