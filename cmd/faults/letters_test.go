package faults

import (
	"sync"

	"pulih/mail/mailbox"
)

// letters are all the mails that the relay took.
type letters struct {
	mu     sync.Mutex
	copies map[string]int    // by Message-ID
	ids    map[string]string // what was said to whom, under which Message-ID
	wrong  []string
}

func newLetters(box *mailbox.Box) *letters {
	l := &letters{copies: map[string]int{}, ids: map[string]string{}}
	box.Tap(l.took)
	return l
}

// took counts one. The same mail must come under the same Message-ID: a
// mailbox, and a person, tell a copy by it.
func (l *letters) took(m mailbox.Received) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.copies[m.MessageID]++
	said := m.To + "\n" + m.Subject + "\n" + m.Text
	if id, known := l.ids[said]; known && id != m.MessageID {
		l.wrong = append(l.wrong, id+" and "+m.MessageID+" say the same to "+m.To)
	}
	l.ids[said] = m.MessageID
}

// count is how many there were, and how many copies beside.
func (l *letters) count() (mails, doubles int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.copies {
		mails, doubles = mails+1, doubles+n-1
	}
	return mails, doubles
}

func (l *letters) got(id string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.copies[id] > 0
}
