package secret_test

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pulih/secret"
)

const plain = "198609262015051001"

// secrets holds one value of each type, in the places where a value hides
// from a method of its own type.
type secrets struct {
	NIP      secret.NIP
	Email    *secret.Email
	Phone    []secret.Phone
	Password map[string]secret.Password
	Code     struct{ Inner secret.Code }
	Token    any
	Keyed    map[secret.NIP]int
}

func everySecret() secrets {
	email := secret.Email(plain)
	s := secrets{NIP: plain, Email: &email, Phone: []secret.Phone{plain}, Password: map[string]secret.Password{"sandi": plain},
		Token: secret.Token(plain), Keyed: map[secret.NIP]int{plain: 1}}
	s.Code.Inner = plain
	return s
}

// unkeyed leaves out the map whose keys are secrets: encoding/json asks no
// method of a key that is a string. Such maps of ours are local to a function
// or a type that no JSON is made of.
func unkeyed() secrets {
	s := everySecret()
	s.Keyed = nil
	return s
}

func values() []any {
	return []any{secret.NIP(plain), secret.Email(plain), secret.Phone(plain),
		secret.Password(plain), secret.Code(plain), secret.Token(plain)}
}

// leaks says whether text shows the value, as it is or in hex.
func leaks(text string) bool {
	return strings.Contains(text, plain) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", plain))
}

func TestEveryVerbPrintsTheMask_LG01(t *testing.T) {
	verbs := []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%#x", "%d", "%08.3f", "%U", "%c", "%o", "%t", "%10.4s", "%!"}
	for _, v := range append(values(), values(), everySecret().Phone, everySecret().Password, everySecret().Keyed) {
		for _, verb := range verbs {
			if got := fmt.Sprintf(verb, v); leaks(got) {
				t.Errorf("%s of %T shows %s", verb, v, got)
			}
		}
		if got := fmt.Sprintf("%T", v); leaks(got) {
			t.Errorf("%%T shows %s", got)
		}
	}
	for _, v := range values() {
		if got := fmt.Sprintf("%s %v %d", v, v, v); got != "••• ••• •••" {
			t.Errorf("%T prints %q", v, got)
		}
	}
}

// fmt calls no method of an unexported field, of any type; so the types that
// hold secrets export those fields, or are never printed. The log's search
// (TestNoSecretIsKept_LG03) is what holds that.
func TestExportedFieldsPrintTheMask_LG01(t *testing.T) {
	s := everySecret()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, s); leaks(got) {
			t.Errorf("%s shows %s", verb, got)
		}
	}
}

func TestErrorsPrintTheMask_LG01(t *testing.T) {
	err := fmt.Errorf("outer: %w", fmt.Errorf("inner %s %v %q: %w", secret.NIP(plain), secret.Code(plain), secret.Email(plain), errors.New("end")))
	for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", errors.Unwrap(err).Error())} {
		if leaks(text) {
			t.Errorf("an error shows %s", text)
		}
	}
}

func TestLogsAndJSONHoldTheMask_LG01(t *testing.T) {
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewJSONHandler(&b, nil), slog.NewTextHandler(&b, nil)} {
		log := slog.New(h)
		for _, v := range append(values(), values(), unkeyed()) {
			log.Info("fault", "value", v, slog.Group("group", slog.Any("in", v)))
		}
	}
	for _, v := range append(values(), values(), unkeyed()) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	if leaks(b.String()) {
		t.Error(b.String())
	}
	if !strings.Contains(b.String(), "•••") {
		t.Error("nothing was masked")
	}
}

func TestPasswordsCodesAndTokensAreNeverStored_RC03(t *testing.T) {
	for _, v := range []any{secret.Password(plain), secret.Code(plain), secret.Token(plain)} {
		if value, err := stored(v); err == nil {
			t.Errorf("%T is stored as %v", v, value)
		}
	}
	for _, v := range []any{secret.NIP(plain), secret.Email(plain), secret.Phone(plain)} {
		if value, err := stored(v); err != nil || value != plain {
			t.Errorf("%T is stored as %v, %v", v, value, err)
		}
	}
}

// stored is what a database driver would be handed.
func stored(v any) (driver.Value, error) { return v.(driver.Valuer).Value() }
