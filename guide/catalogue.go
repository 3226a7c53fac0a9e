package guide

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Catalogue is everything the troubleshooter says, read from files that an editor of words changes (docs/content.md).
type Catalogue struct {
	symptoms  []Symptom
	questions []Question
	guide     []GuidePage
	faq       []FAQ
	english   []string
	index     *index
}

// Words are the names that the directory's settings give to things. Texts say {portal}, {alamat} and {entri}, so that no
// page names a portal.
type Words struct{ Portal, Address, Entry string }

// Question asks what the person sees.
type Question struct {
	Key, Text, Hint string
	Choices         []Choice
}

// Choice leads to exactly one of the two.
type Choice struct{ Text, Question, Symptom string }

// First is the key of the question that the walk begins with.
const First = "mulai"

// GuidePage is a page of /panduan, to follow on a second screen or on paper.
type GuidePage struct {
	Key, Title string
	Intro      []string
	Tool       Tool // our own page that does the same
	Steps      []GuideStep
}

// GuideStep is one thing to do; Symptom is the help when it fails.
type GuideStep struct {
	Title   string
	Text    []string
	Symptom string
}

// FAQ is a question people ask; Symptom is where to go when the answer is not enough.
type FAQ struct {
	Question string
	Answer   []string
	Symptom  string
}

//go:embed catalogue
var embedded embed.FS

// Builtin holds the files that are part of the program: what is served unless an operator names a folder of his own,
// which begins as a copy of them.
func Builtin() fs.FS {
	files, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		panic(err) // the name above is a valid one
	}
	return files
}

// LoadCatalogue reads and checks a catalogue's files. Any mistake in them is an error that names the file and the place.
func LoadCatalogue(files fs.FS, w Words) (*Catalogue, error) {
	c, words, err := read(files)
	if err != nil {
		return nil, fmt.Errorf("guide: catalogue: %w", err)
	}
	if err := errors.Join(c.check(), about("words.yaml", words.check())); err != nil {
		return nil, fmt.Errorf("guide: catalogue: %w", err)
	}
	c.fill(w)
	c.prepare(words)
	return c, nil
}

// Symptom finds a symptom by its key.
func (c *Catalogue) Symptom(key string) (Symptom, bool) {
	i := slices.IndexFunc(c.symptoms, func(s Symptom) bool { return s.Key == key })
	if i < 0 {
		return Symptom{}, false
	}
	return c.symptoms[i], true
}

// Symptoms lists all, in the order of domain.md §1.6.
func (c *Catalogue) Symptoms() []Symptom { return slices.Clone(c.symptoms) }

// Question finds a question by its key.
func (c *Catalogue) Question(key string) (Question, bool) {
	i := slices.IndexFunc(c.questions, func(q Question) bool { return q.Key == key })
	if i < 0 {
		return Question{}, false
	}
	return c.questions[i], true
}

// Guide lists the pages of /panduan.
func (c *Catalogue) Guide() []GuidePage { return slices.Clone(c.guide) }

// FAQ lists the questions people ask.
func (c *Catalogue) FAQ() []FAQ { return slices.Clone(c.faq) }
