package app

import "sync"

// slots counts what is under way, by who has it: streams and uploads. Its zero
// value is ready.
type slots struct {
	mu    sync.Mutex
	taken map[string]int
}

// begin counts one more for key, unless it has most.
func (s *slots) begin(key string, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken == nil {
		s.taken = map[string]int{}
	}
	if s.taken[key] >= most {
		return false
	}
	s.taken[key]++
	return true
}

func (s *slots) end(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[key]--; s.taken[key] <= 0 {
		delete(s.taken, key)
	}
}
