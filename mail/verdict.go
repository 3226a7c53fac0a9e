package mail

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// verdict is what became of one try. State Queued means: try again. trouble
// is set when our relay or our settings are to blame, fault when the message
// is; the operator must hear of either, and the addressee must never count as
// refused.
type verdict struct {
	state   State
	answer  string // code of the relay, without its text, which may hold an address
	trouble error
	fault   error
}

// judge reads go-mail's answer. IsDelivered comes first: a relay that took
// the message and then hung up has taken it, and a second try would be a
// second mail.
func judge(m *gomail.Msg, err error) verdict {
	var refusal *gomail.SendError
	switch {
	case err == nil || m.IsDelivered():
		return verdict{state: Accepted, answer: "250"}
	case !errors.As(err, &refusal):
		return verdict{state: Queued, answer: "unreachable", trouble: scrub(err)}
	case refusal.ErrorCode() == 0: // silence, perhaps after DATA: it may have arrived
		return verdict{state: Queued, answer: "unknown"}
	case refusal.ErrorCode() < 500:
		return verdict{state: Queued, answer: code(refusal)}
	case refusesUs(refusal):
		return verdict{state: Queued, answer: code(refusal), trouble: errors.New("the relay refuses us: " + code(refusal))}
	}
	return verdict{state: Refused, answer: code(refusal)}
}

// refusesUs tells a refusal of our sender or our log-in (RFC 4954 §6) from
// one of the addressee.
func refusesUs(e *gomail.SendError) bool {
	switch e.ErrorCode() {
	case 530, 534, 535, 538:
		return true
	}
	return e.Reason == gomail.ErrSMTPMailFrom
}

func code(e *gomail.SendError) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", e.ErrorCode(), e.EnhancedStatusCode()))
}

var address = regexp.MustCompile(`\S*@\S*`)

// scrub keeps an error for the log without the addresses a relay puts into
// its answers (LG-01).
func scrub(err error) error { return errors.New(address.ReplaceAllString(err.Error(), "•••")) }

var waits = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}

// wait is the time until the next try. A relay out of reach is asked each
// minute, because that costs no addressee anything and codes run out.
func (v verdict) wait(attempts int64) time.Duration {
	if v.trouble != nil {
		return waits[0]
	}
	return waits[min(int(attempts), len(waits))-1]
}
