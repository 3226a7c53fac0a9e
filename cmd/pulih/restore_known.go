package main

import (
	"errors"
	"fmt"
	"time"

	"pulih/audit"
)

// errOldCopy says that a copy ends long ago: it may have been kept in the same
// job as the backup, and then it tells of nothing that happened since.
var errOldCopy = errors.New("the copy of the audit log may lack what happened last, and whose authenticators were taken away then would stay unknown")

// justNow is how old the last event of a copy may be before the operator has to
// say that it is the last.
const justNow = 10 * time.Minute

// uncut wants that the copy goes to the end, which nobody but the operator
// knows: he types the time of its last event, to the second.
func (c *restoreCmd) uncut(now time.Time) error {
	known, err := audit.KnownBy(c.AuditCopy)
	if err != nil {
		return err
	}
	last := knownAt(known)
	if c.KnownUntil == last || c.KnownUntil == "" && now.Sub(known.At.Time()) < justNow {
		return nil
	}
	return fmt.Errorf("%w: %s ends with event %d of %s; if Pulih served nobody after that, say --known-until %s; else fetch the whole copy, or say --without-audit-copy, and every account is frozen",
		errOldCopy, c.AuditCopy, known.Seq, last, last)
}

func knownAt(k audit.Known) string { return k.At.Time().Format(time.RFC3339) }

// shownKnown is it for the screen, the letter and the log.
func shownKnown(k audit.Known) string {
	if k.Seq == 0 {
		return "-"
	}
	return fmt.Sprintf("%d, %s", k.Seq, knownAt(k))
}
