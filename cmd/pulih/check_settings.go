package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

func (d doctor) settings() finding {
	const part, do = "settings", "run it as serve runs: systemd-run with the unit's EnvironmentFile, or in the container"
	switch {
	case d.env.none:
		return finding{Part: part, State: untried, Text: "not tried: " + d.env.why(), Do: do}
	case d.env.wrong != nil:
		return failed(part, d.env.wrong, "serve would not start with these")
	}
	return fine(part, "serve would start with these")
}

// secrets looks at who can read the files of keys and passwords.
func (d doctor) secrets() finding {
	const part = "key files"
	files := d.env.serve.secretFiles()
	open, err := exposed(files)
	switch {
	case err != nil:
		return failed(part, err, "serve reads it at each start")
	case d.env.none:
		return skipped(part, d.env.why())
	case len(open) > 0:
		return failed(part, errors.New(strings.Join(open, "; ")), "chmod 600, and ask who has read them")
	case len(files) == 0:
		return doubt(part, "put them into files: the environment is handed to children, and shown by the kernel", "keys stand in the environment")
	}
	return fine(part, "%d, for their owner only", len(files))
}

// secretFiles are the files of keys and passwords that the settings name.
func (c *serveCmd) secretFiles() (files []string) {
	for _, path := range []string{c.KeysSealingFile, c.KeyPepperFile, c.SMTPPasswordFile, c.TLSKey} {
		if path != "" {
			files = append(files, path)
		}
	}
	return files
}

// exposed are those that somebody else than their owner can read. systemd's own
// credentials are readable by their service alone, whatever their mode says.
func exposed(files []string) (open []string, err error) {
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if info.Mode().Perm()&0o077 != 0 && !credential(path) {
			open = append(open, fmt.Sprintf("%s has mode %04o", path, info.Mode().Perm()))
		}
	}
	return open, nil
}

func credential(path string) bool {
	folder := os.Getenv("CREDENTIALS_DIRECTORY")
	return folder != "" && filepath.Dir(path) == filepath.Clean(folder)
}

// proxies are the networks that may say who a client is. Who is in one may
// choose his address, and with it his limits (RL-05).
func (d doctor) proxies() finding {
	const part = "proxies"
	if why := d.env.why(); why != "" {
		return skipped(part, why)
	}
	for _, p := range d.env.parts.proxies {
		if wide(p) {
			return doubt(part, "name the proxies' own addresses in PULIH_TRUSTED_PROXIES", "everybody in %s may say who he is", p)
		}
	}
	if len(d.env.parts.proxies) == 0 && d.env.parts.tls == nil && d.env.parts.base.Scheme == "https" {
		return doubt(part, "set PULIH_TRUSTED_PROXIES to the proxy's address, or PULIH_TLS_CERT",
			"none is trusted and no certificate is set: every client would have the proxy's address, and share its limits")
	}
	return fine(part, "%d networks may say who a client is", len(d.env.parts.proxies))
}

func wide(p netip.Prefix) bool {
	return p.Addr().Is4() && p.Bits() < 8 || p.Addr().Is6() && p.Bits() < 32
}

// copyPlace wants the audit log's copy where who harms the database does not
// harm it too (impostor 26).
func (d doctor) copyPlace() finding {
	const part = "audit copy"
	if d.AuditCopy == "" {
		return finding{Part: part, State: untried, Text: "not tried: PULIH_AUDIT_COPY is not set", Do: "without a copy a cut tail cannot be seen"}
	}
	if d.db.File() == "" {
		return skipped(part, "where PostgreSQL keeps its files is not asked; the copy should be on another machine's disk")
	}
	same, err := sameDevice(d.db.File(), d.AuditCopy)
	if err != nil {
		return failed(part, err, "is its disk mounted?")
	}
	if same {
		return doubt(part, "put PULIH_AUDIT_COPY on another disk, or a mount that only appends", "it lies on the database's own disk, and is lost with it")
	}
	return fine(part, "on another disk than the database")
}

func sameDevice(a, b string) (bool, error) {
	var of [2]syscall.Stat_t
	for i, path := range []string{a, b} {
		if err := syscall.Stat(filepath.Dir(path), &of[i]); err != nil {
			return false, fmt.Errorf("%s: %w", filepath.Dir(path), err)
		}
	}
	return of[0].Dev == of[1].Dev, nil
}
