package tickets

import (
	"testing"
	"time"
)

func TestBirthDateIsReadHoweverItIsWritten(t *testing.T) {
	for _, typed := range []string{"19-06-1976", "19/6/1976", "19-6-1976", "19.06.1976", "19 06 1976", "19061976", "1976-06-19",
		"19 Juni 1976", "19 Jun 1976", "19 JUNI 1976", "19-Jun-1976"} {
		if got, ok := parseBirth(typed); !ok || got.Format(time.DateOnly) != "1976-06-19" {
			t.Errorf("%q is read as %v, %t", typed, got, ok)
		}
	}
	if got, ok := parseBirth("1-6-1976"); !ok || got.Format(time.DateOnly) != "1976-06-01" {
		t.Errorf("1-6-1976 is read as %v, %t", got, ok)
	}
	for _, typed := range []string{"", "1976", "31-02-1976", "06-19-1976", "19-06-76", "1961976", "19 Junk 1976", "190619760", "0-0-1976"} {
		if got, ok := parseBirth(typed); ok {
			t.Errorf("%q is read as %v", typed, got)
		}
	}
}
