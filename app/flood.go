package app

import (
	"context"
	"log/slog"
	"math"
)

// Limits by network do not see a botnet of many. What is asked for in all is
// therefore counted by the hour, and a flood raises an alarm, makes the proof
// of work harder and the slow lane longer. It refuses nobody: a limit on
// everybody would be the attacker's switch (RL-07, impostor 12).
const (
	// floodFactor is how many times the hourly mean of the week is a flood, in
	// an hour of at least floodLeast requests: a quiet agency's mean is none.
	floodFactor = 5
	floodLeast  = 100
	// wrongLeast tries make a ratio of wrong ones worth looking at, wrongJump
	// is the ratio's change that the rule names, and chance is allowed for.
	wrongLeast = 100
	wrongJump  = 0.005
	week       = 7 * 24
)

// tallies are what happened in one hour, or in a week.
type tallies struct{ asked, tried, wrong int64 }

// floods says whether an hour is unlike the week before.
func (h tallies) floods(before tallies) bool {
	return h.asked >= floodLeast && h.asked > floodFactor*before.asked/week || h.guesses(before)
}

// guesses says whether more codes are wrong than the week's ratio, chance (3σ)
// and half a percent explain. Forty tries of which ten are wrong stand for a
// week without any.
func (h tallies) guesses(before tallies) bool {
	n, ratio := float64(h.tried), float64(before.wrong+10)/float64(before.tried+40)
	return h.tried >= wrongLeast && float64(h.wrong) > n*(ratio+wrongJump)+3*math.Sqrt(n*ratio*(1-ratio))
}

// watchFlood compares this hour and the last with the week before them. The
// app runs it each minute.
func (a *App) watchFlood(ctx context.Context) error {
	before, last, now, err := a.tallied(ctx)
	if err != nil {
		return err
	}
	flood := last.floods(before) || now.floods(before)
	if a.flood.Swap(flood) != flood {
		a.Log.LogAttrs(ctx, map[bool]slog.Level{true: slog.LevelError, false: slog.LevelInfo}[flood], "flood of reset requests",
			slog.Bool("flood", flood), slog.Int64("asked", now.asked), slog.Int64("tried", now.tried), slog.Int64("wrong", now.wrong),
			slog.Int64("asked_last_hour", last.asked), slog.Int64("asked_week", before.asked))
	}
	a.Metrics.flood.Set(map[bool]float64{true: 1}[flood])
	return nil
}
