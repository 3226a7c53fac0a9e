package tickets

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"pulih/db"
)

// What a pack holds of a measure, in this order.
func (m *Measure) words() [10]*string {
	return [...]*string{&m.Number, &m.Home, (*string)(&m.Kind), (*string)(&m.Channel), (*string)(&m.Level), &m.Cause, &m.Outcome,
		&m.Agent, &m.AgentName, (*string)(&m.End)}
}

func (m *Measure) truths() [4]*bool { return [...]*bool{&m.Self, &m.FirstDone, &m.LastDone, &m.Late} }

func (m *Measure) counts() [2]*int64 { return [...]*int64{&m.Cycle, &m.Replies} }

func (m *Measure) times() [12]*db.Time {
	return [...]*db.Time{&m.Created, &m.Opened, &m.Answered, &m.AnswerDue, &m.Checked, &m.Ruled, &m.Reissued, &m.Ended, &m.Due,
		&m.Reopened, &m.Again, &m.Disowned}
}

func (m *Measure) spans() [6]*time.Duration {
	return [...]*time.Duration{&m.AnsweredWork, &m.CheckedWork, &m.RuledWork, &m.ReissuedWork, &m.Desk, &m.FullWork}
}

func (k *Mark) words() [3]*string { return [...]*string{(*string)(&k.Verb), &k.By.ID, &k.By.Name} }

// packer writes a pack. Each word stands in it once and is a number from then
// on; an instant is the seconds since the one before it.
type packer struct {
	pack  []byte
	words map[string]uint64
	last  int64
}

func pack(all []Measure) []byte {
	p := packer{pack: []byte{}, words: map[string]uint64{}} // an empty pack is no NULL
	for i := range all {
		p.measure(&all[i])
	}
	return p.pack
}

func (p *packer) measure(m *Measure) {
	for _, s := range m.words() {
		p.word(s)
	}
	for _, b := range m.truths() {
		p.truth(b)
	}
	for _, n := range m.counts() {
		p.count(*n)
	}
	for _, t := range m.times() {
		p.time(t)
	}
	for _, d := range m.spans() {
		p.span(*d)
	}
	p.count(int64(len(m.Marks)))
	for i := range m.Marks {
		p.mark(&m.Marks[i])
	}
}

func (p *packer) mark(k *Mark) {
	p.time(&k.At)
	for _, s := range k.words() {
		p.word(s)
	}
}

func (p *packer) word(s *string) {
	n, known := p.words[*s]
	if known {
		p.pack = binary.AppendUvarint(p.pack, n)
		return
	}
	n = uint64(len(p.words))
	p.words[*s] = n
	p.pack = binary.AppendUvarint(binary.AppendUvarint(p.pack, n), uint64(len(*s)))
	p.pack = append(p.pack, *s...)
}

func (p *packer) truth(b *bool) {
	n := byte(0)
	if *b {
		n = 2 // 1 as a count
	}
	p.pack = append(p.pack, n)
}

func (p *packer) count(n int64) { p.pack = binary.AppendVarint(p.pack, n) }

// time writes 0 for never.
func (p *packer) time(t *db.Time) {
	if *t == 0 {
		p.pack = append(p.pack, 0)
		return
	}
	seconds := int64(*t) / second
	delta := seconds - p.last
	p.last = seconds
	p.pack = binary.AppendUvarint(p.pack, 1+(uint64(delta<<1)^uint64(delta>>63)))
}

func (p *packer) span(d time.Duration) { p.count(int64(d / time.Second)) }

const second = int64(time.Second / time.Microsecond)

// errPack says that a pack is not what packer writes.
var errPack = errors.New("tickets: a pack of measures is damaged")

// unpacker reads one pack after the other. Its words are parts of the pack, and
// its lists are used again, so that a million measures make no garbage.
type unpacker struct {
	pack  string
	at    int
	words []string
	last  int64
	bad   bool
	of    Measure
}

// unpack gives each measure of a pack to see, which keeps none but a copy.
func unpack(packed []byte, see func(*Measure)) error {
	return new(unpacker).unpack(string(packed), see)
}

func (u *unpacker) unpack(packed string, see func(*Measure)) error {
	u.pack, u.at, u.words, u.last, u.bad = packed, 0, u.words[:0], 0, false
	for u.at < len(u.pack) {
		u.measure(&u.of)
		if u.bad {
			return fmt.Errorf("%w after %d words", errPack, len(u.words))
		}
		see(&u.of)
	}
	return nil
}

func (u *unpacker) measure(m *Measure) {
	for _, s := range m.words() {
		u.word(s)
	}
	for _, b := range m.truths() {
		*b = u.signed() == 1
	}
	for _, n := range m.counts() {
		*n = u.signed()
	}
	for _, t := range m.times() {
		u.time(t)
	}
	for _, d := range m.spans() {
		*d = u.span()
	}
	n := u.length()
	m.Marks = slices.Grow(m.Marks[:0], n)[:n]
	for i := range m.Marks {
		u.mark(&m.Marks[i])
	}
}

func (u *unpacker) mark(k *Mark) {
	u.time(&k.At)
	for _, s := range k.words() {
		u.word(s)
	}
}

func (u *unpacker) number() uint64 {
	if u.at < len(u.pack) && u.pack[u.at] < 0x80 { // which most are
		u.at++
		return uint64(u.pack[u.at-1])
	}
	return u.long()
}

func (u *unpacker) long() (n uint64) {
	for shift := 0; shift < 64 && u.at < len(u.pack); shift += 7 {
		b := u.pack[u.at]
		u.at++
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	u.bad = true
	return 0
}

func (u *unpacker) signed() int64 {
	n := u.number()
	return int64(n>>1) ^ -int64(n&1)
}

func (u *unpacker) word(s *string) {
	n := u.number()
	if n < uint64(len(u.words)) {
		*s = u.words[n]
		return
	}
	length := u.number()
	if n != uint64(len(u.words)) || length > uint64(len(u.pack)-u.at) {
		u.bad = true
		return
	}
	*s = u.pack[u.at : u.at+int(length)]
	u.at += int(length)
	u.words = append(u.words, *s)
}

func (u *unpacker) time(t *db.Time) {
	n := u.number()
	if n == 0 {
		*t = 0
		return
	}
	n--
	u.last += int64(n>>1) ^ -int64(n&1)
	*t = db.Time(u.last * second)
}

// length is that of a list, which has a byte at least for each.
func (u *unpacker) length() int {
	n := u.signed()
	if n < 0 || n > int64(len(u.pack)-u.at) {
		u.bad = true
		return 0
	}
	return int(n)
}

func (u *unpacker) span() time.Duration { return time.Duration(u.signed()) * time.Second }
