package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// compareCopy compares each line of the copy with the chain.
func (v *verifier) compareCopy(ctx context.Context, size int64) error {
	f, err := os.Open(v.copied)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	lines, read := bufio.NewReader(io.LimitReader(f, size)), int64(0)
	for n := 0; ctx.Err() == nil; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			v.ends()
			return nil
		}
		if err != nil {
			return err
		}
		v.line(line)
		if read += int64(len(line)); n%sealBatch == 0 {
			v.tell(read, size, 1)
		}
	}
	return ctx.Err()
}

func (v *verifier) line(line []byte) {
	var s Seal
	if err := json.Unmarshal(line, &s); err != nil {
		v.find(Finding{Seq: v.Copied + 1, What: CopyBroken})
		v.Copied++
		return
	}
	if s.Seq != v.Copied+1 {
		v.find(Finding{Seq: v.Copied + 1, What: CopyLacks})
	}
	v.Copied = s.Seq
	v.hear(s.Event)
	kept, known := v.kept(s.Seq)
	switch {
	case !v.follows(s, line):
		v.find(Finding{Seq: s.Seq, What: Rewritten})
	case s.Seq >= 1 && s.Seq <= v.seq:
		v.below(s)
	case s.Seq < 1 || s.Seq > v.Sealed:
		v.find(Finding{Seq: s.Seq, What: TailCut})
	case known && kept != start(s.Hash): // a number that is gone was said already
		v.find(Finding{Seq: s.Seq, What: Rewritten})
	}
}

// follows computes a line's hash anew from what the line says and the hash of
// the line before: a stored hash alone proves nothing of its event.
func (v *verifier) follows(s Seal, line []byte) bool {
	var raw struct{ Event, Agencies json.RawMessage }
	err := json.Unmarshal(line, &raw)
	whole := err == nil && equalHash(s.Hash, link(v.copy, s.Seq, raw.Event, raw.Agencies))
	v.copy = s.Hash
	return whole
}

// ends looks whether the copy ends where it should: somebody may have cut it,
// or nothing writes it any more.
func (v *verifier) ends() {
	if v.Copied < v.due {
		v.find(Finding{Seq: v.Copied + 1, What: CopyBehind})
	}
}
