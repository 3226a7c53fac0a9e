package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Outbox keeps messages from the transaction that caused them until the relay
// has answered. It has no budget: security notices are never dropped
// (impostor 3), so who sends codes limits codes.
type Outbox struct {
	// Log is where the operator hears of trouble with the relay.
	Log *slog.Logger

	db     *db.DB
	keys   *secret.Keys
	site   Site
	jitter func(time.Duration) time.Duration
	tries  tries
}

// NewOutbox makes the outbox of one site. It logs where slog does by default.
func NewOutbox(d *db.DB, k *secret.Keys, site Site) *Outbox {
	return &Outbox{Log: slog.Default(), db: d, keys: k, site: site, jitter: upToTenth, tries: newTries()}
}

func upToTenth(d time.Duration) time.Duration { return d + rand.N(d/10+1) }

// Site is the sender that the typed messages are written for.
func (o *Outbox) Site() Site { return o.site }

// State says how far a message is.
type State string

// The states of a message; all but Queued are final.
const (
	Queued   State = "queued"
	Accepted State = "accepted" // the relay took it
	Refused  State = "refused"  // the relay said no for good, or the address is none
	Expired  State = "expired"  // its time ran out before the relay answered
)

// Outcome is a message's state and since when it is final (0 while Queued).
type Outcome struct {
	State State
	At    db.Time
}

// keep is how long a message without Expires is tried.
const keep = 7 * 24 * time.Hour

// Enqueue stores m in tx, sealed, under a Message-ID that every try will
// carry. An address that cannot be one is Refused at once rather than an
// error: a slip in the roster must not stop the verb, and the verb that needs
// the notice to arrive asks Outcome.
func (o *Outbox) Enqueue(ctx context.Context, tx *db.Tx, m Message) (id string, err error) {
	if err := m.check(o.site); err != nil {
		return "", err
	}
	e := entry{ID: db.NewID(), Kind: m.Kind, Person: m.Person}
	if err := o.insert(ctx, tx, e, m); err != nil {
		return "", fmt.Errorf("mail: enqueue: %w", err)
	}
	if mailable(m.To) {
		return e.ID, nil
	}
	return e.ID, o.end(ctx, tx, e, verdict{state: Refused, answer: "address"})
}

func (o *Outbox) insert(ctx context.Context, tx *db.Tx, e entry, m Message) error {
	expires := m.Expires
	if expires == 0 {
		expires = tx.Now.Add(keep)
	}
	tx.Changed("outbox")
	_, err := tx.Exec(ctx, insertMessage, e.ID, e.Kind, e.Person, e.ID+"@"+o.site.domain(), o.seal(e.ID, m), tx.Now, expires)
	return err
}

// Outcome tells how far the message is. db.ErrNotFound: there is none.
func (o *Outbox) Outcome(ctx context.Context, tx *db.Tx, id string) (Outcome, error) {
	var out Outcome
	if err := tx.Row(ctx, selectOutcome, id).Scan(&out.State, &out.At); err != nil {
		return Outcome{}, fmt.Errorf("mail: outcome: %w", err)
	}
	return out, nil
}

// Withdraw keeps a message from being tried again, and wipes what it said.
// What the relay has answered stays as it is, and one that is under way may
// still arrive: record says so. No security notice is ever withdrawn (impostor 3).
func (o *Outbox) Withdraw(ctx context.Context, tx *db.Tx, id string, by audit.Actor) error {
	var e entry
	err := tx.Row(ctx, selectQueuedMail, id).Scan(&e.ID, &e.Kind, &e.Person)
	if err == nil {
		err = o.endBy(ctx, tx, e, verdict{state: Expired, answer: withdrawn}, by)
	}
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrConflict) {
		return nil
	}
	return err
}

// withdrawn is the answer of a message that Withdraw has ended.
const withdrawn = "withdrawn"

// end closes a queued message and wipes what it said.
func (o *Outbox) end(ctx context.Context, tx *db.Tx, e entry, v verdict) error {
	return o.endBy(ctx, tx, e, v, audit.Actor{Kind: audit.Clock})
}

func (o *Outbox) endBy(ctx context.Context, tx *db.Tx, e entry, v verdict, by audit.Actor) error {
	if err := tx.One(ctx, endMessage, e.ID, v.state, v.answer, tx.Now, []byte{}); err != nil {
		return fmt.Errorf("mail: end: %w", err)
	}
	return o.log(ctx, tx, e, v, by)
}

func (o *Outbox) log(ctx context.Context, tx *db.Tx, e entry, v verdict, by audit.Actor) error {
	action := audit.MailRefused
	if v.state == Accepted {
		action = audit.MailAccepted
	}
	return audit.Append(ctx, tx, audit.Event{Actor: by, Action: action, Person: e.Person,
		Object: e.ID, Result: string(v.state), Detail: map[string]string{"kind": e.Kind, "answer": v.answer}})
}
