package views

// AuditLog is a page of the log, as a supervisor reads it.
type AuditLog struct {
	Tabs    []Link
	Alarm   string // what the last check found; "" is nothing
	Bound   bool   // he may read by the number of a request only
	Person  string // whose events alone are shown: an id, never a number
	All     string // address without that person
	Number  string
	From    string
	Until   string
	Actors  []Option
	Actions []Option
	Results []Option
	Asked   bool // something was looked for, or everything is shown
	Waiting bool // older events have no place in the index yet
	Table   Table
	Pager   Pager
}

// AuditAbout is whom and what an event concerns.
type AuditAbout struct {
	Number, Ticket string // number and address of a request
	Person, Events string // "Orang 7f3a91" and the address of his events
	Other          string // a member of staff
}

// AuditChain is the state of the chain and its copy outside.
type AuditChain struct {
	Tabs    []Link
	Running bool
	Percent int
	NoCopy  bool   // no file outside is set
	Again   string // from when on it may be checked again, "" for now
	Checks  []AuditCheck
	Did     string
}

// AuditCheck is one check with what it found.
type AuditCheck struct {
	Title    string
	When     string
	By       string
	State    Badge
	Rows     []Row
	Findings []string
}

// AuditIncident asks whom a breach concerns.
type AuditIncident struct {
	Tabs    []Link
	From    string
	Until   string
	Actors  []Option
	Actions []Option
	Network string
}

// AuditAccess lists who asked for what is kept of him.
type AuditAccess struct {
	Tabs   []Link
	Did    string
	Reason string
	More   bool // there are more open ones than are shown
	Open   Table
	Past   Table
}

// AuditHandOver is one such request, to be handed over.
type AuditHandOver struct {
	State  Badge
	Rows   []Row
	Action string
	WhyNot string // why he may not
}
