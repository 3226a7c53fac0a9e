package otp

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // RFC 6238 §1.2; what every authenticator app computes
	"encoding/binary"
	"hash"
)

// row computes many codes of one secret. The library allocates eleven times for a code, which a search over two million
// of them cannot afford; Code, which signs people in, is the library's, and a test holds the two together.
type row struct {
	mac     hash.Hash
	counter [8]byte
	sum     []byte
}

func newRow(s Secret) *row { return &row{mac: hmac.New(sha1.New, s)} }

// code is the six-digit code of a step as a number (RFC 4226 §5.3).
func (r *row) code(step int64) int32 {
	binary.BigEndian.PutUint64(r.counter[:], uint64(step))
	r.mac.Reset()
	r.mac.Write(r.counter[:])
	r.sum = r.mac.Sum(r.sum[:0])
	at := r.sum[len(r.sum)-1] & 0x0f
	return int32(binary.BigEndian.Uint32(r.sum[at:]) & 0x7fffffff % 1_000_000)
}

// number is what six ASCII digits stand for.
func number(code string) (n int32) {
	for _, digit := range []byte(code) {
		n = 10*n + int32(digit-'0')
	}
	return n
}
