package accounts

import (
	"testing"
	"time"

	"pulih/secret"
)

func TestClosedAccountsGetNoCode(t *testing.T) {
	for _, how := range []string{`UPDATE accounts SET disabled_at = 1`, `UPDATE people SET active = FALSE`, `UPDATE people SET email = ''`} {
		w := oneWorld(t)
		w.exec(how)
		w.ask(sariNIP, sariEmail)
		w.ask(sariNIP, "")
		if len(w.letters("reset.code")) != 0 {
			t.Error(how)
		}
	}
}

func TestTheSlowLaneWaits(t *testing.T) {
	w := oneWorld(t)
	w.askLater(3 * time.Minute)
	for _, want := range []int{0, 0, 0, 1, 1} {
		if err := w.SendCodes(w.ctx); err != nil {
			t.Fatal(err)
		}
		if n := len(w.letters("reset.code")); n != want {
			t.Fatalf("%d mails, want %d", n, want)
		}
		w.clock.Advance(time.Minute)
	}
}

func TestTwoSendersSendOneMail(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.askLater(0)
		together(t, 8, func(int) (bool, error) { return true, w.SendCodes(w.ctx) })
		if n := len(w.letters("reset.code")); n != 1 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestPausesBetweenCodesGrow_RL03(t *testing.T) {
	w := oneWorld(t)
	browser := w.ask(sariNIP, sariEmail)
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute} {
		asked := w.again(browser, sariEmail, network)
		if !asked.TooEarly || asked.NextAt != w.d.Now().Add(pause) {
			t.Fatalf("%+v, want a pause of %v", asked, pause)
		}
		w.clock.Advance(pause)
		if asked := w.again(browser, sariEmail, network); asked.TooEarly || asked.Spent {
			t.Fatalf("after %v: %+v", pause, asked)
		}
	}
	w.clock.Advance(time.Hour - time.Second)
	if asked := w.again(browser, sariEmail, network); !asked.Spent {
		t.Errorf("a flow has no end of codes: %+v", asked)
	}
}

func TestAnyOfTheLastThreeCodesIsRight_impostor12(t *testing.T) {
	w := oneWorld(t)
	browser := w.ask(sariNIP, sariEmail)
	codes := []secret.Code{w.last("reset.code").code()}
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute} {
		w.clock.Advance(pause)
		w.again(browser, sariEmail, network)
		codes = append(codes, w.last("reset.code").code())
	}
	if len(w.letters("reset.code")) != 4 || w.tryCode(browser, codes[0]).OK {
		t.Error("the oldest of four is still right")
	}
	if !w.tryCode(browser, codes[1]).OK {
		t.Error("the second is not right any more")
	}
}

func TestAStrangersRequestReplacesNobodysCode_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		mine := w.ask(sariNIP, sariEmail)
		code := w.last("reset.code").code()
		for range 5 {
			w.ask(sariNIP, sariEmail)
		}
		if n := len(w.letters("reset.code")); n != liveCodes {
			t.Errorf("%d codes are live", n)
		}
		if !w.tryCode(mine, code).OK {
			t.Error("the victim's code died")
		}
	})
}

// Three live codes of a stranger's flows do not keep a code from the victim on
// a network that his account has signed in from; a stranger's further request
// still replaces nothing (impostor 12).
func TestAKnownNetworkGetsACodePastAStrangersThree_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		w.enter(sariNIP, sariPass, w.code(key, 0), network)
		const afar = "198.51.100.0/24"
		for range liveCodes + 1 {
			w.askFrom(sariNIP, sariEmail, afar)
		}
		if n := len(w.letters("reset.code")); n != liveCodes {
			t.Fatalf("%d codes for a stranger", n)
		}
		mine := w.askFrom(sariNIP, sariEmail, network)
		if n := len(w.letters("reset.code")); n != liveCodes+1 {
			t.Fatalf("%d codes: the victim got none", n)
		}
		if n := w.count(`SELECT count(*) FROM reset_codes WHERE state = 'live'`); n != liveCodes {
			t.Errorf("%d codes are live", n)
		}
		code := w.last("reset.code").code()
		w.askFrom(sariNIP, sariEmail, afar)
		if !w.tryCode(mine, code).OK {
			t.Error("the victim's code died")
		}
	})
}

// The attacker spends what there is for somebody; from a network that the
// account knows, the victim still resets (impostor 12).
func TestBudgetsAreNotTheVictimsToLose_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		w.enter(sariNIP, sariPass, w.code(key, 0), network)
		const afar = "198.51.100.0/24"
		for range 12 {
			w.askFrom(sariNIP, sariEmail, afar)
			w.clock.Advance(31 * time.Minute)
		}
		if n := len(w.letters("reset.code")); n != sendsToAny {
			t.Fatalf("%d mails for a stranger", n)
		}
		for range 6 {
			w.askFrom(sariNIP, sariEmail, network)
			w.clock.Advance(31 * time.Minute)
		}
		if n := len(w.letters("reset.code")); n != sendsADay {
			t.Fatalf("%d mails in all", n)
		}
		w.askFrom(sariNIP, "lain@example.go.id", network)
		w.clock.Advance(24 * time.Hour)
		if w.askFrom(sariNIP, sariEmail, afar); len(w.letters("reset.code")) != sendsADay+1 {
			t.Error("nothing the next day")
		}
	})
}

func TestFormerAddressesHearOfTheAttempt(t *testing.T) {
	w := oneWorld(t)
	w.exec(`INSERT INTO former_emails (id, person, email, since, until) VALUES ('f', $1, 'lama@example.go.id', 1, $2)`,
		w.sari.ID, w.d.Now().Add(time.Hour))
	w.ask(sariNIP, sariEmail)
	told := w.letters("notice.reset.asked")
	if len(told) != 1 || told[0].To != "lama@example.go.id" || told[0].link() != "" || codeInMail.MatchString(told[0].Text) {
		t.Errorf("%+v", told)
	}
}
