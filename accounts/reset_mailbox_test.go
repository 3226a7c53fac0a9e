package accounts

import (
	"fmt"
	"testing"
	"time"

	"pulih/mail"
	"pulih/secret"
)

const (
	dewiNIP = secret.NIP("199408172022212003")
	afar    = "198.51.100.0/24"
)

// codes is how many mails with a code there were.
func (w *world) codes() int { return len(w.letters("reset.code")) }

// addDewi adds somebody with an account, who shares Sari's mailbox.
func (w *world) addDewi(email secret.Email) {
	w.t.Helper()
	w.exec(`UPDATE accounts SET activated_at = 1 WHERE person = $1`, w.add(dewiNIP, email).ID)
}

// Whatever the codes are for, and whichever of two people that share a mailbox
// is typed, in whatever spelling: five an hour, six a day for anybody.
func TestOneMailboxGetsFewCodesForAllPurposes_RL03_RL02(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.addDewi("SARI.Wulandari@Dinas.example.go.id")
		asked := 0
		ask := func(n int) {
			for range n {
				nip, purpose := []secret.NIP{sariNIP, dewiNIP}[asked%2], []ResetPurpose{ForPassword, ForUnlock, ForPassword}[asked%3]
				w.askFor(purpose, nip, sariEmail, fmt.Sprintf("198.51.%d.0/24", asked))
				w.exec(`UPDATE reset_codes SET state = 'ended' WHERE state = 'live'`)
				asked++
			}
		}
		ask(12)
		if n := w.codes(); n != sendsAnHour {
			t.Errorf("%d codes within an hour, want %d", n, sendsAnHour)
		}
		w.clock.Advance(time.Hour)
		ask(12)
		if n := w.codes(); n != sendsToAny {
			t.Errorf("%d codes within a day, want %d", n, sendsToAny)
		}
		w.clock.Advance(24 * time.Hour)
		ask(1)
		if n := w.codes(); n != sendsToAny+1 {
			t.Error("no code the next day")
		}
	})
}

// A botnet spends what anybody may spend; the victim, on a network that the
// account has signed in from, still gets his code, at once (impostor 12).
func TestABotnetLeavesTheVictimsSends_RL03_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		key := ready(w)
		w.enter(sariNIP, sariPass, w.code(key, 0), network)
		for n := range 20 {
			w.askFor(ForPassword, sariNIP, sariEmail, fmt.Sprintf("198.51.%d.0/24", n))
		}
		before := w.codes()
		if before == 0 || before > sendsToAny {
			t.Fatalf("%d codes for a botnet", before)
		}
		browser := w.ask(sariNIP, sariEmail)
		if w.codes() != before+1 || !w.tryCode(browser, w.last("reset.code").code()).OK {
			t.Error("the victim is not served")
		}
	})
}

// Mails without a code spend no code, and who has given the right password
// has sends that no stranger spends (impostor 12).
func TestAStrangerSilencesNoFlow_RL03_impostor12(t *testing.T) {
	eachWorld(t, func(w *world) {
		for n := range 20 {
			w.askFor(ForActivation, sariNIP, sariEmail, fmt.Sprintf("198.51.%d.0/24", n))
		}
		if n := len(w.letters("notice.activation.done")); n != insteadADay {
			t.Errorf("%d mails without a code, want %d", n, insteadADay)
		}
		w.askFor(ForPassword, sariNIP, sariEmail, afar)
		if w.codes() != 1 {
			t.Fatal("mails without a code have spent the codes")
		}
		for n := range 20 {
			w.askFor(ForPassword, sariNIP, sariEmail, fmt.Sprintf("198.51.%d.0/24", n))
		}
		before := w.codes()
		for range 5 {
			w.askFor(ForMFA, sariNIP, sariEmail, afar)
		}
		if n := w.codes() - before; n != provenADay {
			t.Errorf("%d codes behind the right password, want %d", n, provenADay)
		}
	})
}

// Ten processes that send at once keep to the budget.
func TestParallelSendersKeepToTheMailbox_RL03_RL04(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.addDewi(sariEmail)
		for n := range 12 {
			ask := ResetAsk{Email: sariEmail, Network: afar}
			browser, err := w.StartReset(w.ctx, ForPassword, []secret.NIP{sariNIP, dewiNIP}[n%2], somebody)
			if err == nil {
				ask.Flow = Flow{ForPassword, browser}
				_, err = w.AskResetCode(w.ctx, ask, somebody)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		together(t, 10, func(int) (bool, error) { return true, w.SendCodes(w.ctx) })
		if n := w.codes(); n != sendsAnHour {
			t.Errorf("%d codes, want %d", n, sendsAnHour)
		}
	})
}

// A code that nobody gets takes nothing from the mailbox: neither a wrong
// address, nor a fourth live code.
func TestWhatIsNotSentSpendsNothing_RL03(t *testing.T) {
	w := oneWorld(t)
	for range 20 {
		w.askFor(ForPassword, dewiNIP, sariEmail, afar)
		w.askFor(ForPassword, sariNIP, "lain@example.go.id", afar)
	}
	for range 10 {
		w.askFor(ForPassword, sariNIP, sariEmail, afar)
	}
	if n := w.codes(); n != liveCodes {
		t.Fatalf("%d codes, want %d", n, liveCodes)
	}
	w.exec(`UPDATE reset_codes SET state = 'ended' WHERE state = 'live'`)
	for range 10 {
		w.askFor(ForPassword, sariNIP, sariEmail, afar)
	}
	if n := w.codes(); n != sendsAnHour {
		t.Errorf("%d codes, want %d: what was not sent was counted", n, sendsAnHour)
	}
}

// Notices are in no budget: with every send spent, a change is still told
// (impostor 3).
func TestASpentMailboxStillGetsItsNotices_RL03_impostor3(t *testing.T) {
	w := oneWorld(t)
	for range 20 {
		w.askFor(ForPassword, sariNIP, sariEmail, network)
		w.exec(`UPDATE reset_codes SET state = 'ended' WHERE state = 'live'`)
	}
	w.notify(Notification{What: mail.PasswordChanged, Object: "o"})
	if len(w.letters("notice.password.changed")) != 1 {
		t.Error("the notice was dropped")
	}
}
