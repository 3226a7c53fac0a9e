package tickets

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// coder writes or reads a field at a time.
type coder interface {
	word(*string)
	count(*int64)
	time(*db.Time)
	span(*time.Duration)
	length(*int64)
}

// code is the one list of what a pack holds of a measure, in its order.
func (m *Measure) code(c coder) {
	c.word(&m.Number)
	c.word(&m.Unit)
	c.word(&m.Home)
	word(c, &m.Kind)
	word(c, &m.Channel)
	word(c, &m.Level)
	c.word(&m.Cause)
	c.word(&m.Outcome)
	c.word(&m.Agent)
	c.word(&m.AgentName)
	word(c, &m.End)
	truth(c, &m.Self)
	truth(c, &m.FirstDone)
	truth(c, &m.LastDone)
	truth(c, &m.Late)
	for _, n := range [...]*int64{&m.Cycle, &m.Replies, &m.Wrong, &m.Lapses} {
		c.count(n)
	}
	for _, t := range [...]*db.Time{&m.Created, &m.Opened, &m.Answered, &m.Checked, &m.Decided, &m.Reissued, &m.Ended, &m.Due,
		&m.Reopened, &m.Again, &m.WrongAt, &m.LapsedAt, &m.Disowned} {
		c.time(t)
	}
	for _, d := range [...]*time.Duration{&m.AnsweredWork, &m.CheckedWork, &m.DecidedWork, &m.ReissuedWork, &m.Work, &m.Desk, &m.FullWork} {
		c.span(d)
	}
	m.codeRulings(c)
}

func (m *Measure) codeRulings(c coder) {
	n := int64(len(m.Rulings))
	c.length(&n)
	if m.Rulings == nil && n > 0 {
		m.Rulings = make([]Ruling, n)
	}
	for i := range m.Rulings {
		r := &m.Rulings[i]
		c.time(&r.At)
		c.span(&r.Pace)
		word(c, &r.Verb)
		for _, s := range [...]*string{&r.Checker.ID, &r.Checker.Name, &r.Approver.ID, &r.Approver.Name} {
			c.word(s)
		}
	}
}

func word[T ~string](c coder, s *T) {
	text := string(*s)
	c.word(&text)
	*s = T(text)
}

func truth(c coder, b *bool) {
	var n int64
	if *b {
		n = 1
	}
	c.count(&n)
	*b = n == 1
}

// packer writes a pack. Each word stands in it once and is a number from then
// on; an instant is the seconds since the one before it.
type packer struct {
	pack  []byte
	words map[string]uint64
	last  int64
}

func pack(all []Measure) []byte {
	p := packer{pack: []byte{}, words: map[string]uint64{}} // an empty pack is no NULL
	for _, m := range all {
		m.code(&p)
	}
	return p.pack
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

func (p *packer) count(n *int64) { p.pack = binary.AppendVarint(p.pack, *n) }

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

func (p *packer) length(n *int64) { p.count(n) }

func (p *packer) span(d *time.Duration) {
	p.pack = binary.AppendVarint(p.pack, int64(*d/time.Second))
}

const second = int64(time.Second / time.Microsecond)

// errPack says that a pack is not what packer writes.
var errPack = errors.New("tickets: a pack of measures is damaged")

// unpacker reads a pack. Its words are parts of one string, so that reading a
// million measures makes no garbage.
type unpacker struct {
	pack  string
	at    int
	words []string
	last  int64
	bad   bool
}

// unpack gives each measure of a pack to see, which must not keep it.
func unpack[T string | []byte](packed T, see func(*Measure)) error {
	u := unpacker{pack: string(packed)}
	var m Measure
	for u.at < len(u.pack) {
		m.Rulings = nil // which somebody may have kept
		m.code(&u)
		if u.bad {
			return fmt.Errorf("%w after %d words", errPack, len(u.words))
		}
		see(&m)
	}
	return nil
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

func (u *unpacker) count(n *int64) { *n = u.signed() }

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
func (u *unpacker) length(n *int64) {
	*n = u.signed()
	if *n < 0 || *n > int64(len(u.pack)-u.at) {
		*n, u.bad = 0, true
	}
}

func (u *unpacker) span(d *time.Duration) { *d = time.Duration(u.signed()) * time.Second }
