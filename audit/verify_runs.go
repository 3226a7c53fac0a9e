package audit

import (
	"cmp"
	"slices"
)

// run is a part of the chain without a gap: the number of its first event, and
// the first bytes of each hash.
type run struct {
	first  int64
	hashes [][8]byte
}

// keep keeps the hash of the next event; after a gap begins another run.
func (v *verifier) keep(s Seal) {
	if len(v.runs) == 0 || s.Seq != v.Sealed+1 {
		v.runs = append(v.runs, run{first: s.Seq})
	}
	last := &v.runs[len(v.runs)-1]
	last.hashes = append(last.hashes, start(s.Hash))
}

// kept is the hash of an event by its number, if the database has it.
func (v *verifier) kept(seq int64) (hash [8]byte, known bool) {
	i, exact := slices.BinarySearchFunc(v.runs, seq, func(r run, seq int64) int { return cmp.Compare(r.first, seq) })
	if !exact {
		i--
	}
	if i < 0 || seq-v.runs[i].first >= int64(len(v.runs[i].hashes)) {
		return hash, false
	}
	return v.runs[i].hashes[seq-v.runs[i].first], true
}
