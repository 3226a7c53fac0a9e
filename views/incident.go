package views

// Incidents is the staff's page of announcements.
type Incidents struct {
	Items   []IncidentItem
	Propose bool // his role may
	Text    string
	Starts  string // "2026-11-23T10:00"
	Ends    string
	Zone    string
}

// IncidentItem is one announcement with what he may do.
type IncidentItem struct {
	Text    string
	When    string
	State   Badge
	People  string // who proposed, confirmed, ended
	Confirm string // address; "" where he may not
	WhyNot  string // Indonesian
	End     string
	EndText string
}
