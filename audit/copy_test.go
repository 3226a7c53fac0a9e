package audit_test

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"pulih/audit"
	"pulih/db/dbtest"
)

// A disk that is full takes half a line. Nothing may be written behind it, or
// the copy cannot be read from there on.
func TestAFullDiskLeavesNoHalfLine_impostor26(t *testing.T) {
	d, _ := dbtest.New(t)
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	c, err := audit.NewCopier(context.Background(), d, path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // a test's file
	write(t, d, 3)
	seal(t, d)
	if err := withFullDisk(t, 700, func() error { return copied(c) }); err == nil {
		t.Fatal("the disk was not full")
	}
	if text, err := os.ReadFile(path); err != nil || len(text) > 0 {
		t.Fatalf("left %q, %v", text, err)
	}
	if err := copied(c); err != nil {
		t.Fatal(err)
	}
	if f := findings(t, d, path); len(f) != 0 {
		t.Fatal(f)
	}
}

func copied(c *audit.Copier) error {
	_, err := c.Copy(context.Background())
	return err
}

// withFullDisk lets no file of this process grow beyond a size.
func withFullDisk(t *testing.T, size uint64, do func() error) error {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	defer syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before) //nolint:errcheck // it was allowed before
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	return do()
}
