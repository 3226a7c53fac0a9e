package guide

import (
	"cmp"
	"slices"
	"time"

	"pulih/db"
	"pulih/otp"
)

// kept is what stays of the last code. One that was not recognised leaves no offsets.
type kept struct {
	at      db.Time
	offsets []int
	drift   otp.Drift // what all codes so far say together
	misses  int
}

func (p Practice) kept() kept { return kept{p.codeAt, p.offsets, p.drift, p.misses} }

// weigh decides what a code tells, after its offsets were searched. A drift above five minutes takes two codes: one code
// of a wrong entry fits somewhere within 26 hours in 0.62 % of cases, two codes practically never (clock.md §4.3).
func weigh(p Practice, offsets []int, at time.Time, s Submission) (Tried, kept) {
	before, now := p.kept(), kept{db.At(at), offsets, otp.Drift{}, p.misses}
	if len(offsets) == 0 {
		return Tried{Result: Unknown, Left: p.Left}, p.missed(at)
	}
	if pairs := otp.Join(p.offsets, p.codeAt.Time(), offsets, at); len(pairs) > 0 {
		return weighPair(p, nearest(pairs, func(q otp.Pair) int { return q.Second }), at, s)
	}
	if otp.Repeats(p.offsets, p.codeAt.Time(), offsets, at) {
		s.Pressed = false // that was another time
		return weighOne(p, before, s, Same), before
	}
	tried := weighOne(p, now, s, Next)
	if tried.Result == Judged {
		now.drift = tried.Verdict.Drift
	}
	return tried, now
}

// missed counts a code that was not recognised, unless it came within the step of the one before: a pair are two codes.
// What was recognised before is kept for the case of a slip.
func (p Practice) missed(at time.Time) kept {
	k := p.kept()
	if len(p.offsets) == 0 {
		k.at = db.At(at)
	}
	if otp.Step(at) > otp.Step(p.codeAt.Time()) {
		k.misses++
	}
	return k
}

// weighPair narrows what is known: each further code cuts off a piece
// (clock.md §4.3, "interval arithmetic").
func weighPair(p Practice, pair otp.Pair, at time.Time, s Submission) (Tried, kept) {
	first := otp.ReadingAt(p.codeAt.Time(), pair.First).Drift()
	second := s.drift(otp.ReadingAt(at, pair.Second))
	if p.knows(second) {
		first = p.drift
	}
	d := first.And(second)
	return judged(p, d, s), kept{db.At(at), []int{pair.Second}, d, 0}
}

// knows tells whether earlier codes say something that d does not exclude. A
// clock that was set meanwhile begins anew.
func (p Practice) knows(d otp.Drift) bool {
	return p.drift != otp.Drift{} && p.drift.Low < d.High && d.Low < p.drift.High
}

// weighOne judges by one code where that suffices; otherwise the result stands. A form sent twice gets its answer twice.
func weighOne(p Practice, k kept, s Submission, otherwise Result) Tried {
	offset := nearest(k.offsets, func(k int) int { return k })
	if size(offset) > otp.SingleLimit {
		return Tried{Result: otherwise, Left: p.Left}
	}
	return judged(p, s.drift(otp.ReadingAt(k.at.Time(), offset)), s)
}

func judged(p Practice, d otp.Drift, s Submission) Tried {
	f := Finding{Method: ByCode, Drift: d, System: s.System, Computer: s.Computer}
	return Tried{Result: Judged, Left: p.Left, Verdict: Judge(f)}
}

func (s Submission) drift(r otp.Reading) otp.Drift {
	if s.Pressed {
		return r.DriftAtChange(s.Age)
	}
	return r.Drift()
}

// nearest is what explains the code by the smallest offset.
func nearest[T any](all []T, offset func(T) int) T {
	return slices.MinFunc(all, func(a, b T) int { return cmp.Compare(size(offset(a)), size(offset(b))) })
}

func size(k int) int { return max(k, -k) }
