package tickets

// ReportFilter narrows a report. What is empty lets everything through.
type ReportFilter struct {
	Unit    string // its whole name
	Kind    Kind
	Level   Level
	Channel Channel
}
