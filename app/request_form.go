package app

import (
	"errors"
	"maps"
	"regexp"
	"strings"
	"unicode/utf8"

	"pulih/accounts"
	"pulih/guide"
	"pulih/tickets"
	"pulih/views"
)

// requestForm is a request as it is typed, part by part. Symptom is that of
// the troubleshooter that led here.
type requestForm struct {
	Cause, NIP, Name, Unit, Phone, Via, Hours, Problem, Evidence, Symptom string
	Sure                                                                  string // "ya": no password stands in Problem
}

// requestOf reads the answers of a draft, each under the name of its field.
func requestOf(a map[string]string) requestForm {
	return requestForm{Cause: a["sebab"], NIP: a["nip"], Name: a["nama"], Unit: a["unit"], Phone: a["hp"],
		Via: a["kabar"], Hours: a["jam"], Problem: a["masalah"], Evidence: a["bukti"], Symptom: a["gejala"], Sure: a["yakin"]}
}

func (f requestForm) answers() map[string]string {
	return map[string]string{"sebab": f.Cause, "nip": f.NIP, "nama": f.Name, "unit": f.Unit, "hp": f.Phone,
		"kabar": f.Via, "jam": f.Hours, "masalah": f.Problem, "bukti": f.Evidence, "gejala": f.Symptom, "yakin": f.Sure}
}

// with is the form after some answers were typed anew.
func (f requestForm) with(typed map[string]string) requestForm {
	all := f.answers()
	maps.Copy(all, typed)
	return requestOf(all)
}

// requestCauses are what may have happened, those of the authenticator first;
// causeKinds says what each of the others is about.
var requestCauses = []views.Option{
	{Value: "hilang", Text: "HP hilang atau dicuri"},
	{Value: "rusak", Text: "HP rusak"},
	{Value: "ganti", Text: "Ganti HP"},
	{Value: "terhapus", Text: "Aplikasi autentikator terhapus"},
	{Value: "ditolak", Text: "Kode OTP selalu ditolak"},
	{Value: "email", Text: "Email terdaftar tidak bisa dipakai"},
	{Value: "terkunci", Text: "Akun terkunci atau dinonaktifkan"},
	{Value: "aktivasi", Text: "Belum bisa mengaktifkan akun"},
	{Value: causeMisused, Text: "Akun saya mungkin dipakai orang lain"},
	{Value: "lain", Text: "Masalah lain"},
}

// causeMisused is a question like any other until somebody is proven: a
// stranger's claim must not go before all others (impostor 4).
const causeMisused = "penipuan"

// causesOfKind are the causes that the symptoms of a kind stand for.
var causesOfKind = map[string]string{
	"mfa": "ditolak", "email": "email", "lock": "terkunci", "activation": "aktivasi", "fraud": causeMisused, "other": "lain",
}

const (
	maxName  = 100  // characters
	maxUnit  = 150  // characters
	maxStory = 1800 // characters; the desk takes 2,000, cause and contact among them
	maxReply = 2000 // characters
)

// phoneRule takes 08…, 62… and +62…, as people write them.
var phoneRule = regexp.MustCompile(`^\+?[0-9]{8,15}$`)

// tidied is the form made harmless to read for an agent: no control
// characters, and none that turn the direction of a line.
func (f requestForm) tidied() requestForm {
	f.Name, f.Unit, f.Phone, f.NIP = oneLine(f.Name), oneLine(f.Unit), oneLine(f.Phone), oneLine(f.NIP)
	f.Problem = manyLines(f.Problem)
	if nip, _, err := accounts.ParseNIP(f.NIP); err == nil {
		f.NIP = accounts.Group(nip)
	}
	return f
}

// filing is the request that the desk opens, of a form without mistakes.
func (f requestForm) filing() tickets.Filing {
	nip, _, _ := accounts.ParseNIP(f.NIP)
	filing := tickets.Filing{
		NIP: nip, Name: f.Name, Unit: f.Unit, Phone: dialled.Replace(f.Phone), Symptom: f.Symptom,
		Problem: strings.TrimSpace(f.cause() + ".\n" + f.Problem + "\n" + f.contact()), Cause: f.Cause, Kind: f.kind(), Channel: tickets.Remote,
	}
	if f.Evidence == evidenceCounter && filing.Kind.Changes() {
		filing.Channel = tickets.Counter
	}
	return filing
}

var dialled = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "")

// cause is the chosen cause in words, "" when it is none of ours.
func (f requestForm) cause() string { return optionText(requestCauses, f.Cause) }

// causeOf is the cause that a symptom stands for, "" for none.
func causeOf(s guide.Symptom) string {
	if s.Key == "autentikator-hilang" {
		return "hilang"
	}
	return causesOfKind[s.Kind]
}

// causeKinds are the kinds of the causes that do not end in a new
// authenticator.
var causeKinds = map[string]tickets.Kind{"email": tickets.Email, "terkunci": tickets.Lock, "aktivasi": tickets.Activation,
	causeMisused: tickets.Other, "lain": tickets.Other}

func (f requestForm) kind() tickets.Kind {
	if k, ok := causeKinds[f.Cause]; ok {
		return k
	}
	return tickets.MFA
}

// leastStory: of "another problem" we know nothing but the story, unless the
// troubleshooter led here.
func (f requestForm) leastStory() int {
	if f.Cause == "lain" && f.Symptom == "" {
		return 10
	}
	return 0
}

// kept is what may be stored of the form: no story in which a password or a
// code seems to stand.
func (f requestForm) kept() requestForm {
	if f.Sure != "ya" && tickets.LooksSecret(f.Problem) {
		f.Problem = ""
	}
	return f
}

// nipSentence is what the rules of domain.md §1.3 say of a number.
func nipSentence(err error) string {
	var bad *accounts.NIPError
	if errors.As(err, &bad) {
		return bad.Text
	}
	return "Ketik NIP atau NI PPPK Anda, 18 angka."
}

func runes(s string) int { return utf8.RuneCountInString(s) }
