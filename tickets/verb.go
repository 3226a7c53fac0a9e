package tickets

// Verb is something that is done to a ticket.
type Verb string

// The verbs.
const (
	VerbOpen          Verb = "open"
	VerbClaim         Verb = "claim"
	VerbRelease       Verb = "release"
	VerbTakeOver      Verb = "takeover"
	VerbLetGo         Verb = "letgo"      // a claim ran out
	VerbIdentify      Verb = "identify"   // the number was mistyped
	VerbReclassify    Verb = "reclassify" // it is about something else
	VerbMerge         Verb = "merge"
	VerbTakeIn        Verb = "takein" // another was merged into this one
	VerbEscalate      Verb = "escalate"
	VerbRemind        Verb = "remind" // to ask BKN
	VerbReturn        Verb = "return" // BKN has answered
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
	VerbNameEmail     Verb = "newemail"  // the address to which a request wants to change
	VerbEmailCode     Verb = "emailcode" // a code was mailed there
	VerbChangeEmail   Verb = "changeemail"
	VerbUnlock        Verb = "unlock"
	VerbFreeze        Verb = "freeze"  // staff secured a misused account
	VerbAskLift       Verb = "asklift" // to end a block, proposed by one
	VerbLift          Verb = "lift"    // and ended by another
	VerbVoid          Verb = "void"    // the account changed under an approval (impostor 18)
	VerbShowHistory   Verb = "history" // the person read his own account at the counter (PR-02)
	VerbResolve       Verb = "resolve"
	VerbRefuse        Verb = "refuse"
	VerbWithdraw      Verb = "withdraw"
	VerbDisown        Verb = "disown"
	VerbFound         Verb = "found" // a sign-in with the "lost" device (impostor 11)
	VerbReopen        Verb = "reopen"
	VerbExpire        Verb = "expire"
	VerbAttach        Verb = "attach"  // the person sent files
	VerbDetach        Verb = "detach"  // and took one back
	VerbRestore       Verb = "restore" // the data are those of a backup again (impostor 19)
)
