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

	"pulih/mail/mailbox"
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

// forgetPeak lets the kernel count the peak of the memory anew.
func (p *process) forgetPeak() error {
	return os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.Process.Pid), []byte("5"), 0)
}

// peak is the most memory in MiB since then, as the kernel saw it.
func (p *process) peak() float64 { return p.memory("VmHWM") }

// memory reads what the kernel counts for the process, in MiB.
func (p *process) memory(what string) float64 {
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

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close() //nolint:errcheck // only its number is wanted
	return l.Addr().String(), nil
}

// startPulih imports the crowd into a fresh SQLite file and starts production
// on it. Loopback is trusted as a proxy, so that the load can come from many
// networks.
func startPulih(ctx context.Context, binary, folder string, box *mailbox.Box) (*process, time.Duration, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, 0, err
	}
	environment := settings(address, folder, box)
	if err := seed(ctx, binary, folder, environment); err != nil {
		return nil, 0, err
	}
	c := exec.CommandContext(ctx, binary, "serve")
	c.Env = environment
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

// settings are those of an installation whose relay is a mailbox of ours.
func settings(address, folder string, box *mailbox.Box) []string {
	host, port, _ := net.SplitHostPort(box.Addr())
	environment := os.Environ()
	for name, value := range map[string]string{
		"LISTEN": address, "BASE_URL": "http://" + address, "DATABASE": filepath.Join(folder, "bench.db"),
		"AUDIT_COPY": filepath.Join(folder, "audit.jsonl"), "KEYS_SEALING": sealing, "KEY_PEPPER": pepper,
		"SMTP_HOST": host, "SMTP_PORT": port, "SMTP_TLS": "none", "SENDER": "pulih@contoh.test", "AGENCY": "BKPSDM Kabupaten Contoh",
		"HOURS": "Senin–Jumat", "PHONE": "(0401) 555 0100", "ADDRESS": "Jl. Contoh No. 1", "ZONE": "WITA", "TRUSTED_PROXIES": "127.0.0.0/8",
	} {
		environment = append(environment, "PULIH_"+name+"="+value)
	}
	return environment
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
