package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
)

// Why a backup is written for nobody, or opened by nobody.
var (
	errRecipients = errors.New("a backup is for somebody: give --recipient or --recipients-file, with public keys (age1…) of age-keygen")
	errIdentity   = errors.New("this private key does not open this backup: it was made for another one")
)

// recipients are whom a backup is for. A passphrase would stand in a flag or in
// the timer's unit; a public key may.
func recipients(keys []string, file string) ([]age.Recipient, error) {
	text := strings.Join(keys, "\n")
	if file != "" {
		more, err := os.ReadFile(file)
		if err != nil {
			return nil, setting("recipients-file", err)
		}
		text += "\n" + string(more)
	}
	if strings.TrimSpace(text) == "" {
		return nil, errRecipients
	}
	all, err := age.ParseRecipients(strings.NewReader(text))
	if err != nil {
		return nil, setting("recipient", err)
	}
	return all, nil
}

// identities are the operator's private keys.
func identities(path string) ([]age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, setting("identity", err)
	}
	defer f.Close() //nolint:errcheck // only read
	all, err := age.ParseIdentities(f)
	if err != nil {
		return nil, setting("identity", err)
	}
	return all, nil
}

// witness adds a key to the recipients that was made this moment, is nowhere
// but in this process, and is gone with it: by it the backup is read back here,
// where the operator's private key must not be. Keys of the kind that resists
// quantum computers go with their own kind only.
func witness(to []age.Recipient) ([]age.Recipient, age.Identity, error) {
	if _, hybrid := to[0].(*age.HybridRecipient); hybrid {
		key, err := age.GenerateHybridIdentity()
		if err != nil {
			return nil, nil, err
		}
		return append(to[:len(to):len(to)], key.Recipient()), key, nil
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, nil, err
	}
	return append(to[:len(to):len(to)], key.Recipient()), key, nil
}

// openedBy says in words that a key is the wrong one.
func openedBy(err error) error {
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return errIdentity
	}
	return fmt.Errorf("this is no backup, or it is damaged: %w", err)
}
