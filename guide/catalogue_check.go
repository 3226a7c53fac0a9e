package guide

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	mostWords   = 15 // in a sentence (screens.md §2.2)
	mostChoices = 8
	symptomsAll = 34      // domain.md §1.6
	longestWait = 24 * 60 // minutes that a page counts down
)

// The kinds of request that a symptom may open. They stand here because guide does not know of tickets.
var kinds = []string{"mfa", "email", "lock", "activation", "other", "fraud"}

// Words that are no keys, because the pages below /bantuan have them in their addresses.
var reserved = []string{"pilih", "pendamping", "ulang", "selesai", "petugas", "jam", "cetak"}

func isKey(key string) bool { return keyPattern.MatchString(key) && !slices.Contains(reserved, key) }

var (
	keyPattern  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	sentenceEnd = regexp.MustCompile(`[.?!][”)]?(\s|$)`)
	placeholder = regexp.MustCompile(`\{[^}]*\}?`)
	// A portal's own names belong to the directory's settings.
	spelledOut = regexp.MustCompile(`(?i)asn\s?digital|public-siasn|bkn\.go\.id`)
)

func (c *Catalogue) check() error {
	var wrong []error
	c.prose(func(place string, text *string) { wrong = append(wrong, about(place, proseRule(*text))) })
	for i, s := range c.symptoms {
		if s.No != i+1 {
			wrong = append(wrong, fmt.Errorf("%s: number %d, want %d", s.at(""), s.No, i+1))
		}
		wrong = append(wrong, about(s.at(""), s.check()), c.checkSteps(s))
	}
	if n := len(c.symptoms); n != symptomsAll {
		wrong = append(wrong, fmt.Errorf("symptoms: %d, want %d", n, symptomsAll))
	}
	wrong = append(wrong, c.checkQuestions(), c.checkGuide(), c.checkFAQ())
	if err := errors.Join(wrong...); err != nil {
		return err // the ways can only be walked where every place exists
	}
	return c.checkWays()
}

func about(place string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", place, err)
}

func proseRule(text string) error {
	if name := spelledOut.FindString(text); name != "" {
		return fmt.Errorf("%q belongs to the settings: write {portal}, {alamat} or {entri}", name)
	}
	for _, name := range placeholder.FindAllString(text, -1) {
		if !slices.Contains([]string{"{portal}", "{alamat}", "{entri}"}, name) {
			return fmt.Errorf("%s is no name that is filled in", name)
		}
	}
	for _, sentence := range sentenceEnd.Split(strings.ReplaceAll(text, "{portal}", "nama portal"), -1) {
		if n := len(strings.Fields(sentence)); n > mostWords {
			return fmt.Errorf("a sentence of %d words, at most %d: %q", n, mostWords, sentence)
		}
	}
	return nil
}

func (s Symptom) check() error {
	var wrong []error
	missing := func(lacks bool, what string) {
		if lacks {
			wrong = append(wrong, errors.New(what))
		}
	}
	missing(!isKey(s.Key), "key is not kebab-case, or is taken by another page")
	missing(s.Title == "", "no title")
	missing(len(s.Causes) == 0, "no causes")
	missing(len(s.Steps) == 0, "no steps")
	missing(s.Escalate == "", "does not say when to hand over")
	missing(!slices.Contains(kinds, s.Kind), fmt.Sprintf("%q is no kind of request", s.Kind))
	missing(len(s.Sources) == 0, "no sources")
	for _, m := range s.Messages {
		missing(m.Text == "" || m.Meaning == "", fmt.Sprintf("message %q lacks its text or its meaning", m.Text))
		missing(m.Lang != "en" && m.Lang != "id", fmt.Sprintf("message %q is in %q, neither en nor id", m.Text, m.Lang))
	}
	return errors.Join(wrong...)
}
