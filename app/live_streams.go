package app

import "sync"

// streams counts the open streams of each session, practice and network. Its zero value is ready.
type streams struct {
	mu   sync.Mutex
	open map[string]int
}

// begin counts one more, unless most are open.
func (s *streams) begin(key string, most int) bool { return s.take(key, 1, most) }

// take counts n more, unless that makes more than most.
func (s *streams) take(key string, n, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]int{}
	}
	if s.open[key]+n > most {
		return false
	}
	s.open[key] += n
	return true
}

func (s *streams) end(key string) { s.give(key, 1) }

func (s *streams) give(key string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[key] -= n; s.open[key] <= 0 {
		delete(s.open, key)
	}
}
