package tickets

// ReportFilter narrows a report. What is empty lets everything through.
type ReportFilter struct {
	Unit    string // of the roster, or UnknownUnit
	Kind    Kind
	Level   Level
	Channel Channel
}

// UnknownUnit narrows to whoever is in no roster, or in no unit of it.
const UnknownUnit = "tidak-dikenal"

// home is the unit as a measure has it.
func (f ReportFilter) home() string {
	if f.Unit == UnknownUnit {
		return ""
	}
	return parted(f.Unit)[0]
}
