package guide

// Matched is a symptom that a typed text may mean.
type Matched struct {
	Symptom Symptom
	Score   float64 // 0 to 1
}

type phrase struct{}

func (c *Catalogue) collect() []phrase { return nil }

// Match finds the symptoms that a typed or pasted text means, best first, at most 5.
func (c *Catalogue) Match(typed string) []Matched { return nil }
