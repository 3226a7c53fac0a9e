package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// The heap of a busy server is small: that it grows to three times as much
// before it is swept costs little memory, and saves work at each page. Near the
// limit, which a report of years or a wave of passwords may come to, it is swept
// as often as that takes.
const (
	heapGrowth = 200       // percent, as GOGC
	heapLimit  = 192 << 20 // bytes, as GOMEMLIMIT: a promise of 256 MiB less what SQLite and the program itself take
)

// cores is how many this process may use, as Go finds them.
var cores = runtime.GOMAXPROCS(0)

// hashes is how many passwords are hashed at a time: one core is left to all
// who only want a page (PW-06; the section "passwords" of docs/bench.md).
func hashes() int { return max(1, cores-1) }

// tune leaves to the operator what he has set.
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
	// An Argon2 keeps its thread for longer than Go's scheduler takes to turn to
	// somebody else, while the kernel's lets whoever has just come go first. So
	// there is a thread for each hash beside those for pages (PW-06).
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(2 * cores)
	}
}
