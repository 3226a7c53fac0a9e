package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"fmt"
)

// fileNonce is the length of the nonce of a file, which is zero: its key is
// used once.
const fileNonce = 12

// SealFile encrypts a file under a key of its own, and seals that key for
// place (UP-03): deleting the key destroys every copy of the file, and
// rotating the sealing keys touches 32 bytes and not the file.
func (k *Keys) SealFile(place string, plain []byte) (key, sealed []byte) {
	raw := make([]byte, keySize)
	rand.Read(raw) //nolint:errcheck // never fails (Go 1.24)
	return k.Seal(place, raw), fileCipher(raw).Seal(nil, make([]byte, fileNonce), plain, []byte(place))
}

// OpenFile decrypts what SealFile made for the same place. ErrSealed.
func (k *Keys) OpenFile(place string, key, sealed []byte) ([]byte, error) {
	raw, err := k.Open(place, key)
	if err != nil {
		return nil, err
	}
	if len(raw) != keySize {
		return nil, fmt.Errorf("%w: not a file's key", ErrSealed)
	}
	plain, err := fileCipher(raw).Open(nil, make([]byte, fileNonce), sealed, []byte(place))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

func fileCipher(raw []byte) cipher.AEAD {
	block, _ := aes.NewCipher(raw) // keySize is one of AES's own
	aead, _ := cipher.NewGCM(block)
	return aead
}
