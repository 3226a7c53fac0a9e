package app

import (
	"errors"
	"testing"
)

func TestWhatIsReadBesideComesWhole(t *testing.T) {
	why := errors.New("no")
	if got, err := beside(func() (int, error) { return 7, why })(); got != 7 || !errors.Is(err, why) {
		t.Error(got, err)
	}
	if _, err := beside(func() (int, error) { panic("at the disco") })(); err == nil {
		t.Error("a panic is nobody's")
	}
}
