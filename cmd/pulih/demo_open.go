package main

import (
	"errors"
	"regexp"
	"time"

	"pulih/secret"
	"pulih/tickets"
)

// proven is somebody's who shows that he still knows his password: his
// request goes before those that prove nothing.
func (s *story) proven(who customer, problem string) error {
	r, err := s.open(who.demoPerson, tickets.MFA, problem)
	if err != nil {
		return err
	}
	_, err = s.desk.ShowFactor(s.ctx, r.Number, r.Secret, tickets.FactorForm{Password: secret.Password(who.password)}, afar)
	return err
}

func (s *story) open(p demoPerson, kind tickets.Kind, problem string) (tickets.Receipt, error) {
	return s.desk.Open(s.ctx, tickets.Filing{
		NIP: secret.NIP(p.nip), Name: p.name, Unit: p.unit, Phone: p.phone, Problem: problem, Kind: kind, Channel: tickets.Remote,
	}, afar)
}

var disownLink = regexp.MustCompile(`/bukan-saya/([A-Za-z0-9_-]+)`)

// disown is a request that somebody else filed: its owner reads the mail and
// says so, which opens a case of fraud.
func (s *story) disown(who customer, problem string) error {
	if _, err := s.open(who.demoPerson, tickets.MFA, problem); err != nil {
		return err
	}
	if err := s.settle(); err != nil {
		return err
	}
	link, err := s.mailed(who.email, disownLink)
	if err == nil {
		_, err = s.desk.Disown(s.ctx, secret.Token(link), afar)
	}
	return err
}

// mailed finds something in the newest mail to somebody that has it.
func (s *story) mailed(to string, what *regexp.Regexp) (string, error) {
	for _, m := range s.box.Messages() { // the newest first
		if found := what.FindStringSubmatch(m.Text); found != nil && m.To == to {
			return found[1], nil
		}
	}
	return "", errors.New("demo: a mail is missing")
}

var openKinds = []tickets.Kind{tickets.MFA, tickets.Email, tickets.Other, tickets.Lock, tickets.MFA, tickets.Activation, tickets.Other}

// leave files a request that still stands in the queue; one in six was taken
// and asked about.
func (s *story) leave(agent member, problem string, i int) error {
	r, err := s.open(s.person(), openKinds[i%len(openKinds)], problem)
	if err != nil || i%6 != 0 {
		return err
	}
	if err := s.pass(10 * time.Minute); err != nil {
		return err
	}
	by, t, err := s.take(agent, r)
	if err != nil {
		return err
	}
	_, err = s.desk.Ask(s.ctx, by, t.Number, t.Version, "Apakah HP lama Anda masih bisa menyala?")
	return err
}
