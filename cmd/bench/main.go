// Command bench measures Pulih on this machine against a bare program that
// does only the unavoidable, in one run, and prints ratios: a figure alone
// says more about the machine than about the program.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

const (
	slice   = 2 * time.Second // one measurement
	rounds  = 3               // each side is measured so often, interleaved
	clients = 16
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		must(serveFloor(os.Args[2]))
		return
	}
	must(measure(ctx))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "pulih-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	binary := filepath.Join(folder, "pulih")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./cmd/pulih")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	pulih, cold, err := startPulih(ctx, binary, folder)
	if err != nil {
		return err
	}
	defer pulih.stop()
	floor, err := startFloor(ctx)
	if err != nil {
		return err
	}
	defer floor.stop()
	return report(ctx, binary, pulih, floor, cold)
}

func report(ctx context.Context, binary string, pulih, floor *process, cold time.Duration) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	time.Sleep(time.Second)
	fmt.Printf("binary            %.1f MiB, one static file\n", float64(info.Size())/(1<<20))
	fmt.Printf("cold start        %d ms to the first 200 (limit 1000)\n", cold.Milliseconds())
	fmt.Printf("memory, idle      %.1f MiB resident (limit 60)\n", pulih.resident())
	fmt.Printf("\n%d clients, median of %d slices of %s; floor is a bare echo handler that writes the same page\n\n", clients, rounds, slice)
	fmt.Printf("%-18s %10s %10s %8s %8s %8s\n", "row", "req/s", "floor", "ratio", "p50 ms", "p99 ms")
	rows := []row{
		{name: "start page", make: getter("/")},
		{name: "reset start", make: resetter()},
	}
	for _, r := range rows {
		if err := r.compare(ctx, pulih.url, floor.url); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	fmt.Printf("\nmemory, after     %.1f MiB resident\n", pulih.resident())
	return nil
}
