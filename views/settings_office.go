package views

// Calendar is the form of an agency's calendar.
type Calendar struct {
	Did     string
	Version string // "Versi 3, berlaku sejak …"
	Zone    string
	Week    []Field // Monday first
	Days    string
	Waiting string // address of the proposal that waits; "" for none
}

// Targets is the form of the targets.
type Targets struct {
	Did   string
	Kinds []Field
}

// Networks is the form of the counter networks.
type Networks struct {
	Did     string
	Text    string
	Waiting string // address of the proposal that waits; "" for none
	Here    string // the address this request comes from
	Default bool   // the installation's hold
}

// Evidence is the form of the evidence sets.
type Evidence struct {
	Did     string
	Holds   string // since when; or from when a newer one does
	Waiting string // address of the proposal that waits; "" for none
	Kinds   []EvidenceKind
}

// EvidenceKind are the sets of one kind of request.
type EvidenceKind struct {
	Title  string
	Levels []EvidenceLevel
}

// EvidenceLevel is one set. What the floor wants is fixed.
type EvidenceLevel struct {
	Title     string
	Floor     string // in words
	Documents Field
	Options   []Option
	Ticks     []Field
}

func zones() []Option {
	return []Option{{Value: "WIB", Text: "WIB"}, {Value: "WITA", Text: "WITA"}, {Value: "WIT", Text: "WIT"}}
}
