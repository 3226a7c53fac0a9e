package secret_test

import (
	"bytes"
	"errors"
	"testing"

	"pulih/secret"
)

func TestAFileOpensWithItsOwnKeyAtItsOwnPlaceOnly_UP03(t *testing.T) {
	k := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	plain := bytes.Repeat([]byte("KTP"), 9000)
	key, sealed := k.SealFile("attachments|key|a", plain)
	otherKey, other := k.SealFile("attachments|key|a", plain)
	if bytes.Equal(sealed, other) || bytes.Contains(sealed, plain[:9]) {
		t.Error("two files of the same content are alike, or can be read")
	}
	if got, err := k.OpenFile("attachments|key|a", key, sealed); err != nil || !bytes.Equal(got, plain) {
		t.Fatal(err)
	}
	spoilt := bytes.Clone(sealed)
	spoilt[9] ^= 1
	short := k.Seal("attachments|key|a", []byte("short"))
	for name, v := range map[string]struct {
		place       string
		key, sealed []byte
	}{
		"another row": {"attachments|key|b", key, sealed}, "another file's key": {"attachments|key|a", otherKey, sealed},
		"a bit": {"attachments|key|a", key, spoilt}, "cut": {"attachments|key|a", key, sealed[:20]}, "empty": {"attachments|key|a", key, nil},
		"no key": {"attachments|key|a", nil, sealed}, "no file's key": {"attachments|key|a", short, sealed},
	} {
		if _, err := k.OpenFile(v.place, v.key, v.sealed); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
