package accounts

import (
	"context"
	"time"

	"pulih/db"
)

// Bar is why somebody may not enrol a new authenticator alone. It is told to
// nobody who has not given the right password.
type Bar string

// The bars. The first four close both ways, the others the one with the wait.
const (
	BarGuarded   Bar = "guarded"   // suspended, closed, or "Bukan saya" was pressed on a change
	BarBlocked   Bar = "blocked"   // remote requests are blocked (impostor 2)
	BarDevice    Bar = "device"    // no authenticator is left: by pass only (impostor 15)
	BarMoved     Bar = "moved"     // the address changed within 7 days (impostor 5)
	BarMailed    Bar = "mailed"    // the password was set by mail: the mailbox counts once (impostor 1, RC-16)
	BarFresh     Bar = "fresh"     // the password is younger than 7 days
	BarAddress   Bar = "address"   // no address has been on file for 30 days (impostor 3)
	BarUnreached Bar = "unreached" // the notice of the last try was refused
)

// OnlyWait tells whether a bar leaves the way open that a backup code or
// another device opens at once.
func (b Bar) OnlyWait() bool {
	return b == BarMailed || b == BarFresh || b == BarAddress || b == BarUnreached
}

// Frozen is how long nothing is re-issued remotely after a change of address
// (impostor 5).
const Frozen = 7 * 24 * time.Hour

// owner is all that the bars look at.
type owner struct {
	Person
	acc     Account
	devices int
	last    Wait
}

func (a *Accounts) ownerOf(ctx context.Context, tx *db.Tx, p Person, acc Account) (owner, error) {
	devices, err := a.Devices(ctx, tx, p.ID)
	if err != nil {
		return owner{}, err
	}
	last, err := a.lastWait(ctx, tx, p.ID)
	return owner{p, acc, len(devices), last}, err
}

// bars close every way of enrolling alone.
func (o owner) bars(now db.Time) []Bar {
	return barsOf(map[Bar]bool{
		BarGuarded: o.acc.DisabledAt != 0 || o.acc.SuspendedAt != 0 || o.acc.ResetNeedsOTP || !o.Active,
		BarBlocked: o.acc.RemoteBlockedUntil > now,
		BarDevice:  o.devices == 0,
		BarMoved:   o.EmailSince > now.Add(-Frozen),
	})
}

// waitBars close the way with password and mailbox: the password must be a
// factor of its own, and a notice must reach the owner.
func (o owner) waitBars(now db.Time) []Bar {
	mailed := o.acc.PasswordVia == ViaMail
	return barsOf(map[Bar]bool{
		BarMailed:    mailed,
		BarFresh:     !mailed && !o.acc.settledBefore(now),
		BarAddress:   o.Email == "" || !oldEnough(o.EmailSince, now),
		BarUnreached: o.last.Because == WaitUnreached && o.last.endedAt > now.Add(-Frozen),
	})
}

func barsOf(up map[Bar]bool) (bars []Bar) {
	for _, b := range []Bar{BarGuarded, BarBlocked, BarDevice, BarMoved, BarMailed, BarFresh, BarAddress, BarUnreached} {
		if up[b] {
			bars = append(bars, b)
		}
	}
	return bars
}

// holds tells whether what a wait rests on is still so: the password that
// began it, the address that was told, and no bar since.
func (o owner) holds(w Wait, now db.Time) bool {
	return w.passwordAt == o.acc.PasswordAt && o.EmailSince <= w.BegunAt &&
		len(o.bars(now)) == 0 && len(o.waitBars(now)) == 0
}
