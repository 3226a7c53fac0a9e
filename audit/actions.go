package audit

// Action is the vocabulary of the log, "noun.verb". Reports and the person's
// own history read these words, so they are added to and never renamed.
type Action string

// What happens to accounts.
const (
	ResetAsked      Action = "reset.ask"       // a code was asked for; result tells whether one was sent
	ResetTried      Action = "reset.try"       // a code or link was tried
	ResetFinished   Action = "reset.finish"    // a new password is set
	SignIn          Action = "signin"          // result: ok, wrong, late, early, used, locked, suspended
	SignOut         Action = "signout"         //
	DeviceAdded     Action = "device.add"      // an authenticator was proven
	DeviceTried     Action = "device.try"      // a wrong code of one that is not proven yet
	DeviceEnded     Action = "device.end"      // an authenticator is dead
	SessionsEnded   Action = "sessions.end"    //
	Confirmed       Action = "account.confirm" // password and OTP typed again; result as of signin
	PasswordChanged Action = "password.change" // by its owner
	AddressAsked    Action = "address.ask"     // a code was mailed to a new address
	AddressAdded    Action = "address.add"     // it hears of everything
	AddressTried    Action = "address.try"     // a wrong code for a new address
	AddressRemoved  Action = "address.remove"  //
	EmailChanged    Action = "email.change"    // another address is on file
	Frozen          Action = "account.freeze"  // by staff, in a fraud case
	BackupMade      Action = "backup.make"     // ten new codes; the old ones are dead
	BackupUsed      Action = "backup.use"      // one of them was spent
	PassIssued      Action = "pass.issue"      //
	PassTried       Action = "pass.try"        // result: ok, wrong, expired
	PassEnded       Action = "pass.end"        // lapsed or revoked
	Disowned        Action = "notice.disown"   // "Bukan saya"
	Blocked         Action = "account.block"   //
	Unblocked       Action = "account.unblock"
	AloneTried      Action = "mfa.try"        // a new authenticator was asked for, without staff
	WaitBegun       Action = "mfa.wait"       // the wait before it; result: ok, barred, exists
	WaitReady       Action = "mfa.ready"      // the wait is over
	WaitEnded       Action = "mfa.end"        // result: used, disowned, found, changed, unreached, expired
	FactorShown     Action = "factor.show"    // a remaining factor was proven, or not
	RosterImported  Action = "roster.import"  //
	PersonChanged   Action = "person.change"  // by an import
	ChangeProposed  Action = "person.propose" // an import may not change an address itself
	StaffAdded      Action = "staff.add"      //
	StaffEnrolled   Action = "staff.enrol"    // set his password and authenticator
	StaffRoles      Action = "staff.roles"    //
	StaffDisabled   Action = "staff.disable"  //
	StaffReset      Action = "staff.reset"    // password and authenticator taken away
	StaffSignIn     Action = "staff.signin"   //
	StaffStepUp     Action = "staff.stepup"   // a fresh OTP
	StaffUnits      Action = "staff.units"    // whose requests he sees
	KeysRotated     Action = "keys.rotate"    //
	MailAccepted    Action = "mail.accept"    // the relay took a message
	MailRefused     Action = "mail.refuse"    // the relay refused it for good
	StepSkipped     Action = "flow.skip"      // a step was posted out of order
	LimitHit        Action = "limit.hit"      //
	TicketRead      Action = "ticket.read"    // staff opened a ticket
	TicketsSearched Action = "ticket.search"  // staff looked for words
	ReplySaved      Action = "reply.save"     // a text for replies; detail says what it says now
	BulkSent        Action = "bulk.send"      // one reply to many people
	ReplyEnded      Action = "reply.end"
	ReportRead      Action = "report.read"    //
	ReportExported  Action = "report.export"  // result: begun, and later ok or cut
	ClockPractised  Action = "clock.practise" // a practice entry was made
	ClockHandedOff  Action = "clock.handoff"  // another device opened it
	ClockTried      Action = "clock.try"      // result: judged, next, same, unknown, busy
	ClockJudged     Action = "clock.judge"    // by browser or by eye; result: green, amber, red
)

// What a mailed code does besides, and who hears of it.
const (
	Activating      Action = "activation.begin"  // the first password is chosen
	Activated       Action = "activation.finish" // it holds, and the first authenticator
	Unlocked        Action = "signin.unlock"     // a pause of wrong passwords is over
	OperatorAdded   Action = "operator.add"      // on the console
	OperatorRemoved Action = "operator.remove"   //
)

// What happens in the troubleshooter. A walk's rows name neither the walk nor a
// network.
const (
	WalkAnswered      Action = "walk.answer" // result: berhasil, belum, tidak-bisa, petugas, reset
	WalkClock         Action = "walk.clock"  // a step led to the clock check
	WalkHelper        Action = "walk.helper" // the words for a helper were switched
	IncidentProposed  Action = "incident.propose"
	IncidentConfirmed Action = "incident.confirm" // by a second person
	IncidentEnded     Action = "incident.end"
)

// What happens to the files that people send as evidence.
const (
	AttachmentRead  Action = "attachment.read" // staff opened one
	AttachmentEnded Action = "attachment.end"  // its content is deleted; result: ditarik, retensi, draf
	DraftAttached   Action = "draft.attach"    // to a request that is not sent yet
	Rated           Action = "ticket.rate"     // by the person, at the end
	Surveyed        Action = "ticket.survey"   // the nine elements, after that
)

// What takes two people, and what an agency sets for itself.
const (
	ProposalMade      Action = "proposal.make"
	ProposalConfirmed Action = "proposal.confirm" // by a second person
	ProposalEnded     Action = "proposal.end"
	SettingChanged    Action = "setting.change"
)

// What happens to the log itself, and what leaves Pulih.
const (
	AuditRead        Action = "audit.read"      // a page of it; detail says what was looked for
	PersonSought     Action = "person.seek"     // staff typed a number; result: ok, none. It names nobody
	AuditVerified    Action = "audit.verify"    // result: ok, refused: something does not agree
	CopyRepaired     Action = "audit.repair"    // an operator had the copy outside continued; detail says from where
	HistoryAsked     Action = "history.ask"     // somebody wants to know what is kept of him
	HistoryExported  Action = "history.export"  // he was given it
	IncidentExported Action = "incident.export" // whom an incident concerns
	SummarySwitched  Action = "summary.switch"  // a supervisor wants the weekly summary; result: on, off
	SummarySent      Action = "summary.send"    // the clock read the report of a week for his mail
	DataSaved        Action = "data.backup"     // everything went into one file; detail has its name, size and sum
	DataRestored     Action = "data.restore"    // from a backup; detail says which events had happened since
	DataMoved        Action = "data.move"       // to another database; detail says of which engine to which, and how many rows
)

// What time ends.
const (
	RetentionPurged Action = "retention.purge" // detail names the rule, how many rows, and until when
	FloorMade       Action = "audit.floor"     // the log begins above seq from now on
)

// Ticket begins the action of each verb that is done to a ticket: the verb of
// tickets.VerbClaim is logged as "ticket.claim".
const Ticket Action = "ticket."
