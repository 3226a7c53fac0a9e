package app

import "sync"

// streams counts the open streams of each session, practice and network. Its zero value is ready.
type streams struct {
	mu   sync.Mutex
	open map[string]int
}

// begin counts one more, unless most are open.
func (s *streams) begin(key string, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]int{}
	}
	if s.open[key] >= most {
		return false
	}
	s.open[key]++
	return true
}

func (s *streams) end(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[key]--; s.open[key] <= 0 {
		delete(s.open, key)
	}
}
