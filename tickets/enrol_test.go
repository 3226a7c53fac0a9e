package tickets_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func opens(s *ticketstest.Story, f tickets.EnrolForm) tickets.Enrolment {
	s.Helper()
	e, err := s.Desk.OpenEnrolment(s.Context(), f, ticketstest.Stranger)
	if err != nil {
		s.Fatal(err)
	}
	return e
}

func TestAPassIsSixtyBitAndOpensWithItsNIPOnly_ET01(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		w.Person(dewi, "Dewi Lestari")
		if len(s.Pass) != 12 {
			w.Error("not 12 characters")
		}
		for name, f := range map[string]tickets.EnrolForm{
			"another's NIP": {NIP: dewi, Pass: s.Pass, Password: ticketstest.Password},
			"no such NIP":   {NIP: "199001012015051001", Pass: s.Pass, Password: ticketstest.Password},
			"a wrong pass":  {NIP: budi, Pass: "000000000000", Password: ticketstest.Password},
			"no pass":       {NIP: budi, Password: ticketstest.Password},
		} {
			if e := opens(s, f); e.Result != accounts.PassWrong || e.Token != "" {
				w.Errorf("%s: %v", name, e.Result)
			}
		}
		if wrong := scan[int](w, `SELECT max(wrong) FROM passes`); wrong != 0 {
			w.Error("a stranger's guesses count against the pass")
		}
		s.Begin()
	})
}

func TestLifeOfAPass_ET02(t *testing.T) {
	lives := map[tickets.Channel]time.Duration{tickets.Counter: 10 * time.Minute, tickets.Remote: time.Hour}
	for channel, life := range lives {
		t.Run(string(channel), func(t *testing.T) {
			each(t, func(w *ticketstest.World) {
				s := w.File(w.Person(budi, "Budi Santoso"), channel).To(tickets.Issued)
				w.Clock.Advance(life - time.Second)
				s.Tick()
				s.Begin()
				w.Clock.Advance(time.Second)
				if e := opens(s, tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: ticketstest.NewPassword}); e.Result != accounts.PassWrong {
					w.Error("after its time: ", e.Result)
				}
				s.Tick()
				if s.State() != tickets.Issued {
					w.Error("an enrolment begun in time may take its quarter of an hour: ", s.State())
				}
				w.Clock.Advance(14*time.Minute + 58*time.Second)
				s.Enrol()
			})
		})
	}
}

func TestAPendingSecretLivesFifteenMinutes_ET08(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Issued)
		s.Begin()
		if len(s.Key) != 20 {
			w.Error("not 160 bit")
		}
		w.Clock.Advance(15 * time.Minute)
		if _, err := s.Desk.Enrol(s.Context(), s.Cookie, s.Code(), "HP", ticketstest.Stranger); !errors.Is(err, accounts.ErrNoEnrolment) {
			w.Error(err)
		}
		s.Tick()
		if s.State() != tickets.Ready {
			w.Error("Lapse: ", s.State())
		}
		if left := scan[int](w, `SELECT (SELECT count(*) FROM passes WHERE state IN ('issued', 'opened')) + (SELECT count(*) FROM enrolments WHERE length(secret) > 0)`); left != 0 {
			w.Error("the pass or its secret is left")
		}
	})
}

func TestNoPassIsEverMailed_ET03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
		for _, l := range w.Letters() {
			all := l.Subject + l.Text + l.HTML
			if strings.Contains(all, string(s.Pass)) || strings.Contains(all, s.Pass.Grouped()) || strings.Contains(all, s.Key.Base32()) {
				w.Errorf("%s holds the pass or the key", l.Kind)
			}
		}
	})
}

func TestNoSecretIsStoredInClear(t *testing.T) {
	d, clock := dbtest.New(t)
	w := ticketstest.New(t, d, clock)
	s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
	path := scan[string](w, `SELECT file FROM pragma_database_list WHERE name = 'main'`)
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{"pass": string(s.Pass), "receipt": string(s.Secret), "cookie": string(s.Cookie),
			"key": s.Key.Base32(), "raw key": string(s.Key), "password": string(ticketstest.Password), "document": ticketstest.DocumentNumber} {
			if bytes.Contains(content, []byte(value)) {
				t.Errorf("the %s stands in %s", name, filepath.Base(file))
			}
		}
	}
}

