package tickets

import (
	"context"
	"errors"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

var errNotYet = errors.New("tickets: not yet")

// By is the member of staff who acts, and from where. Browser is the hash of
// his browser's long-lived cookie (impostor 17); AtCounter says that the
// request comes from the agency's counter network (impostor 6).
type By struct {
	Staff     accounts.Staff
	Browser   string
	AtCounter bool
	Actor     audit.Actor
}

// Desk is the door to everything tickets can do.
type Desk struct{}

// Filing is a request as it is filed. Everything in it is a claim. By is the
// agent who files it at the counter, nil when the person does it himself.
type Filing struct {
	NIP                        secret.NIP
	Name, Unit, Phone, Problem string
	Kind                       Kind
	Channel                    Channel
	By                         *By
}

// Receipt is what the person takes away. Secret is shown once.
type Receipt struct {
	Ticket
	Secret secret.Code // 16 characters, 80 bit
}

// Moment is a line of the timeline.
type Moment struct {
	At   db.Time
	Text string
}

// Side is who wrote a message.
type Side string

// The sides. A note is seen by staff only.
const (
	FromPerson Side = "pemohon"
	FromStaff  Side = "petugas"
	NoteSide   Side = "catatan"
)

// Message is a line of the conversation.
type Message struct {
	At     db.Time
	From   Side
	Author string
	Text   string
}

// Need is what the person has to do next.
type Need string

// The needs.
const (
	NeedFactor   Need = "factor"   // show the password or another device's code
	NeedCallCode Need = "callcode" // type the code heard on the call
	NeedReply    Need = "reply"
	NeedPass     Need = "pass"  // take the pass
	NeedEnrol    Need = "enrol" // the pass is issued: enrol at /daftar-mfa
	NeedCounter  Need = "counter"
)

// Status is what the person sees of his ticket.
type Status struct {
	Ticket
	Timeline    []Moment
	Messages    []Message
	Needs       []Need
	CanWithdraw bool
	Target      string // "Senin, 23 November 2026 pukul 15.00 WITA"
}

// FactorForm is a remaining factor: the password, or a code of another device.
type FactorForm struct {
	Password secret.Password
	OTP      string
}

// PassShown is a pass, shown once. Not OK means that the factor was wrong.
type PassShown struct {
	OK    bool
	Code  secret.Code // 12 characters
	Until db.Time
}

// Open files a request. It proves nothing and holds no slot (impostor 4).
func (d *Desk) Open(ctx context.Context, f Filing, actor audit.Actor) (Receipt, error) {
	return Receipt{}, errNotYet
}

// Follow shows a ticket to who holds its receipt.
func (d *Desk) Follow(ctx context.Context, number string, s secret.Code) (Status, error) {
	return Status{}, errNotYet
}

// ShowFactor records a remaining factor; the answer is "", "password" or "otp".
func (d *Desk) ShowFactor(ctx context.Context, number string, s secret.Code, f FactorForm, actor audit.Actor) (string, error) {
	return "", errNotYet
}

// EnterCallCode takes the code that the person heard on the call.
func (d *Desk) EnterCallCode(ctx context.Context, number string, s, code secret.Code, actor audit.Actor) (bool, error) {
	return false, errNotYet
}

// Reply answers what the desk asked.
func (d *Desk) Reply(ctx context.Context, number string, s secret.Code, text string, actor audit.Actor) error {
	return errNotYet
}

// Withdraw takes the request back.
func (d *Desk) Withdraw(ctx context.Context, number string, s secret.Code, actor audit.Actor) error {
	return errNotYet
}

// TakePass shows the pass of a remote ticket, after the remaining factor.
func (d *Desk) TakePass(ctx context.Context, number string, s secret.Code, f FactorForm, actor audit.Actor) (PassShown, error) {
	return PassShown{}, errNotYet
}

// View is a list of the queue.
type View string

// The views.
const (
	Unclaimed View = "belum-diambil"
	Mine      View = "milik-saya"
	Awaiting  View = "menunggu"
	ToApprove View = "perlu-verifikator"
	Unproven  View = "belum-terbukti"
	Closed    View = "selesai"
)

// Views lists them in the order of the page.
var Views = []View{Unclaimed, Mine, Awaiting, ToApprove, Unproven, Closed}

// Cursor is a place in a list; "" is its beginning.
type Cursor string

// Page is a part of a list. Counts stop at CountCap + 1.
type Page struct {
	Rows       []Ticket
	Next, Prev Cursor
	Counts     map[View]int
}

// CountCap is where counts stop: above it a page shows "1.000+".
const CountCap = 1000

// EventLine is a line of a ticket's history as staff see it.
type EventLine struct {
	At         db.Time
	Verb       Verb
	From, To   State
	Text       string // Indonesian
	Author     string // "" for the person and the clock
	AuthorKind audit.Kind
	Note       string
}

// File is a ticket as staff see it. Allowed holds the verbs that the table
// knows for its state: "" when this member of staff may, else why not.
type File struct {
	Ticket
	Messages []Message
	Events   []EventLine
	Proofs   []Proof
	Allowed  map[Verb]string
	Missing  []string
	Flags    []string
}

// ApproveForm is what the approver saw himself: at the counter, the number
// of an original.
type ApproveForm struct{ Document string }

// Queue lists a view, urgent and oldest first; the closed ones newest first.
func (d *Desk) Queue(ctx context.Context, by By, v View, c Cursor) (Page, error) {
	return Page{}, errNotYet
}

// Look opens a ticket for staff; it is audited.
func (d *Desk) Look(ctx context.Context, by By, number string) (File, error) {
	return File{}, errNotYet
}

// Claim takes a ticket.
func (d *Desk) Claim(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Release gives it back.
func (d *Desk) Release(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return Ticket{}, errNotYet
}

// TakeOver takes it from somebody else.
func (d *Desk) TakeOver(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return Ticket{}, errNotYet
}

// ClaimNext takes the first free ticket of Unclaimed or Unproven.
func (d *Desk) ClaimNext(ctx context.Context, by By, v View) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Ask writes to the person and waits for his answer.
func (d *Desk) Ask(ctx context.Context, by By, number string, version int64, text string) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Note writes a note for staff.
func (d *Desk) Note(ctx context.Context, by By, number string, version int64, text string) (Ticket, error) {
	return Ticket{}, errNotYet
}

// CheckIdentity says that the evidence is complete.
func (d *Desk) CheckIdentity(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Approve is the second person's yes.
func (d *Desk) Approve(ctx context.Context, by By, number string, version int64, f ApproveForm) (Ticket, error) {
	return Ticket{}, errNotYet
}

// SendBack returns it to the queue with a reason.
func (d *Desk) SendBack(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Refuse ends it with a reason.
func (d *Desk) Refuse(ctx context.Context, by By, number string, version int64, reason RefusalReason) (Ticket, error) {
	return Ticket{}, errNotYet
}

// RefusalReason is coarse: it is shown to whoever filed (impostor 21).
type RefusalReason string

// The reasons for refusing.
const (
	LacksProof RefusalReason = "bukti"
	NotOwner   RefusalReason = "bukan-pemilik"
	NotOurs    RefusalReason = "bukan-wewenang"
	Repeated   RefusalReason = "ganda"
)

// RefusalReasons lists them in the order of the form.
var RefusalReasons = []RefusalReason{LacksProof, NotOwner, NotOurs, Repeated}

// Label is the reason on screen.
func (r RefusalReason) Label() string { return string(r) }

// Solution is what solved a ticket that ends without another credential.
type Solution string

// The solutions.
const (
	ByClock  Solution = "jam"
	ByEntry  Solution = "entri"
	ByPortal Solution = "portal"
	ByReset  Solution = "sandi"
	ByAnswer Solution = "jawaban"
)

// Solutions lists them in the order of the form.
var Solutions = []Solution{ByClock, ByEntry, ByReset, ByPortal, ByAnswer}

// Label is the solution on screen.
func (s Solution) Label() string { return string(s) }

// Resolve ends it: text tells the person, and may be empty.
func (d *Desk) Resolve(ctx context.Context, by By, number string, version int64, s Solution, text string) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Issue hands out the pass at the counter. The code is shown once.
func (d *Desk) Issue(ctx context.Context, by By, number string, version int64) (PassShown, Ticket, error) {
	return PassShown{}, Ticket{}, errNotYet
}

// Revoke ends an issued pass and the approval with it.
func (d *Desk) Revoke(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return Ticket{}, errNotYet
}

// Tick does what time does: Mature, Lapse, Expire, claims. It is run each
// second and is safe in several processes.
func (d *Desk) Tick(ctx context.Context) error { return errNotYet }
