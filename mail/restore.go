package mail

import (
	"context"
	"strings"

	"pulih/audit"
	"pulih/db"
)

// announces lists the notices of what a restore has made void.
var announces = map[string]bool{
	"notice." + string(MFAWaiting): true, "notice." + string(MFAReady): true,
	"notice." + string(RequestApproved): true, "notice." + string(PassIssued): true,
}

// Restore looks through what is queued after a restore (impostor 19): what the
// relay had answered since the backup is not sent once more, and codes and
// promises that are void are not sent at all. Every other notice still goes,
// under the Message-ID that it had: perhaps twice, and never not (impostor 3).
// It says how many mails end so.
func (o *Outbox) Restore(ctx context.Context, tx *db.Tx, since []audit.Event) (ended int, err error) {
	answers := answered(since)
	queued, err := db.All(ctx, tx, scanQueued, selectQueuedMails)
	for _, e := range queued {
		v, known := answers[e.ID]
		if !known {
			if !strings.HasSuffix(e.Kind, ".code") && !announces[e.Kind] {
				continue
			}
			v = verdict{state: Expired, answer: "restored"}
		}
		if err := o.end(ctx, tx, e, v); err != nil {
			return 0, err
		}
		ended++
	}
	return ended, err
}

// answered is what the relay said, by the log.
func answered(since []audit.Event) map[string]verdict {
	all := map[string]verdict{}
	for _, e := range since {
		if e.Action == audit.MailAccepted || e.Action == audit.MailRefused {
			all[e.Object] = verdict{state: State(e.Result), answer: e.Detail["answer"]}
		}
	}
	return all
}

func scanQueued(row db.Scanner) (e entry, err error) {
	err = row.Scan(&e.ID, &e.Kind, &e.Person)
	return e, err
}
