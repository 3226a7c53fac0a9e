package app

import "sync"

// streams counts the open streams of each session. Its zero value is ready.
type streams struct {
	mu   sync.Mutex
	open map[string]int
}

func (s *streams) begin(session string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]int{}
	}
	if s.open[session] >= streamsAtOnce {
		return false
	}
	s.open[session]++
	return true
}

func (s *streams) end(session string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[session]--; s.open[session] <= 0 {
		delete(s.open, session)
	}
}
