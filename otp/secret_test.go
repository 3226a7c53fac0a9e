package otp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecretPrintsMasked(t *testing.T) {
	s := Secret("12345678901234567890")
	leaks := []string{"12345678901234567890", s.Base32(), fmt.Sprintf("%x", []byte(s)), "MTIzNDU2", "49 50 51"}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s, "inside", struct{ S Secret }{s})
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", s, "inside", struct{ S Secret }{s})
	in, err := json.Marshal(map[string]any{"s": s, "p": &s})
	if err != nil {
		t.Fatal(err)
	}
	printed := log.String() + string(in)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%c"} {
		printed += fmt.Sprintf(verb, s) + fmt.Sprintf(verb, &s) + fmt.Sprintf(verb, struct{ S Secret }{s})
	}
	for _, leak := range leaks {
		if strings.Contains(strings.ToLower(printed), strings.ToLower(leak)) {
			t.Errorf("%q shows in %s", leak, printed)
		}
	}
}

func TestSecretIsNotStoredUnsealed(t *testing.T) {
	if _, err := NewSecret().Value(); !errors.Is(err, ErrUnsealed) {
		t.Fatalf("got %v", err)
	}
}

func TestNewSecretHas160BitAndNeverRepeats(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		s := NewSecret()
		if len(s) != 20 || seen[s.Base32()] {
			t.Fatal("short or repeated secret")
		}
		seen[s.Base32()] = true
	}
}

func TestGroupedIsBase32InFours(t *testing.T) {
	s := Secret("12345678901234567890")
	if got := s.Grouped(); got != "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ" {
		t.Errorf("got %q", got)
	}
	if strings.ReplaceAll(s.Grouped(), " ", "") != s.Base32() {
		t.Error("grouping changed the key")
	}
}
