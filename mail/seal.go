package mail

import (
	"encoding/json"
)

// envelope is what is sealed. Its To is a plain string, because an address
// of type secret.Email encodes as its mask.
type envelope struct{ To, Subject, Text, HTML string }

func (o *Outbox) seal(id string, m Message) []byte {
	plain, _ := json.Marshal(envelope{string(m.To), m.Subject, m.Text, m.HTML}) // four strings always encode
	return o.keys.Seal(place(id), plain)
}

func (o *Outbox) open(id string, sealed []byte) (e envelope, err error) {
	plain, err := o.keys.Open(place(id), sealed)
	if err == nil {
		err = json.Unmarshal(plain, &e)
	}
	return e, err
}

func place(id string) string { return "outbox|sealed|" + id }
