package guide

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
)

var somebody = audit.Actor{Kind: audit.Anonymous, Network: "192.0.2.0/24", Request: "r1"}

// desk is a practice under way, and the phone that holds the entry.
type desk struct {
	*testing.T
	*Guide
	db    *db.DB
	clock *dbtest.Clock
	token secret.Token
	phone phone
}

func each(t *testing.T, f func(d *desk)) {
	dbtest.Each(t, func(t *testing.T, database *db.DB, clock *dbtest.Clock) {
		keys, err := secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey())
		if err != nil {
			t.Fatal(err)
		}
		d := &desk{T: t, Guide: New(Config{DB: database, Keys: keys}), db: database, clock: clock}
		d.begin()
		f(d)
	})
}

func (d *desk) begin() {
	var err error
	if d.token, err = d.Practise(context.Background(), "", somebody); err != nil {
		d.Fatal(err)
	}
	d.phone.secret = d.practice().Secret
}

func (d *desk) practice() Practice {
	p, err := d.Practice(context.Background(), d.token)
	if err != nil {
		d.Fatal(err)
	}
	return p
}

func (d *desk) submit(s Submission) Tried {
	tried, err := d.TryCode(context.Background(), d.token, s, somebody)
	if err != nil {
		d.Fatal(err)
	}
	return tried
}

// read types the code that the phone shows, a few seconds later.
func (d *desk) read() Tried {
	code := d.phone.code(d.clock.Now()).Code
	d.clock.Advance(6 * time.Second)
	return d.submit(Submission{Code: code})
}

func (d *desk) count(query string) (n int) {
	err := d.db.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(context.Background(), query).Scan(&n) })
	if err != nil {
		d.Fatal(err)
	}
	return n
}

func TestLargeDriftTakesTwoCodes_clock43(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = -time.Hour
		if got := d.read(); got.Result != Next {
			t.Fatalf("one code: %+v", got)
		}
		if !d.practice().Halfway {
			t.Error("the page does not know that a code is missing")
		}
		d.clock.Advance(30 * time.Second)
		got := d.read()
		if got.Result != Judged || got.Verdict.Cause != WrongZone || got.Left != 8 {
			t.Fatalf("two codes: %+v", got)
		}
		if d.count(`SELECT COUNT(*) FROM clock_checks WHERE cause = 'zone' AND drift_ms BETWEEN -3620000 AND -3580000`) != 1 {
			t.Error("the outcome was not kept")
		}
		if d.count(`SELECT COUNT(*) FROM audit_events WHERE action = 'clock.try'`) != 2 {
			t.Error("submissions without an audit row")
		}
	})
}

func TestSmallDriftIsJudgedFromOneCode(t *testing.T) {
	each(t, func(d *desk) {
		for drift, want := range map[time.Duration]Light{0: Green, -4 * time.Minute: Red, 4 * time.Minute: Red} {
			d.phone.drift = drift
			d.begin()
			got := d.read()
			if got.Result != Judged || got.Verdict.Light != want || (got.Verdict.Drift.Middle()-drift).Abs() > 28*time.Second {
				t.Errorf("%s: %+v", drift, got)
			}
		}
	})
}

func TestPressAtTheChangeMeasuresToSeconds(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = -20 * time.Second
		now := d.clock.Now().Add(d.phone.drift)
		d.clock.Advance(now.Truncate(30 * time.Second).Add(30 * time.Second).Sub(now)) // the code changes now
		code := d.phone.code(d.clock.Now()).Code
		d.clock.Advance(9 * time.Second)
		got := d.submit(Submission{Code: code, Pressed: true, Age: 9 * time.Second})
		if !got.Verdict.Sure || (got.Verdict.Drift.Middle()-d.phone.drift).Abs() > 2*time.Second {
			t.Errorf("%+v", got)
		}
	})
}

func TestCodeOfAnotherEntryIsNoDrift(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.secret = otp.NewSecret()
		for range 2 {
			if got := d.read(); got.Result == Judged {
				t.Fatalf("%+v", got) // 4e-5 of runs: a chance hit within five minutes
			}
			d.clock.Advance(30 * time.Second)
		}
	})
}

func TestSameCodeTwiceIsNotASecondCode(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = 7 * time.Hour
		code := d.phone.code(d.clock.Now()).Code
		d.submit(Submission{Code: code})
		for range 2 {
			d.clock.Advance(4 * time.Second)
			if got := d.submit(Submission{Code: code}); got.Result != Same {
				t.Errorf("got %+v", got)
			}
		}
	})
}

