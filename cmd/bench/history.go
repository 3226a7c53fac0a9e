package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"pulih/db"
	"pulih/tickets"
)

const (
	weeks   = 3  // what is written fills them
	back    = 52 // so often as that goes into three years
	agents  = 24
	seconds = 6 // who approve
)

// past is a ticket with everything that happened to it. Its id and those of
// its events begin with the number of the copy.
type past struct {
	n       int
	ticket  madeUpTicket
	level   string
	channel tickets.Channel
	self    bool
	cycle   int64
	events  []happened
	random  *rand.Rand
	at      db.Time
	state   tickets.State
	agent   string
}

// happened is a row of ticket_events.
type happened struct {
	id       string
	at       db.Time
	verb     tickets.Verb
	from, to tickets.State
	cycle    int64
	by       string // staff, person, clock
	actor    string
	outcome  string
}

// pastOf is the n-th ticket. What has ended was filed in three weeks that are
// over, mostly in working hours; two of a hundred are open.
func pastOf(r *rand.Rand, n int, now db.Time) *past {
	p := &past{n: n, ticket: madeUp(r, n, now), random: r, cycle: 1, agent: fmt.Sprintf("p%02d", r.IntN(agents))}
	p.ticket.id = fmt.Sprintf("t000-%06d", n)
	p.level, p.channel, p.self = pick(r, "L1", "L1", "L2", "L3"), tickets.Remote, r.IntN(10) > 0
	if p.level == "L3" {
		p.channel = tickets.Counter
	}
	if n%50 != 0 {
		p.ticket.opened = filed(r, now)
	}
	p.at = p.ticket.opened
	p.does(tickets.VerbOpen, tickets.Open, "person")
	p.lives()
	return p
}

// filed is a moment of the three weeks that ended eight days ago.
func filed(r *rand.Rand, now db.Time) db.Time {
	day := now.Midnight(db.WITA).Add(-time.Duration(8+r.IntN(7*weeks)) * 24 * time.Hour)
	hour := r.IntN(24)
	if r.IntN(5) > 0 {
		hour = 7 + r.IntN(9)
	}
	return day.Add(time.Duration(hour)*time.Hour + time.Duration(r.IntN(3600))*time.Second)
}

// lives goes through what may happen; one that is open ends early.
func (p *past) lives() {
	r := p.random
	if p.n%50 == 0 {
		if p.ticket.state == string(tickets.Waiting) {
			p.then(0, 0, tickets.VerbAsk, tickets.Waiting, "staff")
		}
		p.ticket.state = string(p.state)
		return
	}
	p.then(time.Minute, 4*time.Hour, tickets.VerbClaim, tickets.Open, "staff")
	for r.IntN(10) < 3 && len(p.events) < 6 {
		p.then(time.Minute, time.Hour, tickets.VerbAsk, tickets.Waiting, "staff")
		p.then(time.Minute, 20*time.Hour, tickets.VerbReply, tickets.Open, "person")
	}
	p.solves()
	if r.IntN(50) == 0 && p.state == tickets.Done {
		p.cycle++
		p.then(time.Hour, 40*time.Hour, tickets.VerbReopen, tickets.Open, "person")
		p.ends(time.Hour, 8*time.Hour, tickets.VerbResolve, tickets.Done, string(tickets.ByAnswer))
	}
	p.ticket.state, p.ticket.closed = string(p.state), p.at
}

func (p *past) solves() {
	switch r := p.random; {
	case r.IntN(12) == 0:
		p.ends(time.Minute, 6*time.Hour, tickets.VerbRefuse, tickets.Refused, string(tickets.LacksProof))
	case r.IntN(30) == 0:
		p.then(time.Minute, 6*time.Hour, tickets.VerbWithdraw, tickets.Cancelled, "person")
	case p.ticket.kind != string(tickets.MFA):
		p.ends(time.Minute, 6*time.Hour, tickets.VerbResolve, tickets.Done, pick(r, "jam", "entri", "jawaban"))
	default:
		p.reissues()
	}
}

func (p *past) reissues() {
	r := p.random
	p.then(5*time.Minute, 2*time.Hour, tickets.VerbCheck, tickets.Checked, "staff")
	checker, second := p.agent, fmt.Sprintf("p%02d", agents+r.IntN(seconds))
	for range r.IntN(10) / 8 {
		p.agent = second
		p.then(time.Minute, time.Hour, tickets.VerbSendBack, tickets.Open, "staff")
		p.agent = checker
		p.then(time.Minute, 4*time.Hour, tickets.VerbCheck, tickets.Checked, "staff")
	}
	p.agent = second
	p.then(time.Minute, 6*time.Hour, tickets.VerbApprove, tickets.Approved, "staff")
	p.then(time.Minute, 10*time.Hour, tickets.VerbMature, tickets.Ready, "clock")
	p.agent = checker
	p.then(time.Minute, 4*time.Hour, tickets.VerbIssue, tickets.Issued, "staff")
	p.ends(time.Minute, time.Hour, tickets.VerbEnrol, tickets.Done, string(tickets.Reissued))
	p.events[len(p.events)-1].by = "person"
}

// then lets time pass and something happen.
func (p *past) then(least, span time.Duration, v tickets.Verb, to tickets.State, by string) {
	p.at = p.at.Add(least + time.Duration(p.random.Int64N(int64(span/time.Second)+1))*time.Second)
	p.does(v, to, by)
}

func (p *past) ends(least, span time.Duration, v tickets.Verb, to tickets.State, outcome string) {
	p.then(least, span, v, to, "staff")
	p.events[len(p.events)-1].outcome = outcome
}

func (p *past) does(v tickets.Verb, to tickets.State, by string) {
	e := happened{fmt.Sprintf("e000-%06d-%02d", p.n, len(p.events)), p.at, v, p.state, to, p.cycle, by, "", ""}
	if by == "staff" {
		e.actor = p.agent
	}
	p.events, p.state = append(p.events, e), to
}
