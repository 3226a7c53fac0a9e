package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"pulih/cmd/rig"
)

// samples of each class; EN-04 asks for 500.
const samples = 600

// gross is a gap that even a stopwatch beyond an ocean would show.
const gross = 20 * time.Millisecond

// trial is a step at which a known number must not differ from an unknown
// one. Its act is what is timed; the visitor stands before it.
type trial struct {
	name   string
	stand  func(*subject) error // nil: where the trial before has left him
	act    func(*subject) (rig.Answer, error)
	status int
}

// subject is a visitor with somebody's number, known or not.
type subject struct {
	*rig.Visitor
	rig.Person
	form []string
}

const wrong = "Bukan-Sandinya-12!"

var trials = []trial{
	{"ask for a code", begun("/pulihkan"), func(s *subject) (rig.Answer, error) { return s.Post("/pulihkan/email", s.form...) }, http.StatusSeeOther},
	{"try a code", nil, posting("/pulihkan/kode", "kode", "0000-0000"), http.StatusUnprocessableEntity},
	{"sign in", nil, posting("/masuk", "sandi", wrong, "otp", "123456"), http.StatusUnprocessableEntity},
	{"enrol alone", nil, posting("/pulihkan-mfa", "sandi", wrong, "cadangan", "0000-0000-0000-0000"), http.StatusUnprocessableEntity},
	{"ask to activate", begun("/aktivasi"), func(s *subject) (rig.Answer, error) { return s.Post("/aktivasi/email", s.form...) }, http.StatusSeeOther},
	{"use a pass", nil, posting("/daftar-mfa", "kode", "0000-0000-0000", "sandi", wrong, "otp", ""), http.StatusUnprocessableEntity},
}

// begun starts a flow of a mailed code and solves its gate.
func begun(flow string) func(*subject) error {
	return func(s *subject) (err error) {
		s.form, err = s.Begin(flow, s.Person)
		return err
	}
}

// posting sends the number, and what else a form has.
func posting(path string, fields ...string) func(*subject) (rig.Answer, error) {
	return func(s *subject) (rig.Answer, error) {
		return s.Post(path, append([]string{"nip", s.NIP}, fields...)...)
	}
}

// alike times each step for known and unknown numbers in one shuffled row
// (EN-04). It reports, and fails only where the difference is gross.
func alike(ctx context.Context, pulih *rig.Process, w io.Writer) error {
	fmt.Fprintf(w, "Known against unknown numbers, %d each, shuffled, one at a time (EN-04). KS p: how often two equal\nclasses would differ as much; \"gap\" is between the medians.\n\n", samples)
	fmt.Fprintf(w, "%-18s %10s %10s %9s %7s %7s\n", "step", "known ms", "unknown", "gap ms", "gap", "KS p")
	var all [2][]*subject
	for i := range samples {
		all[0] = append(all[0], &subject{rig.NewVisitor(pulih.URL), rig.Known(i % (wave * waves)), nil})
		all[1] = append(all[1], &subject{rig.NewVisitor(pulih.URL), rig.Unknown(i % (wave * waves)), nil})
	}
	var failed error
	for _, t := range trials {
		if err := ctx.Err(); err != nil {
			return err
		}
		took, err := t.run(all)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		failed = errors.Join(failed, t.compare(w, took[0], took[1]))
	}
	return failed
}

func (t trial) run(all [2][]*subject) (took [2][]time.Duration, err error) {
	var order []int
	for class := range all {
		for i, s := range all[class] {
			if t.stand != nil {
				if err := t.stand(s); err != nil {
					return took, err
				}
			}
			order = append(order, i*2+class)
		}
	}
	rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	for _, o := range order {
		got, err := t.act(all[o%2][o/2])
		if err := got.Must(t.status, err); err != nil {
			return took, err
		}
		took[o%2] = append(took[o%2], got.Took)
	}
	return took, nil
}

func (t trial) compare(w io.Writer, known, unknown []time.Duration) error {
	slices.Sort(known)
	slices.Sort(unknown)
	a, b := milliseconds(known, 50), milliseconds(unknown, 50)
	p := sameDistribution(known, unknown)
	fmt.Fprintf(w, "%-18s %10.2f %10.2f %+9.2f %+6.1f%% %7.3f\n", t.name, a, b, a-b, (a-b)/b*100, p)
	if gap := time.Duration((a - b) * float64(time.Millisecond)); gap.Abs() > gross && p < 1e-6 {
		return fmt.Errorf("%s tells known numbers by %s", t.name, gap)
	}
	return nil
}
