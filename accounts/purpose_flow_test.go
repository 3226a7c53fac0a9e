package accounts

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pulih/audit"
	"pulih/secret"
)

var everyPurpose = []ResetPurpose{ForPassword, ForActivation, ForMFA, ForUnlock}

// flowAct is what a browser may try with a flow of a purpose.
type flowAct struct {
	name    string
	purpose ResetPurpose
	do      func(w *world, f Flow) error
}

// flowActs are the shared steps of every purpose, and the last one of each.
func flowActs() (all []flowAct) {
	for _, p := range everyPurpose {
		all = append(all, flowAct{"email", p, func(w *world, f Flow) error {
			_, err := w.AskResetCode(w.ctx, ResetAsk{Flow: f, Email: sariEmail, Network: network}, somebody)
			return err
		}}, flowAct{"code", p, func(w *world, f Flow) error {
			_, err := w.ProveByCode(w.ctx, f, "00000000", somebody)
			return err
		}})
	}
	for _, p := range []ResetPurpose{ForPassword, ForActivation} {
		all = append(all, flowAct{"page", p, func(w *world, f Flow) error {
			_, err := w.ResetOwner(w.ctx, f)
			return err
		}})
	}
	return append(all, lastActs...)
}

var lastActs = []flowAct{
	{"last", ForPassword, func(w *world, f Flow) error {
		_, err := w.FinishReset(w.ctx, ResetPassword{Browser: f.Browser, Password: newPass}, somebody)
		return err
	}},
	{"last", ForActivation, func(w *world, f Flow) error {
		_, err := w.BeginActivation(w.ctx, FirstPassword{f.Browser, newPass}, somebody)
		return err
	}},
	{"last", ForMFA, func(w *world, f Flow) error {
		_, err := w.BeginWait(w.ctx, f.Browser, somebody)
		return err
	}},
}

// flowState is where a flow stands: how it came there, and which acts of its
// own purpose it allows.
type flowState struct {
	name   string
	reach  func(w *world, p ResetPurpose) Flow
	allows []string
}

var flowStates = []flowState{
	{"none", func(_ *world, p ResetPurpose) Flow { return Flow{p, ""} }, nil},
	{"unknown", func(_ *world, p ResetPurpose) Flow { return Flow{p, secret.NewToken()} }, nil},
	{"started", func(w *world, p ResetPurpose) Flow {
		browser, err := w.StartReset(w.ctx, p, sariNIP, somebody)
		if err != nil {
			w.t.Fatal(err)
		}
		return Flow{p, browser}
	}, []string{"email"}},
	{"sent", (*world).askedBy, []string{"email", "code"}},
	{"no match", func(w *world, p ResetPurpose) Flow { return w.askFor(p, sariNIP, "x@example.go.id", network) }, []string{"email", "code"}},
	{"proven", func(w *world, p ResetPurpose) Flow { return w.proves(w.askedBy(p)) }, []string{"page", "last"}},
	{"starter, after the proof", func(w *world, p ResetPurpose) Flow {
		f := w.askedBy(p)
		w.proves(f)
		return f
	}, nil},
	{"disowned", func(w *world, p ResetPurpose) Flow { // as if nothing had happened
		f := w.askedBy(p)
		w.press(w.last("reset.code").disown())
		return f
	}, []string{"email", "code"}},
	{"expired", func(w *world, p ResetPurpose) Flow {
		f := w.askedBy(p)
		w.clock.Advance(resetLife)
		return f
	}, nil},
	{"proven, expired", func(w *world, p ResetPurpose) Flow {
		f := w.proves(w.askedBy(p))
		w.clock.Advance(resetLife)
		return f
	}, nil},
	{"finished", (*world).finished, nil},
}

// askedBy asks for a code for somebody to whom one of that purpose is sent:
// only who has never signed in may activate, and the others have a password
// of old.
func (w *world) askedBy(p ResetPurpose) Flow {
	if p == ForActivation {
		newcomer(w)
		return w.askFor(p, budiNIP, budiEmail, network)
	}
	lost(w)
	return w.askFor(p, sariNIP, sariEmail, network)
}

// finished takes the last step, which of an unlocking is the proof.
func (w *world) finished(p ResetPurpose) Flow {
	f := w.proves(w.askedBy(p))
	if p == ForActivation {
		token, key := w.activating(f)
		if c, err := w.confirm(token, w.code(key, 0)); err != nil || !c.OK {
			w.t.Fatal(c, err)
		}
		return f
	}
	for _, act := range lastActs {
		if act.purpose == p {
			if err := act.do(w, f); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	return f
}

// Four purposes share one flow. Every act of every purpose, in every state of
// a flow of every purpose: what is not its next step is refused and logged
// (RC-08, RC-09, CVE-2026-18963, CVE-2026-52809).
func TestEveryPurposeStateAndAction_RC08_RC09(t *testing.T) {
	for _, p := range everyPurpose {
		for _, s := range flowStates {
			w := oneWorld(t)
			f := s.reach(w, p)
			for _, act := range flowActs() {
				if act.purpose != p || !s.lets(act, p) {
					w.refuses(s.name, act, f)
				}
			}
			for _, act := range flowActs() {
				if act.purpose == p && s.lets(act, p) {
					w := oneWorld(t)
					if err := act.do(w, s.reach(w, p)); err != nil {
						t.Errorf("%s flow, %s: %s: %v", p, s.name, act.name, err)
					}
				}
			}
		}
	}
}

// lets knows that the proof of an unlocking is its end.
func (s flowState) lets(act flowAct, p ResetPurpose) bool {
	return slices.Contains(s.allows, act.name) && !(p == ForUnlock && act.name == "last")
}

func (w *world) refuses(state string, act flowAct, f Flow) {
	w.t.Helper()
	before := w.audited(audit.StepSkipped, audit.Refused)
	err := act.do(w, Flow{act.purpose, f.Browser})
	if !errors.Is(err, ErrStep) {
		w.t.Errorf("%s flow, %s: %s for %s: %v", f.Purpose, state, act.name, act.purpose, err)
	}
	if logged := w.audited(audit.StepSkipped, audit.Refused) - before; act.name != "page" && logged != 1 {
		w.t.Errorf("%s flow, %s: %s for %s: %d rows in the log", f.Purpose, state, act.name, act.purpose, logged)
	}
	w.clock.Advance(time.Millisecond)
}
