package accounts

import (
	"crypto/rand"
	"os"
	"strings"
	"testing"

	"pulih/secret"
)

// testdata/weak.txt is what people really make of the portal's four classes
// and twelve characters, in Indonesian and English. Each is refused, with a
// reason that is not one of its shape.
func TestWeakPasswordsAreRefused_PW03(t *testing.T) {
	text, err := os.ReadFile("testdata/weak.txt")
	if err != nil {
		t.Fatal(err)
	}
	weak := strings.Fields(string(text))
	if len(weak) < 300 {
		t.Fatalf("%d passwords are too few to say anything", len(weak))
	}
	for _, password := range weak {
		reasons := weaknesses(secret.Password(password), Person{})
		if len(reasons) == 0 {
			t.Errorf("%q is accepted: %d choices", password, choices(password))
		}
		if shape := checkShape(password); len(shape) > 0 {
			t.Errorf("%q shows nothing: %v", password, shape)
		}
	}
}

// What is refused must not be what is hard to guess.
func TestStrongPasswordsAreAccepted_PW03(t *testing.T) {
	for range 300 {
		if p := Passphrase(); len(weaknesses(p, Person{})) > 0 {
			t.Errorf("%q: %v", string(p), weaknesses(p, Person{}))
		}
	}
	for range 100 {
		p := randomPassword(14)
		if reasons := weaknesses(p, Person{}); len(reasons) > 0 {
			t.Errorf("%q: %v", string(p), reasons)
		}
	}
}

// randomPassword is what a password manager makes: n characters, all classes.
// Without s and k none can hold "asn" or "bkn" by chance.
func randomPassword(n int) secret.Password {
	const letters = "abcdefghijmnpqrtuvwxyzABCDEFGHJLMNPQRTUVWXYZ2346789!#%+-./:=?@_"
	for {
		raw := make([]byte, n)
		_, _ = rand.Read(raw)
		for i, b := range raw {
			raw[i] = letters[int(b)%len(letters)]
		}
		if len(missingClasses(string(raw))) == 0 {
			return secret.Password(raw)
		}
	}
}
