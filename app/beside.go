package app

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// beside reads something while its caller reads something else, and gives it
// when he waits, which he must. A panic of its is an error: nobody else would
// catch it.
func beside[T any](read func() (T, error)) (wait func() (T, error)) {
	var got T
	var err error
	var reading sync.WaitGroup
	reading.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("app: beside: %v\n%s", p, debug.Stack())
			}
		}()
		got, err = read()
	})
	return func() (T, error) { reading.Wait(); return got, err }
}
