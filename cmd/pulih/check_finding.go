package main

import (
	"errors"
	"fmt"
	"strings"
)

// health is what a look at a part came to. A part that could not be tried is
// never called well.
type health string

const (
	well    health = "ok"
	warns   health = "warn"
	fails   health = "fail"
	untried health = "untried"
)

// finding is one part of the report.
type finding struct {
	Part  string   `json:"part"`
	State health   `json:"state"`
	Text  string   `json:"text"`
	Do    string   `json:"do,omitempty"`
	More  []string `json:"more,omitempty"`
	err   error
}

func fine(part, format string, args ...any) finding {
	return finding{Part: part, State: well, Text: fmt.Sprintf(format, args...)}
}

func doubt(part, do, format string, args ...any) finding {
	return finding{Part: part, State: warns, Text: fmt.Sprintf(format, args...), Do: do}
}

func failed(part string, err error, do string) finding {
	return finding{Part: part, State: fails, Text: sentence(err), Do: do, err: err}
}

func skipped(part, why string) finding {
	return finding{Part: part, State: untried, Text: "not tried: " + why}
}

// String is the line that the console shows.
func (f finding) String() string {
	line := fmt.Sprintf("%-7s  %-12s  %s", f.State, f.Part, strings.ReplaceAll(f.Text, "\n", "; "))
	if f.Do != "" {
		line += " → " + f.Do
	}
	for _, more := range f.More {
		line += "\n" + strings.Repeat(" ", 23) + more
	}
	return line
}

// sick are the parts that failed.
type sick []finding

func (s sick) Error() string {
	var all []string
	for _, f := range s {
		all = append(all, f.Part+": "+f.err.Error())
	}
	return strings.Join(all, "; ")
}

func (s sick) Unwrap() (all []error) {
	for _, f := range s {
		all = append(all, f.err)
	}
	return all
}

// unwell is an error where a part failed; a warning is none.
func unwell(all []finding) error {
	var s sick
	for _, f := range all {
		if f.State == fails {
			if f.err == nil {
				f.err = errors.New(f.Text)
			}
			s = append(s, f)
		}
	}
	if len(s) == 0 {
		return nil
	}
	return s
}
