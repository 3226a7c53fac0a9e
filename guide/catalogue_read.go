package guide

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// wording is words.yaml.
type wording struct {
	English  []string   // what stands in English on the portal's screens
	Synonyms [][]string // for Match: all mean the first
	Vague    []string   // for Match: words that alone say no trouble yet
	Ignored  []string   // for Match: words that say nothing
}

func (w wording) check() error {
	var wrong []error
	for _, same := range w.Synonyms {
		for _, said := range same {
			if n := len(strings.Fields(said)); n == 0 || n > longestSaid || said == same[0] && n > 1 {
				wrong = append(wrong, fmt.Errorf("%q: one word first, then others of up to %d words", said, longestSaid))
			}
		}
	}
	return errors.Join(wrong...)
}

func read(files fs.FS) (*Catalogue, wording, error) {
	c := &Catalogue{}
	var words wording
	err := errors.Join(
		decode(files, "questions.yaml", &c.questions), decode(files, "guide.yaml", &c.guide),
		decode(files, "faq.yaml", &c.faq), decode(files, "words.yaml", &words), c.readSymptoms(files))
	c.english = words.English
	for _, s := range c.symptoms {
		for _, m := range s.Messages {
			if m.Lang == "en" {
				c.english = append(c.english, m.Text)
			}
		}
	}
	return c, words, err
}

func (c *Catalogue) readSymptoms(files fs.FS) error {
	names, err := fs.Glob(files, "symptoms/*.yaml")
	for _, name := range names {
		s := Symptom{}
		err = errors.Join(err, decode(files, name, &s), rightName(name, s))
		for i := range s.Steps {
			s.Steps[i].Says.complete()
		}
		c.symptoms = append(c.symptoms, s)
	}
	slices.SortFunc(c.symptoms, func(a, b Symptom) int { return cmp.Compare(a.No, b.No) })
	return err
}

// rightName lets everybody find a symptom's file.
func rightName(name string, s Symptom) error {
	if want := s.file(); name != want {
		return fmt.Errorf("%s: its number and key call it %s", name, want)
	}
	return nil
}

func (s Symptom) file() string { return fmt.Sprintf("symptoms/%02d-%s.yaml", s.No, s.Key) }

// decode is strict: a key that nothing reads is a mistake, not a remark.
func decode(files fs.FS, name string, into any) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(text, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s *Says) complete() {
	s.Worked = cmp.Or(s.Worked, usual.Worked)
	s.Failed = cmp.Or(s.Failed, usual.Failed)
	s.Cannot = cmp.Or(s.Cannot, usual.Cannot)
}
