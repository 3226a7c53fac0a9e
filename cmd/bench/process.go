package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"pulih/secret"
)

// process is a program under load, on loopback and of our own starting.
type process struct {
	*exec.Cmd
	url string
}

func (p *process) stop() {
	_ = p.Process.Signal(syscall.SIGTERM)
	_ = p.Wait()
}

// resident reads the memory in MiB that the kernel counts for the process.
func (p *process) resident() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close() //nolint:errcheck // only its number is wanted
	return l.Addr().String(), nil
}

// startPulih starts production on a fresh SQLite file. The relay does not
// answer, so mail waits in the outbox, as in a bad night. Loopback is trusted
// as a proxy, so that the load can come from many networks.
func startPulih(ctx context.Context, binary, folder string) (*process, time.Duration, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, 0, err
	}
	c := exec.CommandContext(ctx, binary, "serve", "--listen", address, "--base-url", "http://"+address,
		"--database", filepath.Join(folder, "bench.db"), "--audit-copy", filepath.Join(folder, "audit.jsonl"),
		"--keys-sealing", "1:"+secret.NewKey(), "--key-pepper", secret.NewKey(), "--smtp-host", "127.0.0.1", "--smtp-port", "1",
		"--smtp-tls", "none", "--sender", "pulih@contoh.test", "--agency", "BKPSDM Kabupaten Contoh",
		"--hours", "Senin–Jumat", "--phone", "(0401) 555 0100", "--address", "Jl. Contoh No. 1", "--zone", "WITA",
		"--trusted-proxies", "127.0.0.0/8")
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		return nil, 0, err
	}
	c.Stderr = log
	begun := time.Now()
	if err := c.Start(); err != nil {
		return nil, 0, err
	}
	p := &process{c, "http://" + address}
	if err := p.wait(ctx); err != nil {
		text, _ := os.ReadFile(log.Name())
		return nil, 0, fmt.Errorf("%w\n%s", err, text)
	}
	return p, time.Since(begun), nil
}

func (p *process) wait(ctx context.Context) error {
	for range 2000 {
		answer, err := http.Get(p.url + "/siap")
		if err == nil {
			_ = answer.Body.Close()
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return errors.New("did not answer")
}

// startFloor starts this program again as the bare handler.
func startFloor(ctx context.Context) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, self, "floor", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	url, err := bufio.NewReader(out).ReadString('\n')
	return &process{c, strings.TrimSpace(url)}, err
}
