package views

// StatusFind is the form that opens a request: number and secret.
type StatusFind struct {
	Number string
	Asked  bool // somebody opened a request's address without its secret
}

// Status is what the requester sees of his request. It holds nothing of the
// record, so a receipt for somebody else's NIP tells nothing (EN-08).
type Status struct {
	Number    string
	Tag       string // the state in two words
	Tone      Tone
	Lead      string // what the state means for him
	Danger    bool   // somebody else may be using the account
	Until     string // until when, with zone; "" when nothing runs
	Updated   string // "10.42 WITA"
	News      string // what he just did, in words; "" on a plain visit
	Next      []StatusNext
	Steps     []Moment // the whole way, past and to come
	History   []Moment // what happened
	Messages  []Message
	Files     string // "KTP, SK PNS"; "" for none
	CanAttach bool
	Rating    *Rating // asked for at the end; nil draws none
	CanSurvey bool    // nine more questions may be answered
	CanReply  bool
	Reply     string // what he typed, when it was refused
	Doubt     bool   // a password or a code seems to stand in Reply
	CanCancel bool
}

// Rating asks two questions when a request has ended.
type Rating struct {
	Solved  string // what was chosen before a mistake
	Solveds []Option
	Helped  string
	Helpeds []Option
}

// StatusNext is something the requester can do now. The first is the one that
// matters.
type StatusNext struct {
	Title  string
	Text   string
	Button string
	Href   string
}

// StatusPass is a pass on the one page that shows it.
type StatusPass struct {
	Number string
	Code   string // grouped by four
	Until  Countdown
	Enrol  string // where it is used
	Place  string // the same in full, for another device
	QR     string // of Place; never holds the pass
}

// path is the address of something of this request.
func (s Status) path(what string) string { return StatusPath(s.Number, what) }

// StatusPath is the address of a request, or of something of it.
func StatusPath(number, what string) string {
	if what == "" {
		return "/tiket/" + number
	}
	return "/tiket/" + number + "/" + what
}

// look gives the first thing to do the weight.
func statusLook(i int) Look {
	if i == 0 {
		return LookPrimary
	}
	return LookSecondary
}
