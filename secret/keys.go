package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const keySize = 32 // bytes; SC-01 asks for 256 bit at least

// Errors of keys and of what they sealed.
var (
	ErrKey    = errors.New("secret: key")
	ErrSealed = errors.New("secret: sealed value does not open")
)

// Keys are what the database must not hold: keys that seal secrets at rest,
// the newest used for writing, and the pepper of every stored hash.
type Keys struct {
	seal   map[byte]cipher.AEAD
	newest byte
	pepper []byte
}

// ParseKeys reads the sealing keys, "2:base64" each on a line or after a
// comma, and the pepper in base64. It refuses what is short, repeated or
// equal: a default or a copied key is worse than none.
func ParseKeys(sealing, pepper string) (*Keys, error) {
	k := &Keys{seal: map[byte]cipher.AEAD{}}
	seen := [][]byte{}
	for _, line := range strings.FieldsFunc(sealing, func(r rune) bool { return r == '\n' || r == ',' || r == ' ' }) {
		raw, err := k.add(line)
		if err != nil {
			return nil, err
		}
		seen = append(seen, raw)
	}
	raw, err := decodeKey(pepper)
	if err != nil {
		return nil, fmt.Errorf("pepper: %w", err)
	}
	k.pepper = raw
	if len(k.seal) == 0 {
		return nil, fmt.Errorf("%w: no sealing key", ErrKey)
	}
	return k, distinct(append(seen, raw))
}

func (k *Keys) add(line string) ([]byte, error) {
	id, text, ok := strings.Cut(strings.TrimSpace(line), ":")
	n, err := strconv.ParseUint(id, 10, 8)
	if !ok || err != nil || n == 0 {
		return nil, fmt.Errorf("%w: a sealing key looks like 1:base64, numbered 1 to 255", ErrKey)
	}
	if _, twice := k.seal[byte(n)]; twice {
		return nil, fmt.Errorf("%w: sealing key %d is there twice", ErrKey, n)
	}
	raw, err := decodeKey(text)
	if err != nil {
		return nil, fmt.Errorf("sealing key %d: %w", n, err)
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	k.newest = max(k.newest, byte(n))
	k.seal[byte(n)], err = cipher.NewGCM(block)
	return raw, err
}

func decodeKey(text string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != keySize {
		return nil, fmt.Errorf("%w: want %d random bytes in base64", ErrKey, keySize)
	}
	if bytes.Count(raw, raw[:1]) == keySize {
		return nil, fmt.Errorf("%w: not random", ErrKey)
	}
	return raw, nil
}

func distinct(keys [][]byte) error {
	for i, a := range keys {
		for _, b := range keys[:i] {
			if bytes.Equal(a, b) {
				return fmt.Errorf("%w: two keys are the same", ErrKey)
			}
		}
	}
	return nil
}

// NewKey makes a key in the form that ParseKeys reads.
func NewKey() string {
	raw := make([]byte, keySize)
	rand.Read(raw) //nolint:errcheck // never fails (Go 1.24)
	return base64.StdEncoding.EncodeToString(raw)
}

const sealVersion = 1

// Seal encrypts plain for one place, named like "devices|secret|" + id, so
// that two rows' values cannot be swapped (TV-12). Layout: version, key
// number, nonce, AES-256-GCM.
func (k *Keys) Seal(place string, plain []byte) []byte {
	aead := k.seal[k.newest]
	out := make([]byte, 2+aead.NonceSize(), 2+aead.NonceSize()+len(plain)+aead.Overhead())
	out[0], out[1] = sealVersion, k.newest
	rand.Read(out[2:]) //nolint:errcheck // never fails (Go 1.24)
	return aead.Seal(out, out[2:], plain, []byte(place))
}

// Open decrypts what Seal made for the same place, with any key still held.
func (k *Keys) Open(place string, sealed []byte) ([]byte, error) {
	if len(sealed) < 2 || sealed[0] != sealVersion {
		return nil, ErrSealed
	}
	aead, ok := k.seal[sealed[1]]
	if !ok || len(sealed) < 2+aead.NonceSize() {
		return nil, fmt.Errorf("%w: key %d", ErrSealed, sealed[1])
	}
	nonce, text := sealed[2:2+aead.NonceSize()], sealed[2+aead.NonceSize():]
	plain, err := aead.Open(nil, nonce, text, []byte(place))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Stale says that sealed was not made with the newest key, so that `pulih
// keys rotate` seals it again.
func (k *Keys) Stale(sealed []byte) bool {
	return len(sealed) > 1 && sealed[1] != k.newest
}

// Newest is the number of the key that Seal uses.
func (k *Keys) Newest() byte { return k.newest }

// Sum is the peppered hash under which a code, a limit or a document's
// number is stored. Each part is counted, so that ("ab","c") is not ("a","bc").
func (k *Keys) Sum(purpose string, parts ...string) []byte {
	h := hmac.New(sha256.New, k.pepper)
	for _, p := range append([]string{purpose}, parts...) {
		var n [4]byte
		binary.BigEndian.PutUint32(n[:], uint32(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}
