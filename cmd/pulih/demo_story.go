package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/guide"
	"pulih/mail"
	"pulih/mail/mailbox"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

// story makes the demo's past with the verbs that people use, on a clock
// that it moves: every row, mail and figure of the demo is a real one.
type story struct {
	ctx    context.Context
	clock  *demoClock
	db     *db.DB
	people *accounts.Accounts
	desk   *tickets.Desk
	outbox *mail.Outbox
	box    *mailbox.Box // of those days
	relay  mail.Relay
	dice   *rand.Rand // the same each time
	roster []demoPerson
	next   int // of the roster

	guide     *guide.Guide
	catalogue *guide.Catalogue
	present   time.Time        // when the visitor comes
	hours     tickets.Calendar // of the desk
	allHours  bool
	errands   []errand // what is still to come, in order
	cast
}

// member is one of the demo's staff.
type member struct {
	demoPerson
	role     accounts.Role
	id       string
	password string
	secret   otp.Secret
}

// The staff, in the order in which they are hired. There are two agents, so
// that one can watch the other, and two supervisors, so that one can hand over
// what the other has written down.
const (
	first, second      = 0, 4
	approving          = 1
	supervising, admin = 2, 3
)

var demoRoles = []accounts.Role{accounts.Agent, accounts.Approver, accounts.Supervisor, accounts.Admin, accounts.Agent, accounts.Supervisor}

// cast are the people whom a visitor can play.
type cast struct {
	staff []member
	lost  []customer   // have a password and an authenticator
	fresh []demoPerson // never signed in
}

// demoFresh of the roster are known to a visitor as never signed in; the
// units of all but the last have an operator.
const demoFresh = 3

// customer is an ASN with an account.
type customer struct {
	demoPerson
	password string
	secret   otp.Secret
}

var console = audit.Actor{Kind: audit.Console}

const (
	demoPassword = "Kapal-Layar-Biru-27!"
	storyDays    = 90
)

// tell makes the whole past and ends at the present.
func (s *story) tell() (c cast, err error) {
	s.present = s.clock.Now()
	s.clock.set(s.present.Add(-(storyDays + 2) * 24 * time.Hour))
	plan, err := s.people.PlanImport(s.ctx, strings.NewReader(rosterCSV(s.roster)))
	if err != nil {
		return c, err
	}
	if err := s.people.ApplyImport(s.ctx, plan, nil, console); err != nil {
		return c, err
	}
	for _, role := range demoRoles {
		m, err := s.hire(role)
		if err != nil {
			return c, fmt.Errorf("%s: %w", role, err)
		}
		s.staff = append(s.staff, m)
	}
	if err := errors.Join(s.replies(s.staff[supervising]), s.keepHours(tickets.Office(db.WITA))); err != nil {
		return c, err
	}
	if err := s.days(); err != nil {
		return c, err
	}
	s.fresh, err = s.newcomers()
	return s.cast, err
}

// replies are the texts that the agency keeps.
func (s *story) replies(supervisor member) error {
	by, err := s.by(supervisor)
	for _, r := range []tickets.SavedReply{
		{Title: "Minta foto SK", Text: "Yth. {nama}, mohon kirim foto SK terakhir Anda di halaman ini. Nomor SK harus terbaca."},
		{Title: "Datang ke loket", Text: "Yth. {nama}, mohon datang ke loket {instansi} dengan KTP dan SK asli. Sebutkan nomor {nomor}."},
		{Title: "Portal sudah pulih", Text: "Portal sudah bisa dibuka lagi. Silakan coba masuk. Balas pesan ini bila masih gagal."},
	} {
		if err == nil {
			err = s.desk.SaveReply(s.ctx, by, r)
		}
	}
	return err
}

func (s *story) newcomers() (fresh []demoPerson, err error) {
	for units := map[string]bool{}; len(fresh) < demoFresh; {
		if p := s.person(); !units[p.unit] {
			fresh, units[p.unit] = append(fresh, p), true
		}
	}
	for i, p := range fresh[:demoFresh-1] {
		o := accounts.Operator{Agency: demoAgency, Unit: p.unit, Email: secret.Email(fmt.Sprintf("operator.unit%d@contoh.test", i+1))}
		if err := s.people.AddOperator(s.ctx, o, console); err != nil && !errors.Is(err, accounts.ErrOperatorExists) {
			return nil, err
		}
	}
	return fresh, s.settle()
}

// pause is as long as such work takes, from a few minutes to most of an hour.
func (s *story) pause() time.Duration { return time.Duration(3+s.dice.IntN(45)) * time.Minute }

// pass lets time pass: mail goes out, and the clock's work is done. Each
// request has one chore at a time.
func (s *story) pass(d time.Duration) error {
	if err := s.round(); err != nil {
		return err
	}
	s.clock.advance(d)
	return s.round()
}

func (s *story) settle() error {
	return errors.Join(s.round(), s.round(), s.round())
}

// round sends what waits, and does what is due.
func (s *story) round() error {
	return errors.Join(s.outbox.Deliver(s.ctx, s.relay), s.desk.Tick(s.ctx))
}

// person takes the next of the roster.
func (s *story) person() demoPerson {
	s.next++
	return s.roster[s.next]
}

// hire sets a member of staff up as the console and his browser do.
func (s *story) hire(role accounts.Role) (m member, err error) {
	m = member{demoPerson: s.person(), role: role, password: demoPassword}
	code, err := s.people.AddStaff(s.ctx, accounts.NewStaff{
		NIP: secret.NIP(m.nip), Name: m.name, Email: secret.Email(m.email), Agency: demoAgency, Roles: []accounts.Role{role},
	}, console)
	if err != nil {
		return m, err
	}
	setup, err := s.people.BeginStaffSetup(s.ctx, accounts.SetupForm{Code: code, Password: secret.Password(m.password)}, console)
	if err != nil || len(setup.Problems) > 0 {
		return m, errors.Join(err, fmt.Errorf("%v", setup.Problems))
	}
	m.secret = setup.Secret
	form := accounts.StaffForm{NIP: m.nip, Password: secret.Password(m.password), OTP: s.code(m.secret)}
	in, err := s.people.FinishStaffSetup(s.ctx, setup.Browser, form, console)
	if err != nil {
		return m, err
	}
	who, err := s.people.StaffBySession(s.ctx, in.Token)
	m.id = who.ID
	return m, err
}

// code is what the authenticator shows now.
func (s *story) code(k otp.Secret) string { return otp.Code(k, otp.Step(s.clock.Now())) }

// by is a member of staff at the counter, signed in anew.
func (s *story) by(m member) (by tickets.By, err error) {
	var token secret.Token
	err = s.db.Write(s.ctx, func(tx *db.Tx) error {
		token, err = s.people.NewSession(s.ctx, tx,
			accounts.Session{Kind: accounts.StaffSession, Owner: m.id, Network: "127.0.0.0/24", Agent: "demo"})
		return err
	})
	if err != nil {
		return by, err
	}
	who, err := s.people.StaffBySession(s.ctx, token)
	return tickets.By{
		Staff: who, Browser: m.id, AtCounter: true,
		Actor: audit.Actor{Kind: audit.Staff, ID: who.ID, Network: "127.0.0.0/24"},
	}, err
}

// stepUp shows a fresh code, a minute later: each counts once.
func (s *story) stepUp(m member, by tickets.By) error {
	s.clock.advance(time.Minute)
	ok, err := s.people.StepUp(s.ctx, by.Staff, s.code(m.secret), by.Actor)
	if err == nil && !ok {
		err = errors.New("demo: a fresh code was refused")
	}
	return err
}
