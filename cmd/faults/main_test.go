package faults

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"pulih/cmd/rig"
)

var (
	full   = flag.Bool("full", os.Getenv("PULIH_FAULTS") == "full", "as often as the issue asks, not a few times")
	report = flag.String("report", "", "file to write what was seen to")
	binary string
)

// often is how many times something is done in the short and in the full form.
func often(short, long int) int {
	if *full {
		return long
	}
	return short
}

func TestMain(m *testing.M) {
	flag.Parse()
	code, err := withBinary(m.Run)
	if err == nil && *report != "" {
		err = os.WriteFile(*report, []byte(seen.String()), 0o644) //nolint:gosec // it is published
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		code = 1
	}
	os.Exit(code)
}

func withBinary(run func() int) (code int, err error) {
	folder, err := os.MkdirTemp("", "pulih-faults")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	if binary, err = rig.Build(context.Background(), folder); err != nil {
		return 1, err
	}
	return run(), nil
}
