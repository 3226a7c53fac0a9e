package faults

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/cmd/rig"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// stepped is a desk whose clock jumps.
type stepped struct {
	*ticketstest.World
	who ticketstest.Someone

	tried, taken int // codes or claims, of all that were asked for
}

// counts one that was tried, and says whether it was taken.
func (s *stepped) counts(taken bool) bool {
	if s.tried++; taken {
		s.taken++
	}
	return taken
}

func (s *stepped) counted(what string) string {
	return fmt.Sprintf("%d %s, %d taken", s.tried, what, s.taken)
}

// jumping runs a fault of the clock on both engines.
func jumping(t *testing.T, looked string, fault func(s *stepped) (counted string)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := ticketstest.New(t, d, clock)
		clock.Advance(24 * time.Hour) // Tuesday, and everybody's account is of yesterday
		s := &stepped{World: w, who: w.Person("198609262015051001", "Siti Contoh")}
		counted := fault(s)
		saw(t, "clock an hour ahead and back, "+string(d.Engine), looked, "%s", counted)
	})
}

// away does something an hour later or earlier, and brings the clock back.
func (s *stepped) away(by time.Duration, do func()) {
	s.Clock.Advance(by)
	do()
	s.Clock.Advance(-by)
}

var nobody = audit.Actor{Kind: audit.Anonymous, Network: "203.0.113.0/24"}

// enter signs in with the code that an authenticator would show at a moment.
func (s *stepped) enter(at time.Time) accounts.SignInResult {
	s.Helper()
	in, err := s.Desk.SignIn(s.Context(), accounts.SignInForm{NIP: s.who.NIP, Password: ticketstest.Password,
		OTP: otp.Code(s.who.Key, otp.Step(at)), Network: "203.0.113.0/24", Agent: "Uji"}, nobody)
	if err != nil {
		s.Fatal(err)
	}
	s.counts(in.Result == accounts.SignInOK)
	return in.Result
}

func (s *stepped) wants(what string, got, want any) {
	s.Helper()
	if got != want {
		s.Errorf("%s: %v, not %v", what, got, want)
	}
}

func TestNoOTPIsTakenTwiceByAClockThatJumps(t *testing.T) {
	jumping(t, "one-time codes: no step is taken twice, and the next one is good", func(s *stepped) string {
		now := s.Clock.Now()
		s.wants("the first", s.enter(now), accounts.SignInOK)
		s.away(time.Hour, func() { s.wants("one of then", s.enter(s.Clock.Now()), accounts.SignInOK) })
		if s.enter(now) == accounts.SignInOK {
			s.Error("a spent code was taken again when the clock was back")
		}
		s.Clock.Advance(30 * time.Second)
		if s.enter(s.Clock.Now()) == accounts.SignInOK {
			s.Error("a step before the last one was taken")
		}
		s.away(-time.Hour, func() {
			if s.enter(now) == accounts.SignInOK || s.enter(s.Clock.Now()) == accounts.SignInOK {
				s.Error("a step before the last one was taken, an hour ago")
			}
		})
		s.Clock.Advance(2 * time.Hour)
		s.wants("the next one", s.enter(s.Clock.Now()), accounts.SignInOK)
		return s.counted("tries")
	})
}

func TestAMailedCodeSurvivesAJumpAndIsUsedOnce(t *testing.T) {
	jumping(t, "a mailed code: too old while the clock is ahead, good when it is back, used once", func(s *stepped) string {
		flow, code := s.code()
		try := func() bool {
			tried, err := s.Accounts.ProveByCode(s.Context(), flow, code, nobody)
			return s.counts(err == nil && tried.OK)
		}
		s.away(time.Hour, func() { s.wants("an hour ahead", try(), false) })
		s.away(-time.Hour, func() {})
		s.wants("back", try(), true)
		s.wants("again", try(), false)
		s.away(-time.Hour, func() { s.wants("again, an hour ago", try(), false) })
		return s.counted("tries")
	})
}

