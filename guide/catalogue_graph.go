package guide

import (
	"errors"
	"fmt"
	"slices"
)

// mostQuestions is how many questions may lie between a person and the help.
const mostQuestions = 4

func (c *Catalogue) checkQuestions() error {
	wrong := []error{c.checkReach()}
	for _, q := range c.questions {
		place := "questions.yaml: " + q.Key
		if n := len(q.Choices); n == 0 || n > mostChoices {
			wrong = append(wrong, fmt.Errorf("%s: %d choices, at most %d and at least one", place, n, mostChoices))
		}
		if q.Text == "" || !keyPattern.MatchString(q.Key) {
			wrong = append(wrong, fmt.Errorf("%s: no text, or a key that is not kebab-case", place))
		}
		for _, choice := range q.Choices {
			wrong = append(wrong, about(place, c.checkChoice(choice)))
		}
	}
	return errors.Join(wrong...)
}

func (c *Catalogue) checkChoice(choice Choice) error {
	_, question := c.Question(choice.Question)
	_, symptom := c.Symptom(choice.Symptom)
	if choice.Text == "" || (choice.Question == "") == (choice.Symptom == "") || question == symptom {
		return fmt.Errorf("choice %q leads not to exactly one question or symptom that exists", choice.Text)
	}
	return nil
}

// checkReach walks from the first question breadth first: every question and every symptom must be met.
func (c *Catalogue) checkReach() error {
	asked, found := map[string]bool{}, map[string]bool{}
	next := []string{First}
	for depth := 1; depth <= mostQuestions; depth++ {
		next = c.ask(next, asked, found)
	}
	var wrong []error
	for _, s := range c.symptoms {
		if !found[s.Key] {
			wrong = append(wrong, fmt.Errorf("%s: not within %d questions", s.at(""), mostQuestions))
		}
	}
	for _, q := range c.questions {
		if !asked[q.Key] {
			wrong = append(wrong, fmt.Errorf("questions.yaml: %s: nothing leads here", q.Key))
		}
	}
	return errors.Join(wrong...)
}

// ask puts the questions of one depth and returns those of the next.
func (c *Catalogue) ask(keys []string, asked, found map[string]bool) []string {
	var next []string
	for _, key := range keys {
		if asked[key] {
			continue
		}
		asked[key] = true
		q, _ := c.Question(key)
		for _, choice := range q.Choices {
			found[choice.Symptom] = true
			if choice.Question != "" {
				next = append(next, choice.Question)
			}
		}
	}
	return next
}

func (c *Catalogue) checkGuide() error {
	var wrong []error
	for _, page := range c.guide {
		place := "guide.yaml: " + page.Key
		if page.Title == "" || len(page.Steps) == 0 || !keyPattern.MatchString(page.Key) {
			wrong = append(wrong, fmt.Errorf("%s: no title, no steps, or a key that is not kebab-case", place))
		}
		if !slices.Contains(tools, page.Tool) {
			wrong = append(wrong, fmt.Errorf("%s: %q is no tool", place, page.Tool))
		}
		for _, step := range page.Steps {
			if step.Title == "" || len(step.Text) == 0 {
				wrong = append(wrong, fmt.Errorf("%s: step %q has no title or no text", place, step.Title))
			}
			wrong = append(wrong, about(place, c.known(step.Symptom)))
		}
	}
	return errors.Join(wrong...)
}

func (c *Catalogue) checkFAQ() error {
	var wrong []error
	for _, f := range c.faq {
		if f.Question == "" || len(f.Answer) == 0 {
			wrong = append(wrong, fmt.Errorf("faq.yaml: %q has no answer", f.Question))
		}
		wrong = append(wrong, about("faq.yaml: "+f.Question, c.known(f.Symptom)))
	}
	return errors.Join(wrong...)
}
