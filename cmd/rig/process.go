// Package rig starts what the bench and the faults put under load: production
// as it ships, a relay, and visitors with networks of their own. All of it is
// on loopback, and of our own starting.
package rig

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Process is a program under load.
type Process struct {
	*exec.Cmd
	URL string
}

// Build makes the binary as a release is made, in a folder.
func Build(ctx context.Context, folder string) (binary string, err error) {
	binary = folder + "/pulih"
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "pulih/cmd/pulih")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return binary, nil
}

// FreeAddress is an address of loopback on which nobody listens.
func FreeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close() //nolint:errcheck // only its number is wanted
	return l.Addr().String(), nil
}

// Stop asks the process to end, and waits until it has.
func (p *Process) Stop() {
	_ = p.Process.Signal(syscall.SIGTERM)
	_ = p.Wait()
}

// Kill ends it as a power cut would, between any two of its instructions.
func (p *Process) Kill() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

// Ready waits for the first answer that says requests may be sent.
func (p *Process) Ready(ctx context.Context) error {
	for range 6000 {
		answer, err := http.Get(p.URL + "/siap")
		if err == nil {
			_ = answer.Body.Close()
		}
		if err == nil && answer.StatusCode == http.StatusOK {
			return nil
		}
		if p.ended() {
			return errors.New("it has ended")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return errors.New("did not answer within half a minute")
}

// ended tells whether it runs no more, though nobody has waited for it yet.
func (p *Process) ended() bool {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	return strings.Contains(string(text), "State:\tZ")
}

// ForgetPeak lets the kernel count the peak of the memory anew.
func (p *Process) ForgetPeak() error {
	return os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.Process.Pid), []byte("5"), 0)
}

// Peak is the most memory in MiB since then, as the kernel saw it.
func (p *Process) Peak() float64 { return p.Memory("VmHWM") }

// Memory reads what the kernel counts for the process, in MiB.
func (p *Process) Memory(what string) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, what+":"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}
