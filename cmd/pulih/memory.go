package main

import (
	"os"
	"runtime/debug"
)

// The heap of a busy server is 6 MiB: that it grows to three times as much
// before it is swept costs 12 MiB, and saves a twelfth of each page. Near the
// limit, which a report of years or a wave of passwords may come to, it is swept
// as often as that takes.
const (
	heapGrowth = 200       // percent, as GOGC
	heapLimit  = 192 << 20 // bytes, as GOMEMLIMIT: a promise of 256 MiB less what SQLite and the program itself take
)

// tuneMemory leaves to the operator what he has set.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
}
