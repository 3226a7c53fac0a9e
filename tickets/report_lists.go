package tickets

import (
	"slices"
	"sync"
)

// lists are those of the last report, for the next: to grow them anew is a
// tenth of what a year takes.
var lists sync.Pool

// list is an empty one, nil for what has no duration.
func (f figure) list() []int32 {
	if f.took == nil {
		return nil
	}
	if kept, ok := lists.Get().(*[]int32); ok {
		return (*kept)[:0]
	}
	return make([]int32, 0, 256)
}

// push doubles what is full: append by itself copies a long one five times.
func push(all []int32, n int32) []int32 {
	if len(all) == cap(all) {
		all = slices.Grow(all, len(all))
	}
	return append(all, n)
}

// keepLists gives a census's lists to the next one. Nothing of it is read
// after that.
func (c *census) keepLists() {
	for i := range c.lines {
		l := &c.lines[i]
		if l.figure.took == nil {
			continue
		}
		keepList(l.took)
		for j := range l.by {
			keepList(l.by[j].of)
		}
	}
}

func keepList(all []int32) { lists.Put(&all) }
