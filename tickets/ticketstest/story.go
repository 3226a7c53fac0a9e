package ticketstest

import (
	"errors"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

// Stranger is whoever is not signed in.
var Stranger = audit.Actor{Kind: audit.Anonymous, Network: "10.9.9.0"}

// Story is a ticket on its way.
type Story struct {
	*World
	Subject Someone
	Secret  secret.Code
	Number  string
	Pass    secret.Code
	Cookie  secret.Token // of the enrolment
	Key     otp.Secret   // of the new device
}

// File files an mfa request about somebody; at the counter the checker does.
func (w *World) File(p Someone, c tickets.Channel) *Story {
	w.Helper()
	f := tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: p.Unit, Phone: "0811111111", Problem: "HP hilang", Kind: tickets.MFA, Channel: c}
	if c == tickets.Counter {
		f.By = &w.Other
	}
	return w.FileAs(p, f)
}

// FileAs files any request.
func (w *World) FileAs(p Someone, f tickets.Filing) *Story {
	w.Helper()
	r, err := w.Desk.Open(w.Context(), f, Stranger)
	if err != nil {
		w.Fatal(err)
	}
	w.Tick() // a second later the filing is told of
	return &Story{World: w, Subject: p, Secret: r.Secret, Number: r.Number}
}

// Status is what the person sees.
func (s *Story) Status() tickets.Status {
	s.Helper()
	status, err := s.Desk.Follow(s.Context(), s.Number, s.Secret)
	if err != nil {
		s.Fatal(err)
	}
	return status
}

// Version is the ticket's, for the next act.
func (s *Story) Version() int64 { return s.Status().Version }

// State is the ticket's.
func (s *Story) State() tickets.State { return s.Status().State }

// Factor shows the password.
func (s *Story) Factor() {
	s.Helper()
	got, err := s.Desk.ShowFactor(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: Password}, Stranger)
	if err != nil || got != accounts.PasswordFactor {
		s.Fatal(got, err)
	}
}

// Number of every document of the subject.
const DocumentNumber = "7401012345678901"

// Form is a document of the subject that agrees with the record.
func (s *Story) Form(k tickets.ProofKind) tickets.ProofForm {
	how := tickets.Video
	if s.Status().Channel == tickets.Counter {
		how = tickets.Seen
	}
	birth, _ := accounts.BirthDate(s.Subject.NIP)
	return tickets.ProofForm{Kind: k, How: how, Typed: map[string]string{"nama": s.Subject.Name,
		"lahir": birth.Format(time.DateOnly), "nip": string(s.Subject.NIP), "nomor": string(k) + DocumentNumber}}
}

// Proof adds documents of the subject.
func (s *Story) Proof(kinds ...tickets.ProofKind) {
	s.Helper()
	for _, k := range kinds {
		got, err := s.Desk.AddProof(s.Context(), s.Checker, s.Number, s.Version(), s.Form(k))
		if errors.Is(err, tickets.ErrMatched) { // a test brought it before
			continue
		}
		if err != nil || got.Result != tickets.Match {
			s.Fatal(got, err)
		}
	}
}

// Call calls the subject back and has him type the code.
func (s *Story) Call(by tickets.By) {
	s.Helper()
	call, err := s.Desk.CallCode(s.Context(), by, s.Number, s.Version(), string(s.Subject.Phone))
	if err != nil || !call.Match {
		s.Fatal(call, err)
	}
	if ok, err := s.Desk.EnterCallCode(s.Context(), s.Number, s.Secret, call.Code, Stranger); err != nil || !ok {
		s.Fatal(ok, err)
	}
}

// Evidence brings what the check wants: at the counter two originals,
// remotely a factor and a card, and for another address all there is.
func (s *Story) Evidence() {
	s.Helper()
	t := s.Status()
	if t.Kind == tickets.Email {
		s.NameEmail(FreshEmail)
	}
	if t.Channel == tickets.Counter {
		s.Proof(tickets.KTP, tickets.SKPNS)
		return
	}
	if s.Subject.Key != nil {
		s.Factor()
	}
	if s.Proof(tickets.KTP); t.Kind == tickets.MFA {
		return
	}
	s.Proof(tickets.SKPNS)
	s.Call(s.Checker)
}

// Check has the checker check.
func (s *Story) Check() {
	s.Helper()
	s.Prove(s.Checker)
	if _, err := s.Desk.CheckIdentity(s.Context(), s.Checker, s.Number, s.Version()); err != nil {
		s.Fatal(err)
	}
}

// Approve has the approver approve.
func (s *Story) Approve() {
	s.Helper()
	s.Prove(s.Approver)
	f := tickets.ApproveForm{Document: "ktp" + DocumentNumber}
	if _, err := s.Desk.Approve(s.Context(), s.Approver, s.Number, s.Version(), f); err != nil {
		s.Fatal(err)
	}
}

// Wait lets the relay take the mails and the wait run out.
func (s *Story) Wait() {
	s.Helper()
	s.RelayAccepts()
	s.Tick()
	for i := 0; s.State() == tickets.Approved && i < 80; i++ {
		s.Clock.Advance(time.Hour)
		s.Tick()
	}
	if s.State() != tickets.Ready {
		s.Fatal("waited in vain: ", s.State())
	}
}

