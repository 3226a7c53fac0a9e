package guide

import "strings"

// prose hands every text that a person reads to do, with the place it stands in. A literal message is none: it stays as
// the portal has it.
func (c *Catalogue) prose(do func(place string, text *string)) {
	for i := range c.symptoms {
		c.symptoms[i].prose(do)
	}
	for i := range c.questions {
		c.questions[i].prose(do)
	}
	for i := range c.guide {
		c.guide[i].prose(do)
	}
	for i := range c.faq {
		place := "faq.yaml: " + c.faq[i].Question
		do(place, &c.faq[i].Question)
		everyText(place, c.faq[i].Answer, do)
	}
}

func (s *Symptom) prose(do func(string, *string)) {
	place := s.at("")
	do(place, &s.Title)
	for i := range s.Messages {
		do(place, &s.Messages[i].Meaning)
	}
	everyText(place, s.Causes, do)
	do(place, &s.Warning)
	do(place, &s.Escalate)
	for i := range s.Steps {
		step := &s.Steps[i]
		place := s.at(step.Key)
		everyText(place, step.Text, do)
		for _, text := range []*string{&step.Title, &step.Risk, &step.Says.Worked, &step.Says.Failed, &step.Says.Cannot} {
			do(place, text)
		}
	}
}

func (q *Question) prose(do func(string, *string)) {
	place := "questions.yaml: " + q.Key
	do(place, &q.Text)
	do(place, &q.Hint)
	for i := range q.Choices {
		do(place, &q.Choices[i].Text)
	}
}

func (g *GuidePage) prose(do func(string, *string)) {
	place := "guide.yaml: " + g.Key
	do(place, &g.Title)
	everyText(place, g.Intro, do)
	for i := range g.Steps {
		do(place, &g.Steps[i].Title)
		everyText(place, g.Steps[i].Text, do)
	}
}

func everyText(place string, texts []string, do func(string, *string)) {
	for i := range texts {
		do(place, &texts[i])
	}
}

// at names a place for a message about it.
func (s Symptom) at(step string) string {
	if step == "" {
		return s.file() + ": symptom " + s.Key
	}
	return s.file() + ": symptom " + s.Key + ", step " + step
}

// fill puts the directory's own names into every text. An address is shown as people type it.
func (c *Catalogue) fill(w Words) {
	names := strings.NewReplacer("{portal}", w.Portal, "{alamat}", strings.TrimPrefix(w.Address, "https://"), "{entri}", w.Entry)
	c.prose(func(_ string, text *string) { *text = names.Replace(*text) })
}
