package tickets

import (
	"time"

	"pulih/accounts"
)

// Waits are how long things take or last. Those called Work are working time.
type Waits struct {
	FactorWork   time.Duration // remote, with a remaining factor, after the relay took the notice
	NoFactor     time.Duration // remote without one: this, and
	NoFactorWork time.Duration // that much working time within
	NoAddress    time.Duration // no address that a notice reaches: then a call-back by the approver
	Approval     time.Duration // an approval, and a matured one, each
	Reply        time.Duration // waiting for the person
	Unproven     time.Duration // open, with nothing proven
	Claim        time.Duration // a claim without activity
	TargetWork   time.Duration // the target that people are told
	CounterPass  time.Duration // a pass handed out at the counter (ET-02)
	RemotePass   time.Duration
	Alone        time.Duration // before somebody enrols alone, without a request (package accounts)
}

// Production are the waits of design.md, "Waits before Mature".
func Production() Waits {
	const day = 24 * time.Hour
	return Waits{FactorWork: 4 * time.Hour, NoFactor: day, NoFactorWork: 4 * time.Hour, NoAddress: 3 * day,
		Approval: 3 * day, Reply: 7 * day, Unproven: 3 * day, Claim: 30 * time.Minute,
		TargetWork: 7*time.Hour + 30*time.Minute, CounterPass: 10 * time.Minute, RemotePass: time.Hour, Alone: accounts.Day}
}

// Demo waits a minute where Production waits for hours.
func Demo() Waits {
	w := Production()
	w.FactorWork, w.NoFactor, w.NoFactorWork, w.NoAddress = time.Minute, time.Minute, time.Minute, time.Minute
	w.Alone = time.Minute
	return w
}
