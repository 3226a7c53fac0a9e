package accounts

import (
	"crypto/sha1" // the file's format; it protects nothing
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"sort"
	"strings"
)

// ErrBreached says that a file is not what PW-04 asks for: sorted lines of
// SHA-1 hashes in upper-case hex, each with or without ":" and a count.
var ErrBreached = errors.New("accounts: not a sorted file of SHA-1 hashes")

// Breached is a file of passwords that are known from breaches, in the form
// that Have I Been Pwned gives out. It is looked up where it lies: the whole
// one has 40 GB, and no password may leave the machine (PW-04).
type Breached struct {
	file io.ReaderAt
	size int64
	log  *slog.Logger
}

// OpenBreached opens the file and reads it at a few places. ErrBreached.
func OpenBreached(path string, log *slog.Logger) (*Breached, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	b := &Breached{file: file, size: info.Size(), log: log}
	if err := b.check(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return b, nil
}

// check reads the first line and others at equal steps.
func (b *Breached) check() error {
	const places = 1000
	before := ""
	for i := range int64(places) {
		at := b.size * i / places
		line, err := b.lineFrom(at)
		switch {
		case err != nil:
			return err
		case line < before || i == 0 && line == beyond:
			return fmt.Errorf("%w: at byte %d", ErrBreached, at)
		}
		before = line
	}
	return nil
}

// holds says whether a password is in the file.
func (b *Breached) holds(password string) bool {
	if b == nil {
		return false
	}
	sum := sha1.Sum([]byte(password))
	found, err := b.find(strings.ToUpper(hex.EncodeToString(sum[:])))
	if err != nil {
		b.log.Error("breached passwords cannot be read; a password passed unchecked", "err", err)
	}
	return found
}

// find looks for the first place from which on no line is less than hash.
func (b *Breached) find(hash string) (found bool, failed error) {
	sort.Search(int(b.size), func(at int) bool {
		line, err := b.lineFrom(int64(at))
		failed = errors.Join(failed, err)
		found = found || line == hash
		return err != nil || line >= hash
	})
	return found, failed
}

const (
	// beyond is the line after the last one.
	beyond = "~"
	// widestLine is more than a hash, a count and the line's end.
	widestLine = 64
)

var breachedLine = regexp.MustCompile(`^([0-9A-F]{40})(:[0-9]+)?\r?$`)

// lineFrom reads the hash of the first line that begins at a place or after.
func (b *Breached) lineFrom(at int64) (hash string, err error) {
	buffer := make([]byte, 2*widestLine)
	start := max(0, at-1)
	n, err := b.file.ReadAt(buffer, start)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	text := string(buffer[:n])
	if at > 0 {
		_, text, _ = strings.Cut(text, "\n")
	}
	line, _, _ := strings.Cut(text, "\n")
	if line == "" {
		return beyond, nil
	}
	parts := breachedLine.FindStringSubmatch(line)
	if parts == nil {
		return "", fmt.Errorf("%w: near byte %d", ErrBreached, start)
	}
	return parts[1], nil
}
