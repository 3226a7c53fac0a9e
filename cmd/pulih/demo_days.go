package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
)

// The past requests: what became of each is told off in turn.
const storyTickets = 72

var storyProblems = []string{
	"HP saya rusak kena air. Kode OTP tidak bisa dibuka lagi.",
	"Ganti HP bulan lalu, aplikasi autentikator kosong.",
	"Kode OTP selalu ditolak walau baru muncul.",
	"HP hilang di perjalanan dinas.",
	"Aplikasi autentikator terhapus waktu membersihkan memori.",
	"Halaman portal lambat dan tidak terbuka sejak pagi.",
}

// storyOpen of them still stand in the queue when the visitor comes; some of
// those have shown that they still know their password.
const (
	storyOpen   = 21
	storyProven = 5
)

// days files the requests over the story's days, and ends now.
func (s *story) days(agent, approver member) (lost []customer, err error) {
	for i, at := range s.arrivals() {
		if at.After(s.clock.Now()) {
			s.clock.set(at)
		}
		if err := s.settle(); err != nil {
			return nil, err
		}
		one, err := s.request(i, agent, approver, lost)
		if err != nil {
			return nil, fmt.Errorf("request %d: %w", i, err)
		}
		lost = append(lost, one...)
	}
	if err := s.settle(); err != nil {
		return nil, err
	}
	s.clock.set(time.Time{})
	return lost, s.settle()
}

// request is one of them, and what became of it.
func (s *story) request(i int, agent, approver member, lost []customer) (served []customer, err error) {
	problem, last := storyProblems[i%len(storyProblems)], storyTickets-1
	switch {
	case i == last: // waits for the second person
		_, err = s.checkAtCounter(agent, s.person(), problem)
	case i == last-1:
		err = s.disown(lost[len(lost)-1], problem)
	case i > last-2-storyProven:
		err = s.proven(lost[len(lost)-last+i], problem)
	case i > last-storyOpen:
		err = s.leave(agent, problem, i)
	case i%3 == 0:
		var one customer
		one, err = s.counter(agent, approver, problem)
		served = []customer{one}
	case i%7 == 1:
		err = s.refuse(agent, problem)
	default:
		err = s.answer(agent, problem, i)
	}
	return served, err
}

// arrivals are when the requests come, in order: most in office hours of the
// past days, the open ones within the last. They are the same each time.
func (s *story) arrivals() []time.Time {
	r, now := s.dice, time.Now()
	today := now.In(db.WITA.Location)
	var all []time.Time
	for len(all) < storyTickets-storyOpen {
		day := today.AddDate(0, 0, -2-r.IntN(storyDays-2)) // not yesterday: the work of a day may last into the night
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		all = append(all, time.Date(day.Year(), day.Month(), day.Day(), 8+r.IntN(5), r.IntN(60), 0, 0, db.WITA.Location))
	}
	for i := range storyOpen {
		all = append(all, now.Add(-time.Duration(storyOpen-i)*25*time.Minute))
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// afar is where people file from.
var afar = audit.Actor{Kind: audit.Anonymous, Network: "203.0.113.0/24"}

// file opens a request as the person does from afar.
func (s *story) file(p demoPerson, kind tickets.Kind, problem string) (tickets.Receipt, error) {
	return s.desk.Open(s.ctx, tickets.Filing{
		NIP: secret.NIP(p.nip), Name: p.name, Unit: p.unit, Phone: p.phone, Problem: problem,
		Kind: kind, Channel: tickets.Remote,
	}, afar)
}

// proven is somebody's who shows that he still knows his password: his
// request goes before those that prove nothing.
func (s *story) proven(who customer, problem string) error {
	r, err := s.file(who.demoPerson, tickets.MFA, problem)
	if err != nil {
		return err
	}
	_, err = s.desk.ShowFactor(s.ctx, r.Number, r.Secret, tickets.FactorForm{Password: secret.Password(who.password)}, afar)
	return err
}

var disownLink = regexp.MustCompile(`/bukan-saya/([A-Za-z0-9_-]+)`)

// disown is a request that somebody else filed: its owner reads the mail and
// says so, which opens a case of fraud.
func (s *story) disown(who customer, problem string) error {
	if _, err := s.file(who.demoPerson, tickets.MFA, problem); err != nil {
		return err
	}
	if err := s.settle(); err != nil {
		return err
	}
	for _, m := range s.box.Messages() { // the newest first
		if found := disownLink.FindStringSubmatch(m.Text); found != nil && m.To == who.email {
			_, err := s.desk.Disown(s.ctx, secret.Token(found[1]), afar)
			return err
		}
	}
	return errors.New("demo: nobody was told of a request")
}

// take waits, and then the agent claims a request.
func (s *story) take(agent member, r tickets.Receipt, wait time.Duration) (by tickets.By, t tickets.Ticket, err error) {
	if err = s.pass(wait); err != nil {
		return by, t, err
	}
	if by, err = s.by(agent); err != nil {
		return by, t, err
	}
	t, err = s.desk.Claim(s.ctx, by, r.Number, r.Version)
	return by, t, err
}

// answer solves a request without touching a credential.
func (s *story) answer(agent member, problem string, i int) error {
	r, err := s.file(s.person(), tickets.Other, problem)
	if err != nil {
		return err
	}
	by, t, err := s.take(agent, r, time.Duration(20+i*13%300)*time.Minute)
	if err != nil {
		return err
	}
	s.clock.advance(9 * time.Minute)
	_, err = s.desk.Resolve(s.ctx, by, t.Number, t.Version, tickets.Solutions(tickets.Other)[i%len(tickets.Solutions(tickets.Other))],
		"Silakan coba masuk lagi. Kabari kami bila masih ditolak.")
	return err
}

func (s *story) refuse(agent member, problem string) error {
	r, err := s.file(s.person(), tickets.MFA, problem)
	if err != nil {
		return err
	}
	by, t, err := s.take(agent, r, 3*time.Hour)
	if err != nil {
		return err
	}
	_, err = s.desk.Refuse(s.ctx, by, t.Number, t.Version, tickets.LacksProof)
	return err
}

var openKinds = []tickets.Kind{tickets.MFA, tickets.Email, tickets.Other, tickets.Lock, tickets.MFA, tickets.Activation, tickets.Other}

// leave files a request that still stands in the queue; one in six was taken
// and asked about.
func (s *story) leave(agent member, problem string, i int) error {
	r, err := s.file(s.person(), openKinds[i%len(openKinds)], problem)
	if err != nil || i%6 != 0 {
		return err
	}
	by, t, err := s.take(agent, r, 10*time.Minute)
	if err != nil {
		return err
	}
	_, err = s.desk.Ask(s.ctx, by, t.Number, t.Version, "Apakah HP lama Anda masih bisa menyala?")
	return err
}
