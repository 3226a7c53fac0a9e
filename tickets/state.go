package tickets

import "slices"

// State is where a ticket stands.
type State string

// The states. Those after Issued are ends.
const (
	None      State = "" // before Open
	Open      State = "open"
	Waiting   State = "waiting" // for the person; the clock of the target stands still
	Escalated State = "escalated"
	Checked   State = "checked"
	Approved  State = "approved"
	Ready     State = "ready"
	Issued    State = "issued"
	Done      State = "done"
	Refused   State = "refused"
	Cancelled State = "cancelled"
	Expired   State = "expired"
	Disowned  State = "disowned"
	Merged    State = "merged"
)

// States lists every state a ticket can be in.
var States = []State{Open, Waiting, Escalated, Checked, Approved, Ready, Issued, Done, Refused, Cancelled, Expired, Disowned, Merged}

var live = []State{Open, Waiting, Escalated, Checked, Approved, Ready, Issued}

// Live tells whether something can still become of the ticket.
func (s State) Live() bool { return slices.Contains(live, s) }

// Verb is something that is done to a ticket.
type Verb string

// The verbs.
const (
	VerbOpen          Verb = "open"
	VerbClaim         Verb = "claim"
	VerbRelease       Verb = "release"
	VerbTakeOver      Verb = "takeover"
	VerbLetGo         Verb = "letgo" // a claim ran out
	VerbNote          Verb = "note"
	VerbAsk           Verb = "ask"
	VerbReply         Verb = "reply"
	VerbShowFactor    Verb = "factor"
	VerbAddProof      Verb = "proof"
	VerbWithdrawProof Verb = "unproof"
	VerbCall          Verb = "call"   // the checker called the number on file
	VerbCallAgain     Verb = "recall" // the approver did (impostor 3)
	VerbEnterCode     Verb = "callcode"
	VerbCheck         Verb = "check"
	VerbApprove       Verb = "approve"
	VerbSendBack      Verb = "sendback"
	VerbMature        Verb = "mature"
	VerbIssue         Verb = "issue"
	VerbTakePass      Verb = "takepass"
	VerbEnrol         Verb = "enrol"
	VerbLapse         Verb = "lapse"
	VerbRevoke        Verb = "revoke"
	VerbVoid          Verb = "void" // the account changed under an approval (impostor 18)
	VerbResolve       Verb = "resolve"
	VerbRefuse        Verb = "refuse"
	VerbWithdraw      Verb = "withdraw"
	VerbDisown        Verb = "disown"
	VerbFound         Verb = "found" // a sign-in with the "lost" device (impostor 11)
	VerbExpire        Verb = "expire"
)
