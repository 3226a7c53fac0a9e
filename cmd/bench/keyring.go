package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"pulih/cmd/rig"
	"pulih/otp"
	"pulih/secret"
)

// authenticator is that of everybody who is made up.
var authenticator = otp.NewSecret()

// keyring is what the cached databases are sealed with.
type keyring struct {
	Sealing, Pepper string
	Authenticator   []byte
}

func freshKeyring() keyring { return keyring{rig.Sealing, rig.Pepper, authenticator} }

// keyringIn reads the keys beside the cache, and makes them where there are
// none.
func keyringIn(path string) (k keyring, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		k = freshKeyring()
		text, _ = json.Marshal(k) // three texts
		return k, os.WriteFile(path, text, 0o600)
	}
	if err == nil {
		err = json.Unmarshal(text, &k)
	}
	return k, err
}

// use has every process of this run seal with them.
func (k keyring) use() { rig.Sealing, rig.Pepper, authenticator = k.Sealing, k.Pepper, k.Authenticator }

func keys() (*secret.Keys, error) { return secret.ParseKeys(rig.Sealing, rig.Pepper) }
