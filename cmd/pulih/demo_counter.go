package main

import (
	"errors"
	"time"

	"pulih/accounts"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

// counter gets somebody back in at the counter: two originals, two people, a
// pass, a new authenticator.
func (s *story) counter(i int) error {
	agent, who := s.agent(i), customer{demoPerson: s.person(), password: demoPassword}
	t, err := s.checkAtCounter(agent, who.demoPerson, storyProblems[i%len(storyProblems)].text)
	if err != nil {
		return err
	}
	wait := s.pause()
	if agent.id == s.staff[second].id {
		wait = 20 * time.Second // a pair that the report marks
	}
	if t, err = s.approve(s.staff[approving], t, wait); err != nil {
		return err
	}
	pass, err := s.issue(agent, t, i)
	if err != nil {
		return err
	}
	who.secret, err = s.enrol(who, pass)
	s.lost = append(s.lost, who)
	return err
}

// issue hands the pass out; one is left to lapse, and handed out again.
func (s *story) issue(agent member, t tickets.Ticket, i int) (secret.Code, error) {
	if err := s.office(5 * time.Minute); err != nil {
		return "", err
	}
	by, err := s.by(agent)
	if err != nil {
		return "", err
	}
	if err := s.stepUp(agent, by); err != nil {
		return "", err
	}
	pass, _, err := s.desk.Issue(s.ctx, by, t.Number, t.Version)
	if err != nil || i%12 != 8 {
		return pass.Code, err
	}
	if err := s.pass(15 * time.Minute); err != nil {
		return "", err
	}
	file, err := s.desk.Look(s.ctx, by, t.Number)
	if err != nil {
		return "", err
	}
	return s.issue(agent, file.Ticket, 0)
}

func (s *story) checkAtCounter(agent member, p demoPerson, problem string) (t tickets.Ticket, err error) {
	if err := s.office(time.Hour); err != nil {
		return t, err
	}
	by, err := s.by(agent)
	if err != nil {
		return t, err
	}
	r, err := s.desk.Open(s.ctx, tickets.Filing{
		NIP: secret.NIP(p.nip), Name: p.name, Unit: p.unit, Phone: p.phone, Problem: problem,
		Kind: tickets.MFA, Channel: tickets.Counter, By: &by,
	}, by.Actor)
	if err != nil {
		return t, err
	}
	if t, err = s.desk.Claim(s.ctx, by, r.Number, r.Version); err != nil {
		return t, err
	}
	s.clock.advance(s.pause() / 2)
	for _, kind := range []tickets.ProofKind{tickets.KTP, appointment(p)} {
		if t, err = s.show(by, t, kind, p); err != nil {
			return t, err
		}
	}
	if err := s.stepUp(agent, by); err != nil {
		return t, err
	}
	return s.desk.CheckIdentity(s.ctx, by, t.Number, t.Version)
}

// appointment is the paper that a person of this kind has.
func appointment(p demoPerson) tickets.ProofKind {
	if _, reading, err := accounts.ParseNIP(p.nip); err == nil && reading.Kind == accounts.PPPK {
		return tickets.SKPPPK
	}
	return tickets.SKCPNS
}

// misread is a document whose name the agent reads wrong at first.
func (s *story) misread(by tickets.By, t tickets.Ticket, kind tickets.ProofKind, p demoPerson) (tickets.Ticket, error) {
	if p.nip[17]%3 != 0 || kind != tickets.KTP {
		return t, nil
	}
	p.name = "Nama Lain"
	_, err := s.desk.AddProof(s.ctx, by, t.Number, t.Version, typed(kind, p))
	if err != nil {
		return t, err
	}
	file, err := s.desk.Look(s.ctx, by, t.Number)
	return file.Ticket, err
}

// typed is what stands on a document.
func typed(kind tickets.ProofKind, p demoPerson) tickets.ProofForm {
	birth, _ := accounts.BirthDate(secret.NIP(p.nip))
	on := map[string]string{"nama": p.name, "lahir": birth.Format("02-01-2006"), "nip": p.nip, "unit": p.unit, "nomor": original(p, kind)}
	f := tickets.ProofForm{Kind: kind, How: tickets.Seen, Typed: map[string]string{}}
	for _, field := range kind.Fields() {
		f.Typed[field.Key] = on[field.Key]
	}
	return f
}

// show types what stands on a document.
func (s *story) show(by tickets.By, t tickets.Ticket, kind tickets.ProofKind, p demoPerson) (tickets.Ticket, error) {
	t, err := s.misread(by, t, kind, p)
	if err != nil {
		return t, err
	}
	proof, err := s.desk.AddProof(s.ctx, by, t.Number, t.Version, typed(kind, p))
	if err == nil && proof.Result != tickets.Match {
		err = errors.New("demo: a document does not match the roster it was made from")
	}
	if err != nil {
		return t, err
	}
	file, err := s.desk.Look(s.ctx, by, t.Number)
	return file.Ticket, err
}

// original is the made-up number of a document: sixteen digits on a card, and
// something else on a decree.
func original(p demoPerson, kind tickets.ProofKind) string {
	if kind == tickets.KTP {
		return "7300" + p.nip[6:18]
	}
	return "821/" + p.nip[14:18] + "/SK/" + p.nip[8:12]
}

func (s *story) approve(approver member, t tickets.Ticket, wait time.Duration) (tickets.Ticket, error) {
	if err := errors.Join(s.pass(wait), s.office(5*time.Minute)); err != nil {
		return t, err
	}
	by, err := s.by(approver)
	if err != nil {
		return t, err
	}
	if err := s.stepUp(approver, by); err != nil {
		return t, err
	}
	person, err := s.desk.Look(s.ctx, by, t.Number)
	if err != nil {
		return t, err
	}
	t, err = s.desk.Approve(s.ctx, by, t.Number, person.Version, tickets.ApproveForm{Document: s.originalOf(person.NIP)})
	if err != nil {
		return t, err
	}
	if err := s.settle(); err != nil {
		return t, err
	}
	file, err := s.desk.Look(s.ctx, by, t.Number)
	return file.Ticket, err
}

func (s *story) originalOf(nip secret.NIP) string {
	for _, p := range s.roster {
		if p.nip == string(nip) {
			return original(p, tickets.KTP)
		}
	}
	return ""
}

// enrol uses the pass as the person does on his phone.
func (s *story) enrol(who customer, pass secret.Code) (otp.Secret, error) {
	if err := s.pass(2 * time.Minute); err != nil {
		return nil, err
	}
	opened, err := s.desk.OpenEnrolment(s.ctx, tickets.EnrolForm{
		NIP: secret.NIP(who.nip), Pass: pass, Password: secret.Password(who.password),
	}, console)
	if err != nil {
		return nil, err
	}
	pending, err := s.desk.Enrolment(s.ctx, opened.Token)
	if err != nil {
		return nil, err
	}
	done, err := s.desk.Enrol(s.ctx, opened.Token, s.code(pending.Secret), "HP pribadi", console)
	if err == nil && !done.OK {
		err = errors.New("demo: the new authenticator's code was refused")
	}
	return pending.Secret, err
}
