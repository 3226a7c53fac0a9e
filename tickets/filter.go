package tickets

import "strings"

// Filter narrows a list. What is empty lets everything through.
type Filter struct {
	Unit    string // a part of the unit's name
	Kind    Kind
	Level   Level
	Channel Channel
	Cause   string // one of those that the form offers

	units string // whose requests he sees at all (By.units)
}

func (f Filter) args() []any {
	return []any{strings.ToLower(f.Unit), f.Kind, f.Level, f.Channel, f.Cause, f.units}
}
