package tickets_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db/dbtest"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// lawful is design.md's table of transitions written out by hand, for mfa:
// who may do what in which state. It is not made from the table of the code,
// so that a slip there is found here. p: pemohon, a: petugas, v: verifikator,
// s: penyelia.
var lawful = map[tickets.State]string{
	tickets.Open: "reply:p claim:a note:avs proof:a check:a resolve:a refuse:av withdraw:p " +
		"attach:p detach:p identify:a reclassify:a merge:a escalate:a",
	tickets.Waiting:   "claim:a note:avs reply:p resolve:a refuse:av withdraw:p merge:a attach:p detach:p",
	tickets.Escalated: "reply:p note:avs resolve:a refuse:av withdraw:p escalate:a return:a",
	tickets.Checked:   "reply:p note:avs proof:a approve:v sendback:v refuse:av withdraw:p detach:p",
	tickets.Approved:  "reply:p note:avs proof:a refuse:av withdraw:p detach:p",
	tickets.Ready:     "reply:p note:avs proof:a refuse:av withdraw:p detach:p",
	tickets.Issued:    "reply:p note:avs revoke:a withdraw:p",
	tickets.Done:      "",
	tickets.Refused:   "reopen:a reopenmine:p",
	tickets.Cancelled: "",
	tickets.Expired:   "",
	tickets.Merged:    "",
	tickets.Disowned:  "",
}

// The verbs of one channel only.
var (
	lawfulAtCounter = map[tickets.State]string{tickets.Ready: "issue:a"}
	lawfulRemote    = map[tickets.State]string{tickets.Open: "factor:p call:a ask:a", tickets.Waiting: "factor:p ask:a", tickets.Escalated: "ask:a",
		tickets.Checked: "call:v", tickets.Approved: "call:v", tickets.Ready: "takepass:p"}
	lawfulMine   = map[tickets.State]string{tickets.Open: "ask:a", tickets.Waiting: "ask:a", tickets.Escalated: "ask:a"} // filed by the person himself
	lawfulAnyway = map[tickets.State]string{tickets.Open: "factor:p", tickets.Waiting: "factor:p"}                       // harmless at the counter
)

// acts does each verb as well as it can be done: only state and role may
// stand in its way.
var acts = map[string]func(*ticketstest.Story, tickets.By) error{
	"claim":    func(s *ticketstest.Story, by tickets.By) error { return staff(s, by, s.Desk.Claim) },
	"release":  func(s *ticketstest.Story, by tickets.By) error { return staff(s, by, s.Desk.Release) },
	"takeover": func(s *ticketstest.Story, by tickets.By) error { return staff(s, by, s.Desk.TakeOver) },
	"check":    func(s *ticketstest.Story, by tickets.By) error { return staff(s, by, s.Desk.CheckIdentity) },
	"note": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Note(s.Context(), by, s.Number, s.Version(), "Catatan"))
	},
	"ask": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Ask(s.Context(), by, s.Number, s.Version(), "Kapan?"))
	},
	"proof": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.AddProof(s.Context(), by, s.Number, s.Version(), s.Form(tickets.Karpeg)))
	},
	"approve": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Approve(s.Context(), by, s.Number, s.Version(), tickets.ApproveForm{Document: "ktp" + ticketstest.DocumentNumber}))
	},
	"sendback": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.SendBack(s.Context(), by, s.Number, s.Version(), "Foto buram"))
	},
	"issue": func(s *ticketstest.Story, by tickets.By) error {
		_, _, err := s.Desk.Issue(s.Context(), by, s.Number, s.Version())
		return err
	},
	"revoke": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Revoke(s.Context(), by, s.Number, s.Version(), "Slip hilang"))
	},
	"resolve": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Resolve(s.Context(), by, s.Number, s.Version(), tickets.ByClock, ""))
	},
	"refuse": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Refuse(s.Context(), by, s.Number, s.Version(), tickets.LacksProof))
	},
	"identify": func(s *ticketstest.Story, by tickets.By) error {
		found, err := s.Desk.Identify(s.Context(), by, s.Number, s.Version(), s.Person(newNIP(), "Orang Lain").NIP)
		if err == nil && !found {
			return errors.New("not found")
		}
		return err
	},
	"reclassify": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Reclassify(s.Context(), by, s.Number, s.Version(), tickets.Other))
	},
	"merge": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Merge(s.Context(), by, s.Number, s.Version(), s.Twin().Number))
	},
	"escalate": func(s *ticketstest.Story, by tickets.By) error {
		e := tickets.Escalation{BKN: "BKN-2026-0001", RemindAt: s.DB.Now().Add(48 * time.Hour)}
		return second(s.Desk.Escalate(s.Context(), by, s.Number, s.Version(), e))
	},
	"return": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Return(s.Context(), by, s.Number, s.Version(), "Sudah dibetulkan"))
	},
	"reopen": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.Reopen(s.Context(), by, s.Number, s.Version(), "Keliru"))
	},
	"reopenmine": func(s *ticketstest.Story, _ tickets.By) error {
		return s.Desk.ReopenByPerson(s.Context(), s.Number, s.Secret, "Belum selesai", ticketstest.Stranger)
	},
	"reply": func(s *ticketstest.Story, _ tickets.By) error {
		return s.Desk.Reply(s.Context(), s.Number, s.Secret, "Kemarin", ticketstest.Stranger)
	},
	"withdraw": func(s *ticketstest.Story, _ tickets.By) error {
		return s.Desk.Withdraw(s.Context(), s.Number, s.Secret, ticketstest.Stranger)
	},
	"attach": func(s *ticketstest.Story, _ tickets.By) error { return s.Attach(tickets.KTP) },
	"detach": func(s *ticketstest.Story, _ tickets.By) error {
		return s.Desk.Detach(s.Context(), s.Number, s.Secret, s.FirstFile(), ticketstest.Stranger)
	},
	"call": func(s *ticketstest.Story, by tickets.By) error {
		return second(s.Desk.CallCode(s.Context(), by, s.Number, s.Version(), string(s.Subject.Phone)))
	},
	"factor": func(s *ticketstest.Story, _ tickets.By) error {
		return second(s.Desk.ShowFactor(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger))
	},
	"takepass": func(s *ticketstest.Story, _ tickets.By) error {
		_, err := s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger)
		return err
	},
}

