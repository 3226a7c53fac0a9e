package main

import (
	"bufio"
	"fmt"
	"io"

	"pulih/accounts"
	"pulih/audit"
)

// write is the operator's list: who has to be told what, in full.
func (r restored) write(to io.Writer) error {
	w := bufio.NewWriter(to)
	part := func(title string, all []accounts.Touched) {
		fmt.Fprintf(w, "# %s: %d\n", title, len(all))
		for _, one := range all {
			fmt.Fprintln(w, one.Line())
		}
	}
	part("Frozen: they sign in no more, and come with a request", r.accounts.Frozen)
	part("Staff: where password or authenticator are new, pulih staff reset-mfa; look at roles and units of all", r.accounts.Staff)
	part("Staff whose set-up was under way, and is void: pulih staff reset-mfa, or two people set them up once more", r.accounts.Setups)
	part("Others to whom something had happened since", r.accounts.Told)
	numbers := func(title string, all []string) {
		fmt.Fprintf(w, "# %s: %d\n", title, len(all))
		for _, one := range all {
			fmt.Fprintln(w, one)
		}
	}
	numbers("Requests that were filed since, and are lost", r.requests.Lost)
	numbers("Requests that were stopped since, and are stopped again", r.requests.Ended)
	numbers("Requests that went on since, or were done: what was proven has to be proven again", r.requests.Doubted)
	numbers("Settings of the log that are none, and what came after them: look at them, and set them again", r.requests.Unmade)
	numbers("To be done again by hand", r.byHand())
	return w.Flush()
}

// again lists what nobody but the operator can bring back.
var again = map[audit.Action]string{
	audit.OperatorAdded:   "pulih operator list",
	audit.OperatorRemoved: "pulih operator list",
	audit.RosterImported:  "pulih import, once more",
	audit.KeysRotated:     "pulih keys rotate, once more, before an old key goes",
}

func (r restored) byHand() (all []string) {
	for _, e := range r.events {
		if how := again[e.Action]; how != "" {
			all = append(all, fmt.Sprintf("%s\t%s\t%s", e.Action, e.Object, how))
		}
	}
	return all
}

// tell prints the counts.
func (c *restoreCmd) tell(r restored) error {
	lines := []string{
		fmt.Sprintf("void: %d sessions, %d codes, %d passes and enrolments, %d waits, %d proposals, %d drafts, %d mails",
			r.accounts.Sessions, r.accounts.Codes+r.requests.Codes, r.accounts.Passes, r.accounts.Waits, r.accounts.Proposals, r.requests.Drafts, r.mails),
		fmt.Sprintf("stopped again: %d requests; to be proven again, of what happened since: %d", len(r.requests.Ended), len(r.requests.Doubted)),
		fmt.Sprintf("reopened: %d requests; made again: %d settings", r.requests.Reopened, r.requests.Settings),
		fmt.Sprintf("frozen: %d accounts; staff to look after: %d", len(r.accounts.Frozen), len(r.accounts.Staff)),
		fmt.Sprintf("since the backup: %d events, %d requests that are lost", len(r.events), len(r.requests.Lost)),
		"the copy of the audit log ends with event " + shownKnown(r.known) + ": what happened after it is not known",
		"who and which: " + c.List,
		"supervisors are told at the next start of serve; run pulih check now",
	}
	for _, line := range lines {
		if err := c.say("%s", line); err != nil {
			return err
		}
	}
	return nil
}
