package faults

import (
	"errors"
	"sync"
	"sync/atomic"

	"pulih/cmd/rig"
	"pulih/db"
)

// deed is something that a client did, by the words or the number that only he
// used.
type deed struct{ kind, key string }

// What clients do.
const (
	filed     = "ticket"
	wrote     = "message"
	claimed   = "claim"
	coded     = "code use"
	setWord   = "password"
	enrolled  = "enrolment"
	activated = 600 // people before that one have signed in before, the others never
)

// load is what many do at once, and what they were told was done.
type load struct {
	*site
	mu        sync.Mutex
	done      map[deed]bool
	abandoned atomic.Int64 // ways that could not go on after a break: the receipt or the cookie was on it
	free      chan string  // tickets nobody has claimed
	ready     chan *coder  // who has a code in his hand
	next      [2]int       // person of each flow
	clients   sync.WaitGroup
}

var flows = [2]string{"/pulihkan", "/aktivasi"}

// coder is somebody who was mailed a code.
type coder struct {
	*client
	rig.Person
	flow, code string
}

func newLoad(s *site) *load {
	s.write(func(tx *db.Tx) error {
		for i := activated; i < rig.Crowd; i++ {
			if err := tx.One(s.Context(), `UPDATE accounts SET activated_at = 0 WHERE person = (SELECT id FROM people WHERE nip = $1)`, rig.Known(i).NIP); err != nil {
				return err
			}
		}
		return nil
	})
	return &load{site: s, done: map[deed]bool{}, free: make(chan string, 10_000), ready: make(chan *coder, 10_000)}
}

// told notes what a client was answered, before he goes on.
func (l *load) told(kind, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done[deed{kind, key}] = true
}

// deeds is what was told so far.
func (l *load) deeds() map[deed]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := map[deed]bool{}
	for d := range l.done {
		all[d] = true
	}
	return all
}

func (l *load) count(kind string) (n int) {
	for d := range l.deeds() {
		if d.kind == kind {
			n++
		}
	}
	return n
}

// begin lets clients come until the load is over.
func (l *load) begin() {
	for range 3 {
		l.clients.Go(func() { l.until(l.filer) })
	}
	for range 2 {
		l.clients.Go(func() { l.until(l.codes) })
	}
	for _, a := range agents {
		l.clients.Go(func() { l.until(func() error { return l.claimer(string(a.token)) }) })
	}
}

// finish sends the clients home, each after what he does.
func (l *load) finish() {
	l.end()
	l.clients.Wait()
}

func (l *load) until(way func() error) {
	for l.over.Err() == nil {
		if err := way(); err != nil && !errors.Is(err, errOver) {
			l.Error(err)
			return
		}
	}
}

// ended judges how a way ended: one on which nothing broke must reach its end.
func (l *load) ended(c *client, err error) error {
	if err == nil || c.again == 0 || errors.Is(err, errOver) {
		return err
	}
	l.abandoned.Add(1)
	return nil
}

// filer sends a request, and two messages after it.
func (l *load) filer() error {
	c, story := l.client(), words("HP saya jatuh di")
	number, err := c.File(rig.Unknown(int(serial.Load())), story)
	if err != nil {
		return l.ended(c, err)
	}
	l.told(filed, story)
	for range 2 {
		text := words("Saya menunggu kabar di")
		if err := c.Reply(number, text); err != nil {
			return l.ended(c, err)
		}
		l.told(wrote, text)
	}
	l.free <- number
	return nil
}

// claimer takes what is free.
func (l *load) claimer(token string) error {
	c := l.client()
	c.Cookies["__Host-petugas"] = token
	select {
	case <-l.over.Done():
		return errOver
	case number := <-l.free:
		if err := c.Claim(number); err != nil {
			return l.ended(c, err)
		}
		l.told(claimed, number)
	}
	return nil
}

// codes uses a mailed code, for a new password or for the first one and an
// authenticator.
func (l *load) codes() error {
	select {
	case <-l.over.Done():
		return errOver
	case c := <-l.ready:
		return l.ended(c.client, l.use(c))
	}
}

func (l *load) use(c *coder) error {
	if err := c.TypeCode(c.flow, c.code); err != nil {
		return err
	}
	l.told(coded, c.NIP)
	if err := c.SetPassword(c.flow); err != nil {
		return err
	}
	if c.flow == flows[0] {
		l.told(setWord, c.NIP)
		return nil
	}
	if err := c.Enrol(); err != nil {
		return err
	}
	l.told(enrolled, c.NIP)
	return nil
}

// stock has n people of each flow ask for a code, and wait for it.
func (l *load) stock(n int) {
	l.Helper()
	var asked []*coder
	for i, flow := range flows {
		for range n {
			c := &coder{client: l.client(), Person: l.person(i), flow: flow}
			l.must(c.AskCode(flow, c.Person))
			asked = append(asked, c)
		}
	}
	for _, c := range asked {
		code, err := rig.MailedCode(l.Context(), l.place.Box, c.Person)
		l.must(err)
		c.code, c.again = code, 0
		l.ready <- c
	}
}

// person is one whom a flow is for, each only once.
func (l *load) person(flow int) rig.Person {
	l.next[flow]++
	return rig.Known(flow*activated + l.next[flow] - 1)
}