var personActs = []string{"reply", "withdraw", "factor", "takepass", "attach", "detach", "reopenmine"}

func second[T any](_ T, err error) error { return err }

type staffVerb func(ctx contextType, by tickets.By, number string, version int64) (tickets.Ticket, error)

func staff(s *ticketstest.Story, by tickets.By, verb staffVerb) error {
	_, err := verb(s.Context(), by, s.Number, s.Version())
	return err
}

// TestEveryStateVerbRole tries every state × verb × role through the verbs
// themselves: what the law allows happens, anything else changes nothing.
func TestEveryStateVerbRole(t *testing.T) {
	for _, way := range []string{"counter", "counter, filed by himself", "remote"} {
		for _, state := range tickets.States {
			if way == "counter" && (state == tickets.Waiting || state == tickets.Expired) {
				continue // nobody holds a receipt to answer with
			}
			t.Run(way+" "+string(state), func(t *testing.T) { everyVerbRole(t, way, state) })
		}
	}
}

func everyVerbRole(t *testing.T, way string, state tickets.State) {
	d, clock := dbtest.New(t)
	m := matrix{World: ticketstest.New(t, d, clock), channel: tickets.Remote, state: state, mine: way != "counter"}
	if way != "remote" {
		m.channel = tickets.Counter
	}
	m.actors = map[string]tickets.By{"a": m.Staff("197001012000011001", "Ayu", accounts.Agent), "v": m.Staff("197101012000011001", "Vito", accounts.Approver),
		"s": m.Supervisor, "d": m.Staff("197301012000011001", "Dodi", accounts.Admin), "p": {}}
	for verb := range acts {
		for role := range m.actors {
			m.try(verb, role)
		}
	}
}

type matrix struct {
	*ticketstest.World
	channel tickets.Channel
	mine    bool // the person filed it and holds the receipt
	state   tickets.State
	actors  map[string]tickets.By
	story   *ticketstest.Story
	people  int
}

func (m *matrix) try(verb, role string) {
	if slices.Contains(personActs, verb) != (role == "p") {
		return
	}
	if m.story == nil {
		m.begin()
	}
	by := m.actors[role]
	if role != "p" {
		m.Prove(by)
	}
	before := m.story.Status()
	err := acts[verb](m.story, by)
	after := m.story.Status()
	if allowed := m.allowed(verb, role); allowed != (err == nil) {
		m.Errorf("%s as %s in %s: %v", verb, role, m.state, err)
	}
	if err != nil && after.Version != before.Version {
		m.Errorf("%s as %s in %s was refused and changed the ticket", verb, role, m.state)
	}
	if err == nil {
		m.story = nil // whatever it changed, the next one wants a fresh one
	}
}

// begin brings a new ticket into the state, with nobody working on it, and
// with the evidence that a check wants.
func (m *matrix) begin() {
	m.people++
	p := m.Person(secret.NIP(fmt.Sprintf("1986%02d%02d2015051%03d", m.people%12+1, m.people/12+1, m.people)), "Budi Santoso")
	file := m.FileKind
	if m.mine {
		file = m.FileMine
	}
	m.story = file(p, tickets.MFA, m.channel)
	if err := m.story.Attach(tickets.SKPNS); err != nil {
		m.Fatal(err)
	}
	m.story.To(m.state)
	if m.state == tickets.Open {
		m.story.Evidence()
	}
	if m.state == tickets.Escalated {
		exec(m.World, `UPDATE tickets SET owned_at = 0`) // long ago: nobody has it any more
	}
	if m.state == tickets.Open || m.state == tickets.Waiting {
		_ = staff(m.story, m.Checker, m.Desk.Release)
	}
}

func (m *matrix) allowed(verb, role string) bool {
	rules := lawful[m.state] + " " + lawfulRemote[m.state]
	if m.channel == tickets.Counter {
		rules = lawful[m.state] + " " + lawfulAtCounter[m.state] + " " + lawfulAnyway[m.state]
		if m.mine {
			rules += " " + lawfulMine[m.state]
		}
	}
	for _, entry := range strings.Fields(rules) {
		v, roles, _ := strings.Cut(entry, ":")
		if v == verb {
			return strings.Contains(roles, role)
		}
	}
	return false
}