// Issue takes the pass, or has the checker hand it out.
func (s *Story) Issue() {
	s.Helper()
	var shown tickets.PassShown
	var err error
	if s.Status().Channel == tickets.Counter {
		s.Prove(s.Checker)
		shown, _, err = s.Desk.Issue(s.Context(), s.Checker, s.Number, s.Version())
	} else {
		shown, err = s.Desk.TakePass(s.Context(), s.Number, s.Secret, tickets.FactorForm{Password: Password}, Stranger)
	}
	if err != nil || !shown.OK {
		s.Fatal(shown, err)
	}
	s.Pass = shown.Code
}

// NewPassword is what the subject sets where there is no remaining factor.
const NewPassword = secret.Password("Sawah-Hijau-7-petak")

// Begin begins the enrolment.
func (s *Story) Begin() {
	s.Helper()
	password := Password
	if s.Status().Basis != accounts.ByFactor {
		password = NewPassword
	}
	e, err := s.Desk.OpenEnrolment(s.Context(), tickets.EnrolForm{NIP: s.Subject.NIP, Pass: s.Pass, Password: password}, Stranger)
	if err != nil || e.Token == "" {
		s.Fatal(e, err)
	}
	pending, err := s.Desk.Enrolment(s.Context(), e.Token)
	if err != nil {
		s.Fatal(err)
	}
	s.Cookie, s.Key = e.Token, pending.Secret
}

// Code is what the new device shows now.
func (s *Story) Code() string { return otp.Code(s.Key, otp.Step(s.Clock.Now())) }

// Enrol proves the new device.
func (s *Story) Enrol() {
	s.Helper()
	e, err := s.Desk.Enrol(s.Context(), s.Cookie, s.Code(), "HP baru", Stranger)
	if err != nil || !e.OK {
		s.Fatal(e, err)
	}
}

// To brings a filed ticket into a state, by the verbs that lead there.
func (s *Story) To(state tickets.State) *Story {
	s.Helper()
	for _, step := range s.path(state) {
		step()
	}
	if got := s.State(); got != state {
		s.Fatalf("is %s, not %s", got, state)
	}
	return s
}

func (s *Story) path(state tickets.State) []func() {
	main := s.way()
	upTo := func(n int) []func() { return main[:min(n, len(main))] }
	refuse := func() {
		_, err := s.Desk.Refuse(s.Context(), s.Checker, s.Number, s.Version(), tickets.LacksProof)
		s.must(err)
	}
	withdraw := func() { s.must(s.Desk.Withdraw(s.Context(), s.Number, s.Secret, Stranger)) }
	return map[tickets.State][]func(){tickets.Open: nil, tickets.Waiting: {s.ask}, tickets.Checked: upTo(2), tickets.Approved: upTo(3),
		tickets.Ready: upTo(4), tickets.Issued: upTo(5), tickets.Done: main, tickets.Refused: {refuse},
		tickets.Cancelled: {withdraw}, tickets.Expired: {s.runOut}, tickets.Escalated: {s.Escalate}, tickets.Merged: {s.merge},
		tickets.Disowned: append(slices.Clone(main), s.disown)}[state]
}

// Escalate hands the request on to BKN.
func (s *Story) Escalate() {
	s.Helper()
	e := tickets.Escalation{BKN: "BKN-2026-0001", RemindAt: s.DB.Now().Add(48 * time.Hour)}
	_, err := s.Desk.Escalate(s.Context(), s.Checker, s.Number, s.Version(), e)
	s.must(err)
}

// Twin files the same request once more, as well proven as this one.
func (s *Story) Twin() *Story {
	s.Helper()
	t := s.Status()
	f := tickets.Filing{NIP: s.Subject.NIP, Name: s.Subject.Name, Kind: t.Kind, Channel: t.Channel}
	if t.Channel == tickets.Counter {
		f.By = &s.Other
	}
	r, err := s.Desk.Open(s.Context(), f, Stranger)
	s.must(err)
	twin := &Story{World: s.World, Subject: s.Subject, Secret: r.Secret, Number: r.Number}
	if t.Factor != accounts.NoFactor {
		twin.Factor()
	}
	return twin
}

func (s *Story) merge() {
	s.Helper()
	_, err := s.Desk.Merge(s.Context(), s.Checker, s.Number, s.Version(), s.Twin().Number)
	s.must(err)
}

// disown is the owner's "Bukan saya" in the notice that it was filed.
func (s *Story) disown() {
	s.Helper()
	_, err := s.Desk.Disown(s.Context(), s.NotMe("notice.request.filed"), Stranger)
	s.must(err)
}

// runOut waits a week for an answer, or for anybody at all.
func (s *Story) runOut() {
	if s.Status().Proven {
		s.ask()
	}
	s.Clock.Advance(8 * 24 * time.Hour)
	s.Tick() // the claim
	s.Tick()
}

func (s *Story) ask() {
	s.Helper()
	_, err := s.Desk.Ask(s.Context(), s.Checker, s.Number, s.Version(), "Kapan HP hilang?")
	s.must(err)
}

func (s *Story) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}
