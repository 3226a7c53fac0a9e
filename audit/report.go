package audit

import "slices"

// Report is what Verify saw. Where there was too much to list, the last
// finding, Further, counts the rest.
type Report struct {
	Sealed   int64 // events in the chain
	Copied   int64 // events in the copy
	Findings []Finding
	Restored []Event // each restore from a backup that the chain tells of
}

const enoughFindings = 100

// find keeps a finding. The first of its kind is listed whatever came before:
// who makes much noise hides nothing.
func (r *Report) find(f Finding) {
	if r.listed() < enoughFindings || !slices.ContainsFunc(r.Findings, func(one Finding) bool { return one.What == f.What }) {
		r.Findings = slices.Insert(r.Findings, r.listed(), f)
		return
	}
	if r.listed() == len(r.Findings) {
		r.Findings = append(r.Findings, Finding{What: Further})
	}
	r.Findings[r.listed()].Count++
}

// listed is how many findings are told one by one.
func (r *Report) listed() int {
	n := len(r.Findings)
	if n > 0 && r.Findings[n-1].What == Further {
		n--
	}
	return n
}

// Count is how many findings there were, listed or not.
func (r *Report) Count() int {
	n := r.listed()
	if n < len(r.Findings) {
		n += int(r.Findings[n].Count)
	}
	return n
}
