// Command bench measures Pulih on this machine against a bare program that
// does only the unavoidable, in one run, and prints ratios: a figure alone
// says more about the machine than about the program.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"time"

	"pulih/cmd/rig"
	"pulih/mail/mailbox"
)

const (
	slice  = 2 * time.Second // one measurement
	rounds = 3               // each side is measured so often, interleaved
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		must(serveFloor(os.Args[2]))
		return
	}
	if len(os.Args) == 4 && (os.Args[1] == "seed" || os.Args[1] == "history") {
		must(fill(ctx, os.Args[1] == "history", os.Args[2], os.Args[3]))
		return
	}
	must(measure(ctx, os.Args[1:]))
}

// fill makes a database with many tickets and leaves it: "seed 1000000
// bench.db". It prints the cookie of an agent who is signed in.
// "history" fills it with three years of them for the reports.
func fill(ctx context.Context, history bool, count, url string) error {
	n, err := strconv.Atoi(count)
	if err != nil || n < written || n%written != 0 {
		return fmt.Errorf("seed: %q is no multiple of %d", count, written)
	}
	made := anArchive
	if history {
		made = threeYears
	}
	token, err := made(ctx, url, n)
	if err == nil {
		fmt.Println("__Host-petugas=" + string(token))
	}
	return err
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure times everything; with "desk" only the desk with many tickets, with
// "report" only the reports over them, with "practice" only the practice searches.
func measure(ctx context.Context, only []string) error {
	folder, err := os.MkdirTemp("", "pulih-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	binary, err := rig.Build(ctx, folder)
	if err != nil {
		return err
	}
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer box.Close() //nolint:errcheck // nobody sends any more
	if len(only) > 0 && only[0] == "report" {
		return reports(ctx, binary, folder, box, countOf(only[1:]))
	}
	if len(only) == 1 && only[0] == "desk" {
		return desks(ctx, binary, folder, box, deskSizes)
	}
	pulih, cold, err := startPulih(ctx, rig.Place{Binary: binary, Folder: folder, Box: box})
	if err != nil {
		return err
	}
	defer pulih.Stop()
	floor, err := startFloor(ctx)
	if err != nil {
		return err
	}
	defer floor.Stop()
	if len(only) == 1 && only[0] == "practice" {
		return practices(ctx, pulih, floor)
	}
	if err := report(ctx, binary, pulih, floor, cold); err != nil {
		return err
	}
	if err := practices(ctx, pulih, floor); err != nil {
		return err
	}
	if err := passwords(ctx, pulih, box); err != nil {
		return err
	}
	if err := alike(ctx, pulih); err != nil {
		return err
	}
	if err := desks(ctx, binary, folder, box, deskSizes); err != nil {
		return err
	}
	return reports(ctx, binary, folder, box, deskSizes[1])
}

// countOf is how many tickets the reports go over: as many as were asked for,
// in whole ten thousands, or a million.
func countOf(asked []string) int {
	if len(asked) == 1 {
		if n, err := strconv.Atoi(asked[0]); err == nil && n >= written {
			return n / written * written
		}
	}
	return deskSizes[1]
}

func report(ctx context.Context, binary string, pulih, floor *rig.Process, cold time.Duration) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	time.Sleep(time.Second)
	fmt.Printf("binary            %.1f MiB, one static file\n", float64(info.Size())/(1<<20))
	fmt.Printf("cold start        %d ms to the first 200 (limit 1000)\n", cold.Milliseconds())
	fmt.Printf("memory, idle      %.1f MiB resident (limit 60)\n", pulih.Memory("VmRSS"))
	fmt.Printf("\nmedian of %d slices of %s; floor is a bare echo handler that writes the same page\n\n", rounds, slice)
	heading()
	rows := []row{
		{"start page", 16, getter("/"), 0},
		{"reset start", 16, resetter(), 0},
		{"reset start", 64, resetter(), 0},
	}
	for _, r := range rows {
		if err := r.compare(ctx, pulih.URL, floor.URL); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	fmt.Printf("\nmemory, after     %.1f MiB resident\n", pulih.Memory("VmRSS"))
	return nil
}
