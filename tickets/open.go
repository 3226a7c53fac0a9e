package tickets

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Filing is a request as it is filed. Everything in it is a claim. By is the
// agent who files it at the counter, nil when the person does it himself.
type Filing struct {
	NIP                        secret.NIP
	Name, Unit, Phone, Problem string
	Cause                      string // by the words of the form
	Kind                       Kind
	Channel                    Channel
	By                         *By
	Draft                      secret.Token // whose files go along; "" for none
	Walk                       secret.Token // of the troubleshooter, whose facts go along; "" for none
	Symptom                    string       // that led to the request; "" for none
}

// Receipt is what the person takes away. Secret is shown once and never
// mailed (impostor 10).
type Receipt struct {
	Ticket
	Secret secret.Code // 16 characters, 80 bit
}

const (
	numberLength = 8  // 40 bit: it identifies, the secret opens
	secretLength = 16 // 80 bit (EN-09)
)

// Open files a request in a commit of its own.
func (d *Desk) Open(ctx context.Context, f Filing, actor audit.Actor) (receipt Receipt, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		receipt, err = d.OpenIn(ctx, tx, f, actor)
		return err
	})
	return receipt, err
}

// OpenIn files a request. It proves nothing and holds no slot (impostor 4):
// anybody may, and for a NIP that is in no roster the receipt looks the same
// and the work is the same. *accounts.NIPError, ErrMissing, ErrNoDraft,
// ErrChanged.
func (d *Desk) OpenIn(ctx context.Context, tx *db.Tx, f Filing, actor audit.Actor) (Receipt, error) {
	nip, _, err := accounts.ParseNIP(string(f.NIP))
	if err != nil {
		return Receipt{}, err
	}
	f.NIP = nip
	if err := f.tidy(); err != nil {
		return Receipt{}, err
	}
	s := personStep(VerbOpen, actor)
	if f.By != nil {
		s = f.By.step(VerbOpen)
	}
	receipt, err := d.open(ctx, tx, f, s)
	return receipt, orChanged(err)
}

// tidy trims what was typed, and refuses what is missing or too long.
func (f *Filing) tidy() error {
	for text, most := range map[*string]int{&f.Name: 120, &f.Unit: 160, &f.Phone: 30, &f.Problem: 2000, &f.Cause: 30} {
		*text = strings.TrimSpace(*text)
		if utf8.RuneCountInString(*text) > most || !utf8.ValidString(*text) {
			return ErrMissing
		}
	}
	if f.Name == "" || !slices.Contains(Filed, f.Kind) || (f.Channel != Remote && f.Channel != Counter) {
		return ErrMissing
	}
	if f.By != nil && f.Channel != Counter {
		return ErrChannel
	}
	return nil
}

// filedPerAgent is how many people an agent enters at the counter on a day,
// twice what a busy one has: each shows whether a number has other requests.
const filedPerAgent = 60

const countFiled = "filed.agent"

// ErrFiled is refused of an agent who has entered that many.
var ErrFiled = &Refusal{"too many filed at the counter", "Anda sudah mencatat 60 pemohon hari ini. Minta rekan melanjutkan."}

func (d *Desk) open(ctx context.Context, tx *db.Tx, f Filing, s step) (Receipt, error) {
	if f.By != nil {
		if _, err := d.take(ctx, tx, count{countFiled, f.By.Staff.ID, filedPerAgent}); err != nil {
			return Receipt{}, orFiled(err)
		}
	}
	p, err := d.accounts.PersonByNIP(ctx, tx, f.NIP)
	if err != nil && !errors.Is(err, accounts.ErrNoPerson) {
		return Receipt{}, err
	}
	if f.By != nil && p.Agency != f.By.Staff.Agency {
		p = accounts.Person{} // another agency's people are nobody at this counter (ST-04)
	}
	r := d.file(f, p, tx.Now)
	r.Network = s.actor.Network
	code := secret.NewCode(secretLength)
	r.secretHash = d.receiptHash(r.ID, code)
	pass, err := d.gate(ctx, tx, &r, s)
	if err != nil {
		return Receipt{}, err
	}
	if err := d.move(ctx, tx, pass); err != nil {
		return Receipt{}, err
	}
	if err := d.adopt(ctx, tx, f.Draft, r.ID); err != nil {
		return Receipt{}, err
	}
	if err := d.carry(ctx, tx, f, r.ID); err != nil {
		return Receipt{}, err
	}
	return Receipt{r.forPerson(), code}, nil
}

func orFiled(err error) error {
	if errors.Is(err, ErrSpent) {
		return ErrFiled
	}
	return err
}

func (d *Desk) file(f Filing, p accounts.Person, now db.Time) record {
	r := record{Ticket: Ticket{ID: db.NewID(), Number: newNumber(), Kind: f.Kind, Channel: f.Channel, Cycle: 1,
		Person: p.ID, NIP: f.NIP, Name: f.Name, Unit: f.Unit, ClaimedName: f.Name, ClaimedUnit: f.Unit,
		Agency: p.Agency, Phone: f.Phone, Problem: f.Problem, Cause: f.Cause, OpenedAt: now}}
	if r.Agency == "" {
		r.Agency = d.agency
	}
	r.home = homeOf(p)
	r.LastAt, r.LastFrom = now, FromPerson // what he files is his first message
	if f.By != nil {
		r.FiledBy, r.Agency = f.By.Staff.ID, f.By.Staff.Agency
	}
	r.rank = r.firstRank()
	if !f.Kind.Changes() {
		r.told = now // nobody is told of a question
	}
	return r
}

// firstRank is where a ticket queues before anything is proven.
func (r *record) firstRank() int64 {
	switch {
	case r.Kind == Fraud:
		return rankFraud
	case r.FiledBy != "":
		return rankCounter
	}
	return rankUnproven
}

func newNumber() string { return "PUL-" + secret.NewCode(numberLength).Grouped() }

func (d *Desk) receiptHash(ticket string, code secret.Code) []byte {
	return d.keys.Sum("receipt", ticket, string(code))
}