func TestTheOldDeviceWorksUntilTheNewOneIsBound_ET07(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		if devices(w, "active") != 1 {
			w.Error("the old device died before the new one was proven")
		}
		for _, code := range []string{"", "000000", "12345", "abcdef", otp.Code(s.Key, otp.Step(w.Clock.Now())-2)} {
			e, err := s.Desk.Enrol(s.Context(), s.Cookie, code, "HP", ticketstest.Stranger)
			if err != nil || e.OK || e.Left == 0 {
				w.Errorf("%q: %+v %v", code, e, err)
			}
		}
		if devices(w, "active") != 1 || s.State() != tickets.Issued {
			w.Error(devices(w, "active"), s.State())
		}
		s.Enrol()
		if devices(w, "active") != 1 || devices(w, "ended") != 1 {
			w.Error("not exactly the new device")
		}
	})
}

func TestEarlyAndLateCodesAreTold_TV10(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		for _, off := range []int{-5, 4, 10} {
			e, err := s.Desk.Enrol(s.Context(), s.Cookie, otp.Code(s.Key, otp.Step(w.Clock.Now())+int64(off)), "HP", ticketstest.Stranger)
			if err != nil || e.Offset != off {
				w.Errorf("%d: %+v %v", off, e, err)
			}
		}
		e, err := s.Desk.Enrol(s.Context(), s.Cookie, otp.Code(s.Key, otp.Step(w.Clock.Now())-1), "HP", ticketstest.Stranger)
		if err != nil || !e.OK {
			w.Error("one step late is in time: ", e, err)
		}
		f := accounts.SignInForm{NIP: budi, Password: ticketstest.Password, OTP: otp.Code(s.Key, otp.Step(w.Clock.Now())-1)}
		if got, err := w.Desk.SignIn(w.Context(), f, ticketstest.Stranger); err != nil || got.Result != accounts.SignInUsed {
			w.Error("the code of the enrolment, again: ", got.Result, err)
		}
	})
}

func TestTenWrongCodesBeginAnew(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		for left := 9; left >= 0; left-- {
			if e, err := s.Desk.Enrol(s.Context(), s.Cookie, "000000", "HP", ticketstest.Stranger); err != nil || e.Left != left {
				w.Fatal(e, err)
			}
		}
		if _, err := s.Desk.Enrol(s.Context(), s.Cookie, s.Code(), "HP", ticketstest.Stranger); !errors.Is(err, accounts.ErrNoEnrolment) {
			w.Error(err)
		}
		old := s.Key.Base32()
		s.Begin()
		if s.Key.Base32() == old {
			w.Error("the same secret again")
		}
		s.Enrol()
	})
}

func TestFiveWrongFactorsKillAPass_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		bad := tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: "salah-Sandi-123"}
		for range 4 {
			if e := opens(s, bad); e.Result != accounts.PassFactorWrong {
				w.Fatal(e.Result)
			}
		}
		if e := opens(s, bad); e.Result != accounts.PassDead {
			w.Error("the fifth: ", e.Result)
		}
		if e := opens(s, tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: ticketstest.Password}); e.Result != accounts.PassWrong {
			w.Error("the right one after five wrong ones: ", e.Result)
		}
		if s.State() != tickets.Ready {
			w.Error("the ticket follows: ", s.State())
		}
		s.Issue()
		s.Begin()
		s.Enrol()
	})
}

func TestOnlyTheNewestBrowserEnrols(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		first, key := s.Cookie, s.Key
		s.Begin()
		if _, err := s.Desk.Enrol(s.Context(), first, otp.Code(key, otp.Step(w.Clock.Now())), "HP", ticketstest.Stranger); !errors.Is(err, accounts.ErrNoEnrolment) {
			w.Error(err)
		}
		s.Enrol()
		for _, cookie := range []secret.Token{s.Cookie, first, "", "x"} {
			if _, err := s.Desk.Enrol(s.Context(), cookie, s.Code(), "HP", ticketstest.Stranger); !errors.Is(err, accounts.ErrNoEnrolment) {
				w.Error("used already: ", err)
			}
		}
	})
}

