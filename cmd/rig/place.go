package rig

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"

	"pulih/mail/mailbox"
	"pulih/secret"
)

// Sealing and Pepper are the keys of all that this process starts, so that it
// can read and write what they seal.
var Sealing, Pepper = "1:" + secret.NewKey(), secret.NewKey()

// Place is where production runs: its binary, the folder of its files, its
// relay, its database, a file of the folder unless it is told another one, and
// what it logs to the end of, the folder's file "log" if not told.
type Place struct {
	Binary, Folder, Database, Log string
	Box                           *mailbox.Box
}

// URL is that of its database.
func (p Place) URL() string {
	if p.Database != "" {
		return p.Database
	}
	return filepath.Join(p.Folder, "bench.db")
}

func (p Place) log() string {
	if p.Log != "" {
		return p.Log
	}
	return filepath.Join(p.Folder, "log")
}

// Environment has the settings of production. Loopback is trusted as a proxy,
// so that the load can come from many networks. More are pairs of a setting
// and its value, like "LISTEN=127.0.0.1:80".
func (p Place) Environment(more ...string) []string {
	host, port, _ := net.SplitHostPort(p.Box.Addr())
	environment := os.Environ()
	for _, setting := range append([]string{
		"DATABASE=" + p.URL(), "AUDIT_COPY=" + filepath.Join(p.Folder, "audit.jsonl"), "KEYS_SEALING=" + Sealing, "KEY_PEPPER=" + Pepper,
		"SMTP_HOST=" + host, "SMTP_PORT=" + port, "SMTP_TLS=none", "SENDER=pulih@contoh.test", "AGENCY=BKPSDM Kabupaten Contoh",
		"HOURS=Senin–Jumat", "PHONE=(0401) 555 0100", "ADDRESS=Jl. Contoh No. 1", "ZONE=WITA", "TRUSTED_PROXIES=127.0.0.0/8",
	}, more...) {
		environment = append(environment, "PULIH_"+setting)
	}
	return environment
}

// Begin starts production, and does not wait for it.
func (p Place) Begin(ctx context.Context, more ...string) (*Process, error) {
	address, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	log, err := os.OpenFile(p.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close() //nolint:errcheck // the process has one of its own
	c := exec.CommandContext(ctx, p.Binary, "serve")
	c.Env = p.Environment(append([]string{"LISTEN=" + address, "BASE_URL=http://" + address}, more...)...)
	c.Stderr = log
	return &Process{c, "http://" + address}, c.Start()
}

// Serve starts production, and waits until requests may be sent.
func (p Place) Serve(ctx context.Context, more ...string) (*Process, error) {
	s, err := p.Begin(ctx, more...)
	if err != nil {
		return nil, err
	}
	if err := s.Ready(ctx); err != nil {
		s.Kill()
		text, _ := os.ReadFile(p.log())
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	return s, nil
}