// code asks for one and reads it from the outbox.
func (s *stepped) code() (accounts.Flow, secret.Code) {
	s.Helper()
	s.Write(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE accounts SET activated_at = $1`, tx.Now.Add(-time.Hour))
		return err
	})
	token, err := s.Accounts.StartReset(s.Context(), accounts.ForPassword, s.who.NIP, nobody)
	if err != nil {
		s.Fatal(err)
	}
	flow := accounts.Flow{Purpose: accounts.ForPassword, Browser: token}
	if _, err = s.Accounts.AskResetCode(s.Context(), accounts.ResetAsk{Flow: flow, Email: s.who.Email, Network: nobody.Network}, nobody); err == nil {
		err = s.Accounts.SendCodes(s.Context())
	}
	if err != nil {
		s.Fatal(err)
	}
	letters := s.Letters()
	code, ok := secret.ReadCode(rig.CodeInMail.FindString(letters[len(letters)-1].Text), 8)
	if !ok {
		s.Fatal("no code in ", letters[len(letters)-1].Text)
	}
	return flow, code
}

func TestAClaimIsNotLostForGoodByAClockThatJumps(t *testing.T) {
	jumping(t, "a claim: kept while the clock is behind, free when it has been ahead, and taken by one", func(s *stepped) string {
		f := s.File(s.who, tickets.Remote)
		claim := func(by tickets.By) error {
			_, err := s.Desk.Claim(s.Context(), by, f.Number, f.Version())
			s.counts(err == nil)
			return err
		}
		if err := claim(s.Checker); err != nil {
			s.Fatal(err)
		}
		s.away(-time.Hour, s.Tick)
		if claim(s.Other) == nil {
			s.Error("two have it, after the clock was behind")
		}
		s.away(time.Hour, s.Tick)
		if err := claim(s.Other); err != nil {
			s.Error("nobody can take what the jump has freed:", err)
		}
		if claim(s.Checker) == nil {
			s.Error("two have it")
		}
		return s.counted("claims") + ", one after the other"
	})
}

// A whole recovery goes through a clock that jumps at each step, and the
// figures are what the history says.
func TestARecoveryGoesThroughAClockThatJumps(t *testing.T) {
	jumping(t, "a whole recovery from the request to the new authenticator, its wait and its deadline; figures agree with the histories; sealing: the chain verifies", func(s *stepped) string {
		f, copied := s.File(s.who, tickets.Remote), filepath.Join(s.TempDir(), "audit.jsonl")
		copier, err := audit.NewCopier(s.Context(), s.DB, copied)
		if err != nil {
			s.Fatal(err)
		}
		jump := func() {
			s.away(time.Hour+time.Minute, s.Tick) // the log tells of more than an hour
			s.away(-time.Hour, s.Tick)
			s.seal()
			if _, err := copier.Copy(s.Context()); err != nil {
				s.Fatal(err)
			}
		}
		if _, err := s.Desk.Claim(s.Context(), s.Checker, f.Number, f.Version()); err != nil {
			s.Fatal(err)
		}
		for _, step := range []func(){f.Evidence, f.Check, f.Approve, f.Wait, f.Issue} {
			s.claim(f)
			step()
			jump()
		}
		s.wants("a pass that lapsed in the jump", f.State(), tickets.Ready)
		f.Issue() // another one
		f.Begin()
		s.away(-time.Hour, s.Tick)
		f.Enrol()
		jump()
		s.wants("the end", f.State(), tickets.Done)
		return s.figures() + "; " + s.chain(copied)
	})
}

// claim takes it again when a jump has freed it.
func (s *stepped) claim(f *ticketstest.Story) {
	if f.State() == tickets.Open {
		_, _ = s.Desk.Claim(s.Context(), s.Checker, f.Number, f.Version())
	}
}

func (s *stepped) seal() {
	s.Helper()
	sealer := audit.Sealer{DB: s.DB, Where: tickets.Whose(ticketstest.Agency)}
	if _, err := sealer.Seal(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func (s *stepped) figures() string {
	s.Helper()
	if err := s.Desk.FoldAll(s.Context()); err != nil {
		s.Fatal(err)
	}
	sum, err := s.Desk.ProveMeasures(s.Context(), func(_ string, _ db.Time, why error) { s.Error(why) })
	if err != nil || sum.Agree == 0 {
		s.Error(sum, err)
	}
	return "figures agree"
}

// chain verifies the log: what was written while the clock was wrong is told
// of as such, and nothing else.
func (s *stepped) chain(copied string) string {
	s.Helper()
	s.Clock.Advance(2 * time.Hour)
	r, err := audit.Verify(s.Context(), s.DB, audit.Terms{Copy: copied}, nil)
	if err != nil || r.Sealed == 0 || r.Copied != r.Sealed {
		s.Error(r, err)
	}
	backdated := 0
	for _, f := range r.Findings {
		if f.What != audit.Backdated {
			s.Error(f)
		}
		backdated++
	}
	if backdated == 0 {
		s.Error("the log tells of no step back")
	}
	return fmt.Sprintf("%d events sealed; %d times a step back is told of", r.Sealed, backdated)
}
