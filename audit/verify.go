package audit

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"pulih/db"
)

// Finding is one thing that does not agree: a row changed, a row gone, an
// event outside the chain, a copy that says otherwise.
type Finding struct {
	Seq  int64
	What string
}

// Report is what Verify saw.
type Report struct {
	Sealed   int64 // events in the chain
	Copied   int64 // events in the copy
	Findings []Finding
}

const enoughFindings = 100

func (r *Report) find(seq int64, what string) {
	if len(r.Findings) < enoughFindings {
		r.Findings = append(r.Findings, Finding{seq, what})
	}
}

// Verify computes the chain anew from the database's rows and, where copy
// names a file, compares each line of it. A bare chain does not show that its
// tail was cut; the copy does.
func Verify(ctx context.Context, d *db.DB, copy string) (Report, error) {
	var r Report
	size, err := sizeOf(copy)
	if err != nil {
		return r, fmt.Errorf("audit: verify: %w", err)
	}
	hashes, err := r.verifyChain(ctx, d)
	if err != nil {
		return r, fmt.Errorf("audit: verify: %w", err)
	}
	if err := r.verifyUnsealed(ctx, d); err != nil {
		return r, fmt.Errorf("audit: verify: %w", err)
	}
	if copy == "" {
		return r, nil
	}
	if err := r.verifyCopy(copy, size, hashes); err != nil {
		return r, fmt.Errorf("audit: verify: %w", err)
	}
	return r, nil
}

// sizeOf is how much of the copy is compared: what a running server adds
// after the chain was read is not there yet, and no tail that was cut.
func sizeOf(copy string) (int64, error) {
	if copy == "" {
		return 0, nil
	}
	info, err := os.Stat(copy)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// verifyChain returns the first bytes of each hash, which is what a copy of
// millions of events needs to be compared with.
func (r *Report) verifyChain(ctx context.Context, d *db.DB) (hashes [][8]byte, err error) {
	var before []byte
	for {
		seals, err := sealsAfter(ctx, d, r.Sealed)
		if err != nil || len(seals) == 0 {
			return hashes, err
		}
		for _, s := range seals {
			if s.Seq != r.Sealed+1 {
				r.find(r.Sealed+1, "is missing from the chain")
			}
			if !bytes.Equal(s.Hash, chain(before, s.Seq, s.Event)) {
				r.find(s.Seq, "was changed after it was sealed")
			}
			before, r.Sealed = s.Hash, s.Seq
			hashes = append(hashes, start(s.Hash))
		}
	}
}

// verifyUnsealed looks for events that are neither sealed nor waiting to be:
// somebody wrote them past Append.
func (r *Report) verifyUnsealed(ctx context.Context, d *db.DB) error {
	var n int64
	err := d.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, countUnsealed).Scan(&n) })
	if n > 0 {
		r.find(0, fmt.Sprintf("%d events are outside the chain", n))
	}
	return err
}

func (r *Report) verifyCopy(path string, size int64, hashes [][8]byte) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	lines := bufio.NewReader(io.LimitReader(f, size))
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var s Seal
		if err := json.Unmarshal(line, &s); err != nil {
			r.find(r.Copied+1, "is unreadable in the copy")
			r.Copied++
			continue
		}
		r.compare(s, hashes)
	}
}

// start is the first bytes of a hash. A row that was tampered with may hold
// fewer.
func start(hash []byte) (b [8]byte) {
	copy(b[:], hash)
	return b
}

func (r *Report) compare(s Seal, hashes [][8]byte) {
	if s.Seq != r.Copied+1 {
		r.find(r.Copied+1, "is missing from the copy")
	}
	r.Copied = s.Seq
	switch {
	case s.Seq < 1 || s.Seq > int64(len(hashes)):
		r.find(s.Seq, "is in the copy and not in the database: the tail was cut")
	case hashes[s.Seq-1] != start(s.Hash):
		r.find(s.Seq, "differs from the copy: the chain was rewritten")
	}
}
