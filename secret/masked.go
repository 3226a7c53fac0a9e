// Package secret holds what must not be seen: values that print masked, keys
// that seal what is at rest, and the codes people are handed.
package secret

import (
	"database/sql/driver"
	"fmt"
	"io"
	"log/slog"
)

// The masked types. Converting to string is the one way to see the value,
// so every place that does can be found by reading. fmt in any verb, slog
// and JSON print the mask (LG-01); the database gets the value.
type (
	// NIP is an employee number, of either kind.
	NIP string
	// Email is an address of a person.
	Email string
	// Phone is a number of a person.
	Phone string
	// Password is what somebody typed as his password.
	Password string
	// Code is what somebody types to prove something once.
	Code string
	// Token is carried by a cookie or a link.
	Token string
)

const mask = "•••"

func show(f fmt.State) { _, _ = io.WriteString(f, mask) }

// Format prints the mask.
func (NIP) Format(f fmt.State, _ rune) { show(f) }

// Format prints the mask.
func (Email) Format(f fmt.State, _ rune) { show(f) }

// Format prints the mask.
func (Phone) Format(f fmt.State, _ rune) { show(f) }

// Format prints the mask.
func (Password) Format(f fmt.State, _ rune) { show(f) }

// Format prints the mask.
func (Code) Format(f fmt.State, _ rune) { show(f) }

// Format prints the mask.
func (Token) Format(f fmt.State, _ rune) { show(f) }

// LogValue logs the mask.
func (NIP) LogValue() slog.Value { return slog.StringValue(mask) }

// LogValue logs the mask.
func (Email) LogValue() slog.Value { return slog.StringValue(mask) }

// LogValue logs the mask.
func (Phone) LogValue() slog.Value { return slog.StringValue(mask) }

// LogValue logs the mask.
func (Password) LogValue() slog.Value { return slog.StringValue(mask) }

// LogValue logs the mask.
func (Code) LogValue() slog.Value { return slog.StringValue(mask) }

// LogValue logs the mask.
func (Token) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText encodes the mask.
func (NIP) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalText encodes the mask.
func (Email) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalText encodes the mask.
func (Phone) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalText encodes the mask.
func (Password) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalText encodes the mask.
func (Code) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalText encodes the mask.
func (Token) MarshalText() ([]byte, error) { return []byte(mask), nil }

// Value stores the number itself. Without it pgx would store the mask.
func (n NIP) Value() (driver.Value, error) { return string(n), nil }

// Value stores the address itself. Without it pgx would store the mask.
func (e Email) Value() (driver.Value, error) { return string(e), nil }

// Value stores the number itself. Without it pgx would store the mask.
func (p Phone) Value() (driver.Value, error) { return string(p), nil }

// Value refuses: passwords, codes and tokens are stored as hashes only
// (RC-03, SE-01).
func (Password) Value() (driver.Value, error) { return nil, errStored }

// Value refuses, as Password's does.
func (Code) Value() (driver.Value, error) { return nil, errStored }

// Value refuses, as Password's does.
func (Token) Value() (driver.Value, error) { return nil, errStored }

var errStored = fmt.Errorf("secret: a password, code or token is never stored as such")
