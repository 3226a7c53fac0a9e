package otp

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// secretBytes is the length RFC 4226 §4 R6 recommends: 160 bit.
const secretBytes = 20

// minSecretBytes is the floor of RFC 4226 §4 R6. Anything shorter, an unset secret above all, makes no codes.
const minSecretBytes = 16

const masked = "[otp secret]"

// ErrUnsealed is returned when a Secret is handed to database/sql as it is: only its sealed form may be stored (TV-12).
var ErrUnsealed = errors.New("otp: secret must be sealed before it is stored")

// Secret is the key that a phone and the server share. It prints masked through fmt, slog and encoding/json.
type Secret []byte

// NewSecret draws a fresh 160-bit secret.
func NewSecret() Secret {
	s := make(Secret, secretBytes)
	rand.Read(s) // never fails: since Go 1.24 it ends the program instead
	return s
}

// Base32 is the form that authenticator apps read, without padding. It shows the secret.
func (s Secret) Base32() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)
}

// Grouped is Base32 in groups of four, for a person who types the key. It shows the secret.
func (s Secret) Grouped() string {
	var b strings.Builder
	for i, r := range s.Base32() {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Format masks the secret in every verb of fmt, %x and %#v included.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, masked) }

// LogValue masks the secret in slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalText masks the secret in encoding/json and its kin.
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// Value refuses to store the secret in clear.
func (s Secret) Value() (driver.Value, error) { return nil, ErrUnsealed }
