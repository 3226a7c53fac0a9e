package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"pulih/secret"
)

// ErrBusy says that too many passwords are being computed already: "sibuk,
// coba lagi" (PW-06).
var ErrBusy = errors.New("accounts: too many passwords at once")

// ErrPHC says that a stored password is damaged.
var ErrPHC = errors.New("accounts: stored password does not parse")

// Argon2id with m = 19 MiB, t = 2, p = 1 (PW-05, OWASP Password Storage).
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	argonSalt    = 16 // bytes
	argonKey     = 32 // bytes

	// longest is what is hashed at most, in bytes: 128 code points take no
	// more than 512, and a longer text is not worth the work (PW-06).
	longest = 512
)

// Hasher computes passwords, never more at once than there are cores: unbounded
// Argon2 is slower for everybody and takes gigabytes (performance.md §2.4).
type Hasher struct {
	slots chan struct{}
	wait  time.Duration

	waiting, refused atomic.Int64
}

// NewHasher computes parallel passwords at once and lets others wait.
func NewHasher(parallel int, wait time.Duration) *Hasher {
	return &Hasher{slots: make(chan struct{}, parallel), wait: wait}
}

// Hash gives the PHC form of a password, with a salt of its own. ErrBusy.
func (h *Hasher) Hash(ctx context.Context, p secret.Password) (phc string, err error) {
	c := freshParts()
	if c.key, err = h.compute(ctx, p, c); err != nil {
		return "", err
	}
	return c.String(), nil
}

// Key derives a key with the salt and the cost of a PHC form; for "", which is
// nobody's, it does the same work (EN-05). ErrBusy.
func (h *Hasher) Key(ctx context.Context, phc string, text secret.Password) ([]byte, error) {
	c, err := parsePHC(phc)
	if err != nil {
		return nil, err
	}
	return h.compute(ctx, text, c)
}

// Verify compares a password with its PHC form. For "", nobody's password, it
// does the same work and is false, so that time does not tell who exists
// (EN-05). ErrBusy.
func (h *Hasher) Verify(ctx context.Context, phc string, p secret.Password) (bool, error) {
	stored, err := parsePHC(phc)
	if err != nil {
		return false, err
	}
	key, err := h.compute(ctx, p, stored)
	if err != nil {
		return false, err
	}
	same := subtle.ConstantTimeCompare(key, stored.key) == 1
	return same && phc != "" && len(p) <= longest, nil
}

func (h *Hasher) compute(ctx context.Context, p secret.Password, c phcParts) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, h.wait)
	defer cancel()
	if err := h.turn(ctx); err != nil {
		return nil, err
	}
	defer func() { <-h.slots }()
	text := norm.NFC.Bytes([]byte(p[:min(len(p), longest)]))
	return argon2.IDKey(text, c.salt, c.time, c.memory, c.threads, uint32(len(c.key))), nil
}

// turn waits for a slot. ErrBusy.
func (h *Hasher) turn(ctx context.Context) error {
	h.waiting.Add(1)
	defer h.waiting.Add(-1)
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		h.refused.Add(1)
		return ErrBusy
	}
}

// Hashing is how busy this process is with Argon2: passwords that are computed
// now, that wait for their turn, and that waited in vain since the start.
type Hashing struct{ Computing, Waiting, Refused int64 }

// Hashing tells an operator.
func (a *Accounts) Hashing() Hashing {
	h := a.hasher
	return Hashing{int64(len(h.slots)), h.waiting.Load(), h.refused.Load()}
}

// cheap tells whether a stored password costs less than one made today, so
// that it is made anew when its owner types it (PW-05).
func cheap(phc string) bool {
	c, err := parsePHC(phc)
	return err == nil && (c.memory < argonMemory || c.memory == argonMemory && c.time < argonTime)
}

type phcParts struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

// freshParts is today's cost with a new salt, and no key yet.
func freshParts() phcParts {
	salt := make([]byte, argonSalt)
	rand.Read(salt) //nolint:errcheck // never fails (Go 1.24)
	return phcParts{argonMemory, argonTime, argonThreads, salt, make([]byte, argonKey)}
}

func (c phcParts) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.threads,
		base64.RawStdEncoding.EncodeToString(c.salt), base64.RawStdEncoding.EncodeToString(c.key))
}

// dummy is what an unknown person's password is compared with.
var dummy = phcParts{argonMemory, argonTime, argonThreads, make([]byte, argonSalt), make([]byte, argonKey)}

func parsePHC(phc string) (c phcParts, err error) {
	if phc == "" {
		return dummy, nil
	}
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, ErrPHC
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.threads); err != nil {
		return c, ErrPHC
	}
	c.salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err == nil {
		c.key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err != nil || len(c.key) < 16 || c.threads == 0 {
		return c, ErrPHC
	}
	return c, nil
}
