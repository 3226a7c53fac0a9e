package tickets

import (
	"slices"

	"pulih/accounts"
)

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

// Who may do a verb: a role of staff, the person who holds the receipt, or
// time itself.
type who string

const (
	person     who = "pemohon"
	agent      who = who(accounts.Agent)
	approver   who = who(accounts.Approver)
	supervisor who = who(accounts.Supervisor)
	clock      who = "jam"
)

// same is the To of a verb that leaves the state as it is.
const same State = "same"

// rule is a line of the table of transitions.
type rule struct {
	Verb    Verb
	From    []State
	To      State
	Who     []who
	Kinds   []Kind // only for these; nil for every kind
	Desk    bool   // a ticket of the counter: only there, in office hours (impostor 6)
	Owned   bool   // not while somebody else has claimed it
	Voids   bool   // the items of proof are void, not only the check
	Neutral bool   // no contribution: who does it may still approve (impostor 18)
}

// table is the only place that says what may follow what. What is not in it
// cannot happen: move writes nothing else. Where the clock ends a request as
// people do, it repeats after a restore what they had done (impostor 19). A
// test draws it into docs/states.md.
var table = []rule{
	{Verb: VerbOpen, From: in(None), To: Open, Who: by(person, agent), Desk: true},

	{Verb: VerbClaim, From: in(Open, Waiting), To: same, Who: by(agent), Owned: true},
	{Verb: VerbRelease, From: in(Open, Waiting), To: same, Who: by(agent, supervisor), Owned: true},
	{Verb: VerbTakeOver, From: in(Open, Waiting), To: same, Who: by(supervisor)},
	{Verb: VerbLetGo, From: in(Open, Waiting), To: same, Who: by(clock)},

	{Verb: VerbIdentify, From: in(Open), To: same, Who: by(agent), Kinds: Filed, Owned: true},
	{Verb: VerbReclassify, From: in(Open), To: same, Who: by(agent), Kinds: Filed, Owned: true},
	{Verb: VerbMerge, From: in(Open, Waiting), To: Merged, Who: by(agent, clock), Kinds: Filed, Owned: true},
	{Verb: VerbTakeIn, From: in(Open, Waiting), To: same, Who: by(agent), Kinds: Filed},
	{Verb: VerbEscalate, From: in(Open, Escalated), To: Escalated, Who: by(agent), Owned: true},
	{Verb: VerbRemind, From: in(Escalated), To: same, Who: by(clock)},
	{Verb: VerbReturn, From: in(Escalated), To: Open, Who: by(agent), Owned: true},

	{Verb: VerbNote, From: live, To: same, Who: by(agent, approver, supervisor)},
	{Verb: VerbAsk, From: in(Open), To: Waiting, Who: by(agent), Owned: true},
	{Verb: VerbAsk, From: in(Waiting, Escalated), To: same, Who: by(agent), Owned: true}, // one line more; news of BKN
	{Verb: VerbReply, From: in(Waiting), To: Open, Who: by(person)},
	{Verb: VerbReply, From: in(Open, Escalated, Checked, Approved, Ready, Issued), To: same, Who: by(person)},

	{Verb: VerbAttach, From: in(Open), To: same, Who: by(person)},
	{Verb: VerbAttach, From: in(Waiting), To: Open, Who: by(person)},
	{Verb: VerbDetach, From: in(Open, Waiting), To: same, Who: by(person)},
	{Verb: VerbDetach, From: in(Checked, Approved, Ready), To: Open, Who: by(person)},

	{Verb: VerbShowFactor, From: in(Open, Waiting), To: same, Who: by(person), Kinds: changing},
	{Verb: VerbCall, From: in(Open), To: same, Who: by(agent), Kinds: changing, Owned: true},
	{Verb: VerbCallAgain, From: in(Checked, Approved), To: same, Who: by(approver), Kinds: changing, Neutral: true},
	{Verb: VerbEnterCode, From: in(Open, Waiting, Checked, Approved), To: same, Who: by(person), Kinds: changing},
	{Verb: VerbAddProof, From: in(Open), To: same, Who: by(agent), Kinds: changing, Desk: true, Owned: true},
	{Verb: VerbWithdrawProof, From: in(Open), To: same, Who: by(agent), Kinds: changing, Owned: true},
	{Verb: VerbAddProof, From: in(Checked, Approved, Ready), To: Open, Who: by(agent), Kinds: changing, Desk: true},
	{Verb: VerbWithdrawProof, From: in(Checked, Approved, Ready), To: Open, Who: by(agent), Kinds: changing},

	{Verb: VerbCheck, From: in(Open), To: Checked, Who: by(agent), Kinds: changing, Desk: true, Owned: true},
	{Verb: VerbApprove, From: in(Checked), To: Approved, Who: by(approver), Kinds: changing, Desk: true, Neutral: true},
	{Verb: VerbSendBack, From: in(Checked), To: Open, Who: by(approver), Kinds: changing, Neutral: true},
	{Verb: VerbMature, From: in(Approved), To: Ready, Who: by(clock), Kinds: changing},
	{Verb: VerbIssue, From: in(Ready), To: Issued, Who: by(agent), Kinds: withPass, Desk: true},
	{Verb: VerbTakePass, From: in(Ready), To: Issued, Who: by(person), Kinds: withPass},
	{Verb: VerbEnrol, From: in(Issued), To: Done, Who: by(person), Kinds: withPass},
	{Verb: VerbLapse, From: in(Issued), To: Ready, Who: by(clock), Kinds: withPass},
	{Verb: VerbRevoke, From: in(Issued), To: Open, Who: by(agent), Kinds: withPass},
	{Verb: VerbNameEmail, From: in(Open, Waiting), To: same, Who: by(person, agent), Kinds: []Kind{Email}, Desk: true, Owned: true},
	{Verb: VerbNameEmail, From: in(Checked, Approved, Ready), To: Open, Who: by(person, agent), Kinds: []Kind{Email}, Desk: true},
	{Verb: VerbEmailCode, From: in(Ready), To: same, Who: by(person, agent), Kinds: []Kind{Email}, Desk: true},
	{Verb: VerbChangeEmail, From: in(Ready), To: Done, Who: by(person, agent), Kinds: []Kind{Email}, Desk: true},
	{Verb: VerbUnlock, From: in(Open), To: Done, Who: by(agent), Kinds: []Kind{Lock}, Owned: true},
	{Verb: VerbFreeze, From: in(Open, Waiting), To: same, Who: by(agent), Kinds: []Kind{Fraud}, Owned: true},
	{Verb: VerbAskLift, From: in(Open), To: same, Who: by(agent), Kinds: []Kind{Fraud}, Owned: true},
	{Verb: VerbLift, From: in(Open), To: same, Who: by(approver), Kinds: []Kind{Fraud}},
	{Verb: VerbShowHistory, From: in(Checked, Approved, Ready, Issued), To: same, Who: by(agent), Kinds: changing, Desk: true},
	{Verb: VerbVoid, From: in(Approved, Ready, Issued), To: Open, Who: by(clock), Kinds: changing, Voids: true},
	{Verb: VerbRestore, From: live, To: Open, Who: by(clock), Voids: true},

	{Verb: VerbResolve, From: in(Open, Waiting, Escalated), To: Done, Who: by(agent), Owned: true},
	{Verb: VerbRefuse, From: in(Open, Waiting), To: Refused, Who: by(agent, approver, clock), Owned: true},
	{Verb: VerbRefuse, From: in(Escalated, Checked, Approved, Ready), To: Refused, Who: by(agent, approver, clock)},
	{Verb: VerbWithdraw, From: live, To: Cancelled, Who: by(person, clock)},
	{Verb: VerbDisown, From: live, To: Cancelled, Who: by(person, clock)},
	{Verb: VerbDisown, From: in(Done), To: Disowned, Who: by(person, clock)},
	{Verb: VerbFound, From: live, To: Cancelled, Who: by(person, clock), Kinds: []Kind{MFA}},
	{Verb: VerbReopen, From: in(Done, Refused), To: Open, Who: by(person, agent), Voids: true},
	{Verb: VerbExpire, From: in(Open, Waiting), To: Expired, Who: by(clock)},
	{Verb: VerbExpire, From: in(Approved, Ready), To: Open, Who: by(clock), Kinds: changing, Voids: true},
}

// The kinds of whole groups of lines.
var (
	// Filed lists what people ask for, in the order of a form. Fraud is not
	// among them: Pulih opens that itself.
	Filed    = []Kind{MFA, Email, Lock, Activation, Other}
	changing = []Kind{MFA, Email, Activation} // they end in another credential
	withPass = []Kind{MFA, Activation}        // by way of a pass
)

func in(states ...State) []State { return states }

func by(people ...who) []who { return people }

// find is the line for a verb in a state.
func find(from State, verb Verb) (rule, bool) {
	i := slices.IndexFunc(table, func(r rule) bool { return r.Verb == verb && slices.Contains(r.From, from) })
	if i < 0 {
		return rule{}, false
	}
	return table[i], true
}

// fits tells whether the line is for a kind.
func (r rule) fits(k Kind) bool { return r.Kinds == nil || slices.Contains(r.Kinds, k) }

// end is where the line leads from a state.
func (r rule) end(from State) State {
	if r.To == same {
		return from
	}
	return r.To
}

// neutral tells whether a verb is no contribution to a ticket.
func neutral(v Verb) bool {
	return slices.ContainsFunc(table, func(r rule) bool { return r.Verb == v && r.Neutral })
}
