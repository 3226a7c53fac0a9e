package tickets_test

import (
	"maps"
	"regexp"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// walkActs are acts that only a walk needs: several verbs at once, what time
// does, and what keeps something for a later act.
var walkActs = map[string]func(*wander, *ticketstest.Story, tickets.By){
	"evidence":    (*wander).evidence,
	"mismatch":    (*wander).mismatch,
	"misread":     (*wander).misread,
	"unproof":     (*wander).unproof,
	"letpass":     (*wander).letPass,
	"mature":      (*wander).mature,
	"pass":        (*wander).pass,
	"enrol":       (*wander).enrol,
	"changeemail": (*wander).changeEmail,
	"disown":      (*wander).disown,
	"merge":       (*wander).merge,
	"recall":      (*wander).call,
	"call":        (*wander).call,
	"void": func(_ *wander, s *ticketstest.Story, _ tickets.By) {
		if s.State() == tickets.Approved {
			set(s, `UPDATE people SET phone = '0812' WHERE id = $1`)
		}
	},
	"twin": func(k *wander, s *ticketstest.Story, _ tickets.By) {
		k.stories = append(k.stories, k.FileKind(s.Subject, s.Status().Kind, tickets.Remote))
	},
	"remind": func(k *wander, _ *ticketstest.Story, _ tickets.By) {
		k.Clock.Advance(50 * time.Hour)
		k.Tick()
	},
	"unlock": func(_ *wander, s *ticketstest.Story, by tickets.By) {
		_, _ = s.Desk.Unlock(s.Context(), by, s.Number, s.Version(), "")
	},
	"identify": func(k *wander, s *ticketstest.Story, by tickets.By) {
		_, _ = s.Desk.Identify(s.Context(), by, s.Number, s.Version(), pick(k.random, k.people...).NIP)
	},
	"reclassify": func(k *wander, s *ticketstest.Story, by tickets.By) {
		_, _ = s.Desk.Reclassify(s.Context(), by, s.Number, s.Version(), pick(k.random, tickets.Filed...))
	},
}

var walkVerbs = slices.Concat(slices.Sorted(maps.Keys(acts)), slices.Sorted(maps.Keys(walkActs)))

// evidence brings what a check wants, as far as it can be had.
func (k *wander) evidence(s *ticketstest.Story, by tickets.By) {
	status := s.Status()
	if status.Kind == tickets.Email {
		if status.Channel == tickets.Counter {
			_, _ = s.Desk.NameEmailAtCounter(s.Context(), by, s.Number, s.Version(), ticketstest.FreshEmail)
		} else {
			_ = s.Desk.NameEmail(s.Context(), s.Number, s.Secret, ticketstest.FreshEmail, ticketstest.Stranger)
		}
	}
	for _, kind := range []tickets.ProofKind{tickets.KTP, tickets.SKPNS} {
		_, _ = s.Desk.AddProof(s.Context(), by, s.Number, s.Version(), s.Form(kind))
	}
	if status.Channel == tickets.Remote {
		if status.Factor == accounts.NoFactor && s.Subject.Key != nil {
			_ = acts["factor"](s, by)
		}
		k.call(s, by)
	}
	if k.random.IntN(2) == 0 {
		_ = acts["check"](s, by)
	}
}

// call calls the number on file and has the person type the code.
func (k *wander) call(s *ticketstest.Story, by tickets.By) {
	if c, err := s.Desk.CallCode(s.Context(), by, s.Number, s.Version(), "081234567890"); err == nil && c.Match {
		_, _ = s.Desk.EnterCallCode(s.Context(), s.Number, s.Secret, c.Code, ticketstest.Stranger)
	}
}

func (k *wander) mismatch(s *ticketstest.Story, by tickets.By) {
	f := s.Form(tickets.SKCPNS)
	f.Typed["nama"] = "Siapa Lain"
	_, _ = s.Desk.AddProof(s.Context(), by, s.Number, s.Version(), f)
}

// misread has whoever approves type another number than the document's.
func (k *wander) misread(s *ticketstest.Story, by tickets.By) {
	_, _ = s.Desk.Approve(s.Context(), by, s.Number, s.Version(), tickets.ApproveForm{Document: "ktp7401012345678999"})
}

func (k *wander) unproof(s *ticketstest.Story, by tickets.By) {
	var ids []string
	s.Write(func(ctx contextType, tx *db.Tx) (err error) {
		ids, err = db.All(ctx, tx, scanWord,
			`SELECT p.id FROM ticket_proofs p JOIN tickets t ON t.id = p.ticket AND t.cycle = p.cycle WHERE t.number = $1 AND p.result = 'match' AND p.class = 'document' ORDER BY p.at, p.kind`, s.Number)
		return err
	})
	for _, id := range ids[:min(1, len(ids))] {
		_, _ = s.Desk.WithdrawProof(s.Context(), by, s.Number, s.Version(), id)
	}
}

// letPass waits for what time does: a claim, a pass or an approval runs out.
func (k *wander) letPass(*ticketstest.Story, tickets.By) {
	k.Clock.Advance(pick(k.random, 31*time.Minute, 31*time.Minute, time.Hour, 2*time.Hour, 80*time.Hour))
	k.Tick()
}

// mature has the relay take the notices and the wait go by.
func (k *wander) mature(s *ticketstest.Story, _ tickets.By) {
	k.RelayAccepts()
	for range 8 {
		k.Tick()
		if s.State() != tickets.Approved {
			return
		}
		k.Clock.Advance(4 * time.Hour)
	}
}

func (k *wander) pass(s *ticketstest.Story, by tickets.By) {
	var shown tickets.PassShown
	if s.Status().Channel == tickets.Counter {
		shown, _, _ = s.Desk.Issue(s.Context(), by, s.Number, s.Version())
	} else {
		shown, _ = s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger)
	}
	s.Pass = shown.Code
}

