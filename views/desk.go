package views

// Desk is one ticket as a member of staff sees it: the conversation beside
// the identity panel. Before the check it holds no value of the record
// (impostor 22); the app fills Record only afterwards.
type Desk struct {
	Number    string
	Self      string // its address
	Live      string // address of the stream that tells of changes; "" draws none
	Here      string // who else has it open; "" for nobody
	Tags      []Badge
	Next      Next
	Changed   *Changed // another person acted while this one typed
	Facts     []Row
	Answered  []Row    // what the person said in the troubleshooter
	Measured  []Row    // by the app, apart from what the person says
	Handling  []Action // release, take over
	Earlier   []Cell   // other requests with the same NIP
	Problem   string
	Thread    []Message
	Saved     []Option // texts that the agency keeps, to begin a reply with
	Replies   []Action
	NoReply   string // why the person cannot be written to; "" says nothing
	Claim     []Row  // what the requester says
	Record    []Row  // what the roster says, from the check on
	Flags     []string
	Identity  bool   // an identity is checked for this kind
	Files     []Cell // what the person sent, each with its page
	Proofs    []ProofRow
	Missing   []string
	Counts    string   // which of what was shown counts here, where that surprises
	Compare   []Action // blind comparisons
	NoCompare string   // why there are none
	Code      *ReadOut
	Actions   []Action
	NoActions string // why there are none
	Closed    []Closed
	History   []Moment
}

// Badge is a tag of the ticket's head.
type Badge struct {
	Tone Tone
	Text string
}

// Next says whose turn it is and leads there.
type Next struct {
	Tone   Tone
	Title  string
	Text   string
	Href   string // "#persetujuan"; "" leads nowhere
	Link   string
	Action *Action // done right here, such as claiming
}

// Changed is what happened to the ticket since the page was opened.
type Changed struct {
	Moments []Moment
	Kept    string // the message he typed, should its form be closed now
}

// Action is one verb that is open, with its form.
type Action struct {
	ID      string // anchor, and prefix of its fields
	Title   string // on the button
	Opener  string // what unfolds it; "" is the title
	Text    string // what follows from it
	Post    string
	Version string
	Look    Look
	Open    bool // drawn open: it is the next step
	Fields  []Control
	Fixed   []Pair // hidden values
}

// Closed is what cannot be done now, and the one reason for it.
type Closed struct {
	Titles []string
	Why    string
}

// Control is one field of an action.
type Control struct {
	Field
	Area    bool
	Options []Option
}

// Pair is a hidden value of a form.
type Pair struct {
	Name  string
	Value string
}

// ProofRow is one item of the identity check.
type ProofRow struct {
	Title    string
	By       string // "Asli di loket · Rina, 23-11-2026 10.42"
	Result   Badge
	Withdraw *Action
	File     string // address of the file that it was compared with
	NoFile   bool   // a document from afar that names none
}

// ReadOut is the code that the agent reads to the person on the telephone.
type ReadOut struct {
	Code string
	Text string
}

// proves tells whether there is anything to say of an identity.
func (d Desk) proves() bool {
	return d.Identity && (len(d.Proofs)+len(d.Missing)+len(d.Compare) > 0 || d.NoCompare != "")
}

// folded keeps what is not the next step out of the way, but never hides a
// field that has an error or text in it.
func (a Action) folded(p Page) bool {
	if a.Open || len(a.Fields) == 0 || p.ErrorFor(a.ID) != "" {
		return false
	}
	for _, c := range a.Fields {
		if c.Value != "" || p.ErrorFor(c.Name) != "" {
			return false
		}
	}
	return true
}

// heading says whether the form needs a title besides its button: a single
// field with a label speaks for itself.
func (a Action) heading() bool { return len(a.Fields) > 1 || len(a.Fields) == 1 && a.Text != "" }

func (a Action) opener() string {
	if a.Opener == "" {
		return a.Title
	}
	return a.Opener
}

func (a Action) look() Look {
	if a.Look == "" {
		return LookSecondary
	}
	return a.Look
}
