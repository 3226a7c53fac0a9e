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

func (f Filter) args() []any { return []any{f.pattern(), f.Kind, f.Level, f.Channel, f.Cause, f.units} }

var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// pattern finds a part of a name, as lower() writes it.
func (f Filter) pattern() string {
	if f.Unit == "" {
		return ""
	}
	return "%" + literally.Replace(strings.ToLower(f.Unit)) + "%"
}
