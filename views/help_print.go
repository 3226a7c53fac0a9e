package views

// HelpSheet is a symptom with all its steps, for paper.
type HelpSheet struct {
	HelpAround
	Warning  Prose
	Steps    []HelpSheetStep
	Escalate Prose
	Page     string // the symptom's whole address
}

// HelpSheetStep is one step on paper: what a button does on the screen is
// said in words.
type HelpSheetStep struct {
	Title   string
	Text    []Prose
	Risk    Prose
	Brands  bool   // with the way to automatic time for each make of phone
	Address string // of our own page that the step uses; "" for none
	Ways    []Prose
}
