package guide

import (
	"cmp"
	"slices"
	"time"

	"pulih/db"
	"pulih/otp"
)

// kept is what stays of the last code that was recognised.
type kept struct {
	at      db.Time
	offsets []int
}

// weigh decides what a code tells, after its offsets were searched. A drift above five minutes takes two codes: one code
// of a wrong entry fits somewhere within 26 hours in 0.62 % of cases, two codes practically never (clock.md §4.3).
func weigh(p Practice, offsets []int, at time.Time, s Submission) (Tried, kept) {
	before, now := kept{p.codeAt, p.offsets}, kept{db.At(at), offsets}
	if len(offsets) == 0 {
		return Tried{Result: Unknown, Left: p.Left}, before
	}
	if pairs := otp.Join(p.offsets, p.codeAt.Time(), offsets, at); len(pairs) > 0 {
		best := slices.MinFunc(pairs, func(a, b otp.Pair) int { return cmp.Compare(size(a.Second), size(b.Second)) })
		first := otp.ReadingAt(p.codeAt.Time(), best.First).Drift()
		now.offsets = []int{best.Second}
		return judged(p, first.And(s.drift(at, best.Second)), s), now
	}
	if otp.Repeats(p.offsets, p.codeAt.Time(), offsets, at) {
		return Tried{Result: Same, Left: p.Left}, before
	}
	if nearest := slices.MinFunc(offsets, func(a, b int) int { return cmp.Compare(size(a), size(b)) }); size(nearest) <= otp.SingleLimit {
		return judged(p, s.drift(at, nearest), s), now
	}
	return Tried{Result: Next, Left: p.Left}, now
}

func judged(p Practice, d otp.Drift, s Submission) Tried {
	f := Finding{Method: ByCode, Drift: d, System: s.System, Computer: s.Computer}
	return Tried{Result: Judged, Left: p.Left, Verdict: Judge(f)}
}

func (s Submission) drift(at time.Time, offset int) otp.Drift {
	r := otp.ReadingAt(at, offset)
	if s.Pressed {
		return r.DriftAtChange(s.Age)
	}
	return r.Drift()
}

func size(k int) int { return max(k, -k) }