// enrol uses the pass with the old password, or sets a new one.
func (k *wander) enrol(s *ticketstest.Story, _ tickets.By) {
	password := ticketstest.Password
	if s.Status().Basis != accounts.ByFactor {
		password = ticketstest.NewPassword
	}
	e, err := s.Desk.OpenEnrolment(s.Context(), tickets.EnrolForm{NIP: s.Subject.NIP, Pass: s.Pass, Password: password}, ticketstest.Stranger)
	if err != nil || e.Token == "" {
		return
	}
	pending, err := s.Desk.Enrolment(s.Context(), e.Token)
	if err != nil {
		return
	}
	s.Key = pending.Secret
	_, _ = s.Desk.Enrol(s.Context(), e.Token, s.Code(), "HP baru", ticketstest.Stranger)
}

func (k *wander) changeEmail(s *ticketstest.Story, by tickets.By) {
	atCounter := s.Status().Channel == tickets.Counter
	err := error(nil)
	if atCounter {
		_, err = s.Desk.AskEmailCodeAtCounter(s.Context(), by, s.Number, s.Version())
	} else {
		err = s.Desk.AskEmailCode(s.Context(), s.Number, s.Secret, ticketstest.Stranger)
	}
	if err != nil {
		return
	}
	if code := s.EmailCode(); atCounter {
		_, _ = s.Desk.ChangeEmailAtCounter(s.Context(), by, s.Number, s.Version(), code)
	} else {
		_, _ = s.Desk.ChangeEmail(s.Context(), s.Number, s.Secret, code, tickets.FactorForm{Password: ticketstest.Password}, ticketstest.Stranger)
	}
}

var notMineLink = regexp.MustCompile(`/bukan-saya/([\w-]+)`)

// disown has an owner press "Bukan saya" in one of the newest notices.
func (k *wander) disown(*ticketstest.Story, tickets.By) {
	var tokens []secret.Token
	for _, l := range k.Letters() {
		if found := notMineLink.FindStringSubmatch(l.Text); found != nil {
			tokens = append(tokens, secret.Token(found[1]))
		}
	}
	if n := len(tokens); n > 0 {
		_, _ = k.Desk.Disown(k.Context(), tokens[n-1-k.random.IntN(min(4, n))], ticketstest.Stranger)
	}
}

// merge puts a request into another one, which may be of the same person.
func (k *wander) merge(s *ticketstest.Story, by tickets.By) {
	for _, into := range k.stories {
		if into.Number != s.Number && into.Subject.NIP == s.Subject.NIP {
			_, _ = s.Desk.Merge(s.Context(), by, s.Number, s.Version(), into.Number)
		}
	}
}
