package audit

import "fmt"

// Problem is what kind of thing does not agree.
type Problem string

// The problems that a check may find.
const (
	Missing    Problem = "missing"   // a number is gone from the chain
	Changed    Problem = "changed"   // a row is not what was sealed
	Outside    Problem = "outside"   // events that somebody wrote past Append
	Misplaced  Problem = "misplaced" // events that the index for reading hides or shows wrongly
	CopyGone   Problem = "gone"      // there is no copy
	CopyLacks  Problem = "lacks"     // a line of the copy is gone
	CopyBehind Problem = "behind"    // the copy ends too early
	CopyBroken Problem = "broken"    // a line of the copy cannot be read
	CopyHeld   Problem = "held"      // nothing is added to the copy
	TailCut    Problem = "cut"       // the copy holds what the database does not
	Rewritten  Problem = "rewritten" // chain and copy differ
	Unfloored  Problem = "floor"     // a floor that no event of the chain tells of
	Floored    Problem = "floored"   // a floor in a log that is kept for ever
	TooYoung   Problem = "young"     // a floor over what is younger than may go
	Ahead      Problem = "ahead"     // an event that is yet to happen
	Backdated  Problem = "backdated" // an event that is older than the one before it
	Unnumbered Problem = "number"    // seals that the chain does not reach
	Waiting    Problem = "waiting"   // events that nobody seals
	Requeued   Problem = "requeued"  // sealed events that wait to be sealed
	Unguarded  Problem = "unguarded" // triggers that are gone
	Strange    Problem = "strange"   // triggers that are not ours
	Mismarked  Problem = "mark"      // how far the index for reading has come is a lie
	Unasked    Problem = "unasked"   // checks that are yet to be asked for

	Untold  Problem = "untold"  // checks that the log tells nothing of
	Further Problem = "further" // findings that are not listed

	// PlacedOutside says that the index for reading shows what is not sealed.
	PlacedOutside Problem = "shown"
)

// Finding is one thing that does not agree. Seq is its number in the chain, or
// 0; Count how many events it concerns, where that is known.
type Finding struct {
	Seq   int64
	What  Problem
	Count int64
}

var problemWords = map[Problem]string{
	Missing: "is missing from the chain", Changed: "was changed after it was sealed",
	Outside: "events are outside the chain", Misplaced: "events are missing from the index for reading, or stand there changed",
	CopyGone: "the copy is gone", CopyLacks: "is missing from the copy", CopyBehind: "and what follows is missing from the copy, which ends too early",
	CopyHeld:   "nothing is added to the copy until an operator repairs it (pulih check --repair-copy)",
	CopyBroken: "is unreadable in the copy", TailCut: "is in the copy and not in the database: the tail was cut",
	Rewritten: "differs from the copy: the chain was rewritten",
	Unfloored: "is where the log begins, and nothing tells that it was made so",
	Floored:   "is where the log begins, and the log is to be kept for ever (or --audit-keep was not given)",
	TooYoung:  "was let go, or may be, and is too young for it",
	Ahead:     "is dated ahead of now", Backdated: "is dated back: the event before it is more than an hour younger",
	Unnumbered: "seals have no number in the chain", Waiting: "events wait to be sealed, for too long or without being there",
	Requeued: "events wait to be sealed and are sealed already", Unguarded: "triggers that guard the log are missing or changed",
	Strange: "triggers on the log's tables are not Pulih's", Mismarked: "how far the index for reading has come does not fit the chain",
	Unasked: "checks are dated ahead of now", Untold: "checks ended without a word in the log, or with another one",
	Further: "more findings are not listed", PlacedOutside: "events are in the index for reading and not in the chain",
}

// String says it to an operator.
func (f Finding) String() string {
	switch {
	case f.Count > 0:
		return fmt.Sprintf("%d %s", f.Count, problemWords[f.What])
	case f.Seq == 0:
		return problemWords[f.What]
	}
	return fmt.Sprintf("event %d %s", f.Seq, problemWords[f.What])
}