func TestANewPasswordIsHeldToTheRule(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Issued)
		for range 9 {
			if e := opens(s, tickets.EnrolForm{NIP: budi, Pass: s.Pass, Password: "lemah"}); e.Result != accounts.PassPassword || len(e.Reasons) == 0 {
				w.Fatal("a weak password is not a wrong factor: ", e.Result)
			}
		}
		s.Begin()
		s.Enrol()
	})
}

func TestADeviceHasAName_ET13(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		s.Begin()
		for _, name := range []string{"", "  ", strings.Repeat("x", 41), "a\x00b"} {
			if _, err := s.Desk.Enrol(s.Context(), s.Cookie, s.Code(), name, ticketstest.Stranger); !errors.Is(err, accounts.ErrDeviceName) {
				w.Errorf("%q: %v", name, err)
			}
		}
		s.Enrol()
		if all := scan[string](w, `SELECT string_agg(name, ',') FROM devices WHERE state = 'active'`); all != "HP baru" {
			w.Error(all)
		}
	})
}

func TestEverythingOldEndsWithTheEnrolment_SE04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Issued)
		var token secret.Token
		w.Write(func(ctx contextType, tx *db.Tx) (err error) {
			token, err = w.Accounts.NewSession(ctx, tx,
				accounts.Session{Kind: accounts.AccountSession, Owner: s.Subject.ID, Network: "10.9.9.0", Agent: "browser"})
			return err
		})
		exec(w, `INSERT INTO former_emails (id, person, email, since, until) VALUES ('f', $1, 'lama@example.go.id', 1, $2)`,
			s.Subject.ID, w.DB.Now().Add(24*time.Hour))
		s.Begin()
		s.Enrol()
		if _, err := w.Accounts.Session(w.Context(), accounts.AccountSession, token); !errors.Is(err, accounts.ErrNoSession) {
			w.Error("an old session: ", err)
		}
		told := map[string]bool{}
		for _, l := range w.Letters() {
			if l.Kind == "notice.device.added" {
				told[l.To] = true
			}
		}
		if len(told) != 2 {
			w.Errorf("not every known address was told: %v", told)
		}
	})
}

func TestFortyPassesADay_impostor23(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		exec(w, `INSERT INTO ticket_counts (what, who, day, n) VALUES ('passes', $1, '2026-11-23', 19)`, w.Checker.Staff.ID)
		alarms := func() int { return scan[int](w, `SELECT count(*) FROM audit_events WHERE result = 'alarm'`) }
		person := func(n int) ticketstest.Someone {
			return w.Person(secret.NIP(fmt.Sprintf("1986092620150510%02d", n)), "Budi Santoso")
		}
		w.File(person(1), tickets.Counter).To(tickets.Issued)
		letters := w.Letters()
		if last := letters[len(letters)-2]; alarms() != 1 || last.Kind != "staff" || !strings.Contains(last.Text, "Rina") {
			w.Error("no alarm at 20: ", last.Kind)
		}
		exec(w, `UPDATE ticket_counts SET n = 39 WHERE what = 'passes'`)
		w.File(person(2), tickets.Counter).To(tickets.Issued)
		s := w.File(person(3), tickets.Counter).To(tickets.Ready)
		w.Prove(s.Checker)
		if _, _, err := s.Desk.Issue(s.Context(), s.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrAgentStop) {
			w.Error("the 41st: ", err)
		}
		w.Prove(w.Other)
		if _, _, err := s.Desk.Issue(s.Context(), w.Other, s.Number, s.Version()); err != nil {
			w.Error("somebody else: ", err)
		}
		if alarms() != 1 {
			w.Error("one alarm a day: ", alarms())
		}
	})
}
