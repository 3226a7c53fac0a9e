package app

import "time"

// Every limit of the public pages, in one place (RL-09, ASVS 6.1.1). An
// office or a carrier's gateway may share one address, so the limits by
// network leave room; what protects an account is keyed by account, in
// package accounts. Limits by NIP count typed numbers, known or not (EN-06).
// Elsewhere: codes to one mailbox (accounts/reset_recipient.go, RL-03), tries
// and pauses of an account (accounts), messages in a row (tickets/conversation.go),
// and what is unusual in all, which
// refuses nothing (flood.go, RL-07).
var (
	// LimitStart: resets begun, by network; each costs a row and no mail.
	LimitStart = Limit{"reset-start-network", 20 * time.Second, 120}
	// LimitReset: requests for a code, by network ("Decisions taken").
	LimitReset = Limit{"reset-network", time.Minute, 60}
	// LimitResetNIP: starting a reset for one number from one network.
	LimitResetNIP = Limit{"reset-nip-network", 5 * time.Minute, 10}
	// LimitResetBrowser: requests for a code, by browser. An office's shared
	// computer has room; a browser that drops its cookie is met by the others.
	LimitResetBrowser = Limit{"reset-browser", 2 * time.Minute, 20}
	// LimitSlow: the lane without any test, by network.
	LimitSlow = Limit{"slow-network", 10 * time.Minute, 6}
	// LimitSlowNIP: the lane without any test, by network, number and typed
	// address, so that no stranger spends the victim's (impostor 12).
	LimitSlowNIP = Limit{"slow-nip", 12 * time.Hour, 2}
	// LimitCode: typed reset codes, by network; the flow and the account have
	// their own.
	LimitCode = Limit{"code-network", 10 * time.Second, 60}
	// LimitSignIn: sign-ins, by network. Package accounts delays one number
	// from one network, so that a stranger elsewhere locks nobody out
	// (impostor 13).
	LimitSignIn = Limit{"signin-network", 2 * time.Second, 120}
	// LimitAlone: tries to enrol alone, by network, each of an Argon2 or two,
	// beside the pause of a number from one network.
	LimitAlone = Limit{"alone-network", 10 * time.Second, 60}
	// LimitAct: forms under /akun, by account; each wants password and OTP.
	LimitAct = Limit{"act-account", 20 * time.Second, 20}
	// LimitCaptcha: captchas made, by network: at most 20 in any minute (CA-02).
	// Without one the form has its other two ways.
	LimitCaptcha = Limit{"captcha-network", 6 * time.Second, 10}
	// LimitCaptchaBrowser: captchas made for one browser, so that nobody
	// changes the picture until it is an easy one (CA-02).
	LimitCaptchaBrowser = Limit{"captcha-browser", time.Minute, 4}
	// LimitVoice: captchas said, by network; each costs 0.3 ms and 50 KB.
	LimitVoice = Limit{"voice-network", 3 * time.Second, 40}
	// LimitDraft: pages of a request that are saved, by network.
	LimitDraft = Limit{"draft-network", 2 * time.Second, 300}
	// LimitOpen: requests filed, by network.
	LimitOpen = Limit{"ticket-network", 3 * time.Minute, 20}
	// LimitOpenNIP: requests filed for one number from one network.
	LimitOpenNIP = Limit{"ticket-nip-network", 2 * time.Hour, 4}
	// LimitFollow: tries at a status page, by network (impostor 10).
	LimitFollow = Limit{"follow-network", 10 * time.Second, 60}
	// LimitUpload: KiB of files, by network: 300 MiB a day, so that an office
	// behind one address has enough (impostor 23, UP-05). Paid before they are
	// read.
	LimitUpload = Limit{"upload-network", 24 * time.Hour / (300 << 10), 300 << 10}
	// LimitUploadOne: KiB of files, by draft or receipt: a whole request's, in
	// full size, a day. So one or two spend no office's share.
	LimitUploadOne = Limit{"upload-one", 24 * time.Hour / (60 << 10), 60 << 10}
	// LimitPass: passes tried, by network, never by NIP (impostor 18).
	LimitPass = Limit{"pass-network", time.Minute, 20}
	// LimitPractice: practice secrets and codes, by network. Above the 30 an
	// hour of clock.md §4.6, for an office's people share one address, and a
	// search costs 1.5 ms now; the costly ones have LimitFar.
	LimitPractice = Limit{"practice-network", 20 * time.Second, 180}
	// LimitFar: practice codes searched over 400 days, by network, each half a
	// second of a core; one runs at a time (clock.md §4.3).
	LimitFar = Limit{"far-network", 10 * time.Minute, 12}
	// LimitHelp: ways through the troubleshooter begun, by network.
	LimitHelp = Limit{"help-network", 2 * time.Second, 300}
	// LimitWalk: answers of one walk, so that a neighbour behind the same
	// address shuts it for nobody who is on his way.
	LimitWalk = Limit{"help-walk", 2 * time.Second, 90}
	// LimitPaste: pasted messages, by network; each is up to 9 ms of search.
	LimitPaste = Limit{"paste-network", 2 * time.Second, 300}
	// LimitDisown: "Bukan saya" links, by network.
	LimitDisown = Limit{"disown-network", 10 * time.Second, 60}
	// LimitStaff: staff sign-ins and set-ups, by network. What delays a number
	// is in package accounts.
	LimitStaff = Limit{"staff-network", 5 * time.Second, 60}
	// LimitSeek: NIPs that a member of staff looks up to read the log or to write
	// a request for data down: an oracle of who works where.
	LimitSeek = Limit{"seek-staff", 2 * time.Minute, 30}
	// LimitExport: files that a supervisor takes out of Pulih, by member of
	// staff: twenty in a day.
	LimitExport = Limit{"export-staff", 24 * time.Hour / 20, 20}
)

// How many streams of the clock check may be open at once: a few tabs of one
// practice, and an office behind one address.
const (
	clockStreamsOfPractice = 3
	clockStreamsOfNetwork  = 60
)

// Uploads under way. A line of 2G brings about 4 KB a second, so half of that
// is slow enough to be cut after a first half minute; at that speed a file of
// 5 MiB takes 43 minutes. photo.js makes 300 KB of a photo, which take two and
// a half; nobody is expected to send more than one full file on such a line.
const (
	uploadsOfOne   = 2         // at once, of a draft or a receipt: a double click
	uploadRoom     = 256 << 10 // KiB that all together may hold while they come
	uploadFirst    = 64        // KiB that one takes at a time, the first at its beginning
	leastSpeed     = 2 << 10   // bytes a second
	uploadGrace    = 30 * time.Second
	uploadLook     = 10 * time.Second
	uploadPatience = 45 * time.Minute
)