func TestFormSentTwiceIsAnsweredTwice(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = -4 * time.Minute
		code := d.phone.code(d.clock.Now()).Code
		first := d.submit(Submission{Code: code})
		d.clock.Advance(time.Second)
		again := d.submit(Submission{Code: code})
		if again.Result != Judged || again.Verdict.Drift != first.Verdict.Drift {
			t.Errorf("got %+v, then %+v", first, again)
		}
	})
}

func TestEleventhSubmissionIsRefused_clock46(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = time.Hour
		for range 10 {
			if got := d.submit(Submission{Code: "000000"}); got.Result == Spent {
				t.Fatal("refused too early")
			}
		}
		if got := d.read(); got.Result != Spent {
			t.Errorf("got %+v", got)
		}
	})
}

func TestElevenAtOnceAreCountedOneByOne(t *testing.T) {
	each(t, func(d *desk) {
		var wg sync.WaitGroup
		spent := make(chan bool, 14)
		for range 14 {
			wg.Go(func() {
				got, err := d.TryCode(context.Background(), d.token, Submission{Code: "000000"}, somebody)
				if err != nil && !errors.Is(err, db.ErrConflict) {
					t.Error(err)
				}
				spent <- err == nil && got.Result == Spent
			})
		}
		wg.Wait()
		close(spent)
		refused := 0
		for s := range spent {
			if s {
				refused++
			}
		}
		if refused != 4 || d.count(`SELECT tries FROM practices`) != 10 {
			t.Errorf("%d of 14 were refused", refused)
		}
	})
}

func TestPracticeEndsAfterFifteenMinutes(t *testing.T) {
	each(t, func(d *desk) {
		d.clock.Advance(15*time.Minute - time.Microsecond)
		d.practice()
		d.clock.Advance(time.Microsecond)
		if _, err := d.TryCode(context.Background(), d.token, Submission{Code: "000000"}, somebody); !errors.Is(err, ErrNoPractice) {
			t.Errorf("got %v", err)
		}
		err := audit.Purge(context.Background(), d.db, Rules(), somebody)
		if n := d.count(`SELECT COUNT(*) FROM practices`); err != nil || n != 0 {
			t.Errorf("%d practices: the old one was not thrown away: %v", n, err)
		}
	})
}

func TestAnotherBrowsersPracticeIsOutOfReach(t *testing.T) {
	each(t, func(d *desk) {
		for _, token := range []secret.Token{"", secret.NewToken(), d.practice().HandOff, secret.Token(d.practice().ID)} {
			if _, err := d.Practice(context.Background(), token); !errors.Is(err, ErrNoPractice) {
				t.Errorf("got %v", err)
			}
		}
	})
}

func TestHandOffOpensOnOnePhoneOnce(t *testing.T) {
	each(t, func(d *desk) {
		ctx, link := context.Background(), d.practice().HandOff
		if err := d.HandedOff(ctx, link); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		tokens := make(chan secret.Token, 8)
		for range 8 {
			wg.Go(func() {
				if token, err := d.TakeOver(ctx, link, somebody); err == nil {
					tokens <- token
				} else if !errors.Is(err, ErrNoPractice) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(tokens) != 1 {
			t.Fatalf("%d phones took it over", len(tokens))
		}
		if p, err := d.Practice(ctx, <-tokens); err != nil || p.ID != d.practice().ID {
			t.Errorf("the phone sees %v, %v", p.ID, err)
		}
		if err := d.HandedOff(ctx, link); !errors.Is(err, ErrNoPractice) {
			t.Errorf("the link still opens: %v", err)
		}
	})
}

func TestNothingTypedAndNothingClearIsStored(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = 25 * time.Hour
		code := d.phone.code(d.clock.Now()).Code
		d.submit(Submission{Code: code})
		var sealed []byte
		err := d.db.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(context.Background(), `SELECT secret FROM practices`).Scan(&sealed)
		})
		if err != nil || bytes.Contains(sealed, d.phone.secret) {
			t.Errorf("the secret lies in the database in clear, or %v", err)
		}
		if d.count(`SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%`+code+`%'`)+
			d.count(`SELECT COUNT(*) FROM practices WHERE offsets LIKE '%`+code+`%'`) > 0 {
			t.Error("the code lies in the database")
		}
	})
}

func TestConcludeKeepsTheOutcomeWithoutAPerson(t *testing.T) {
	each(t, func(d *desk) {
		v, err := d.Conclude(context.Background(), Finding{Method: ByBrowser, Drift: exactly(-4 * time.Minute)}, From{}, somebody)
		if err != nil || v.Light != Red {
			t.Fatal(v, err)
		}
		if d.count(`SELECT COUNT(*) FROM clock_checks WHERE method = 'browser' AND light = 'red' AND drift_ms = -240000`) != 1 {
			t.Error("the outcome was not kept")
		}
	})
}
